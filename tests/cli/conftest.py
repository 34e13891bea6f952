"""kanal on a small office's folder, with practice networks that a test can break, and channels that are real."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Kanal
from tests.cli.frozen import Frozen
from tests.cli.logins import Office, channels
from tests.conftest import WriteFile
from tests.four_eyes import FourEyes

GoLive = Callable[[], dict[str, str]]
Rewrite = Callable[..., None]
LIVE = {
    "mastodon": "landkreis@social.example",
    "x": "lk_musterland",
    "facebook": "100000000000001",
}


@pytest.fixture(autouse=True)
def _quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """English, nothing that CI, an office or somebody's git has set, and nobody's keyring or stored logins."""
    for name in [name for name in os.environ if name.startswith(("KANAL_", "GIT_")) or name == "CI"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KANAL_LANG", "en")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("KANAL_CREDENTIALS", str(tmp_path / "settings" / "credentials.json"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def kanal(office_folder: Path, capsys: pytest.CaptureFixture[str]) -> Kanal:
    """Calls kanal on the office's folder."""
    return Kanal(office_folder, capsys)


@pytest.fixture
def clock(kanal: Kanal) -> Frozen:
    """What kanal takes for now; it stands still."""
    kanal.clock = frozen = Frozen()
    return frozen


@pytest.fixture
def no_drafts(office_folder: Path) -> None:
    """The office has none yet."""
    for file in ("baustelle.yaml", "verkehr/linden.yaml"):
        (office_folder / "posts" / file).unlink()


@pytest.fixture
def four_eyes(office_folder: Path) -> FourEyes:
    """The office's folder in git, with nothing committed yet."""
    return FourEyes(office_folder).begin()


@pytest.fixture
def practice(office_folder: Path) -> Iterator[Practice]:
    """Running practice networks, as `kanal sandbox` leaves them for other calls of kanal."""
    from kanal.sandbox.server import running

    folder = office_folder / ".kanal" / "sandbox"
    folder.mkdir(parents=True)
    with running(folder / "networks.sqlite3", staging=folder / "staging") as networks:
        (folder / "address").write_text(networks.address, encoding="utf-8")
        yield networks


@pytest.fixture
def everywhere(write_file: WriteFile) -> str:
    """A draft for all four networks, alone in its folder; its id."""
    write_file("posts/baustelle.yaml", EVERYWHERE)
    (write_file("posts/verkehr/linden.yaml", "")).unlink()
    return "linden"


@pytest.fixture
def wrong_everywhere(kanal: Kanal, practice: Practice, everywhere: str, rewrite: Rewrite) -> str:
    """linden is out on all four networks, and its draft says something else since."""
    assert kanal("publish").code == 0
    assert len(practice.posts()) == 4
    rewrite("Allee", "Chaussee")
    return everywhere


@pytest.fixture
def rewrite(kanal: Kanal) -> Rewrite:
    """Replace words in a draft."""

    def change(old: str, new: str, file: str = "baustelle.yaml") -> None:
        draft = kanal.root / "posts" / file
        text = draft.read_text(encoding="utf-8")
        assert old in text
        draft.write_text(text.replace(old, new), encoding="utf-8")

    return change


EVERYWHERE = """\
id: linden
channels: [mastodon, x, facebook, instagram]
text: Die Linden an der Allee werden nachgepflanzt.
media:
  - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
"""


@pytest.fixture
def go_live(practice: Practice, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch) -> GoLive:
    """Make Mastodon, X and Facebook real channels, which meet the practice networks all the same.

    Returns the credentials by the names of their variables, which are set.
    """

    def go() -> dict[str, str]:
        lines, secrets = ["channels:"], {}
        for platform, account in LIVE.items():
            lines += [f"  {platform}:", f"    platform: {platform}", f'    account: "{account}"']
            lines += ["    status: active", "    live: true", "    urls:"]
            lines += [f"      {name}: {url}" for name, url in practice.urls(platform).items()]
            for name, value in practice.admit(platform, account, "Landkreis Musterland").items():
                secrets[f"KANAL_{platform}_{name}".upper()] = value
        write_file("config/channels.yaml", "\n".join(lines) + "\n")
        write_file("posts/verkehr/linden.yaml", LIVE_DRAFT)
        for name, value in secrets.items():
            monkeypatch.setenv(name, value)
        return secrets

    return go


LIVE_DRAFT = """\
id: linden
channels: [mastodon, x, facebook]
text: Die Linden an der Allee werden nachgepflanzt.
"""


@pytest.fixture
def office(kanal: Kanal, practice: Practice, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Live channels on the practice networks, and no credentials."""
    write_file("config/channels.yaml", channels(practice))
    write_file("posts/verkehr/linden.yaml", LIVE_DRAFT)
    return Office(kanal, practice, monkeypatch)
