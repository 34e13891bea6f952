"""A platform from another package that fails in a way nobody foresaw is a row of `kanal doctor`, not its end."""

import os
from pathlib import Path

import pytest

from tests.cli.calls import SOURCE, Answer, process
from tests.cli.conftest import GoLive
from tests.cli.test_doctor import found, rows

SECRET = "geheim-4711"
ADAPTER = """\
class Adapter:
    needs = ("token",)
    urls = {{}}
    limits = None

    def __init__(self, channel, credentials):
        self.token = credentials["token"]

    def verify(self):
        {verify}

    def close(self):
        {close}
"""
BROKEN = {
    "raising": ADAPTER.format(verify="raise RuntimeError(self.token.reveal())", close="pass"),
    "of the network": ADAPTER.format(verify="raise ConnectionError(self.token.reveal())", close="pass"),
    "telling what is none": ADAPTER.format(verify="return {'token': self.token.reveal()}", close="pass"),
    "that cannot be closed": ADAPTER.format(verify="pass", close="raise KeyError(self.token.reveal())"),
    "that cannot be imported": "import kanal_brett_sdk\n",
    "without an adapter": "",
}
KINDS = {
    "raising": "RuntimeError",
    "of the network": "ConnectionError",
    "telling what is none": "AttributeError",
    "that cannot be closed": "KeyError",
    "that cannot be imported": "ModuleNotFoundError",
    "without an adapter": "AttributeError",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with an installed package whose platform is brett; its module is still to be written."""
    folder = tmp_path / "package"
    metadata = folder / "kanal_brett-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: kanal-brett\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[kanal.platforms]\nbrett = kanal_brett\n", encoding="utf-8")
    return folder


def doctor(root: Path, package: Path, secrets: dict[str, str], *arguments: str) -> Answer:
    environ = {
        **secrets,
        "PYTHONPATH": os.pathsep.join([str(package), str(SOURCE)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "KANAL_BRETT_TOKEN": SECRET,
    }
    return process(root, "doctor", *arguments, environ=environ)


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("name", BROKEN)
def test_what_nobody_foresaw_is_a_row_of_its_channel(
    office_folder: Path, package: Path, go_live: GoLive, name: str
) -> None:
    secrets = go_live()
    (package / "kanal_brett.py").write_text(BROKEN[name], encoding="utf-8")
    channels = office_folder / "config" / "channels.yaml"
    brett = "  brett: {platform: brett, account: rathaus, status: active, live: true}\n"
    channels.write_text(channels.read_text(encoding="utf-8").replace("channels:\n", f"channels:\n{brett}"), "utf-8")
    answer = doctor(office_folder, package, secrets, "--format", "json")
    assert answer.code == 1
    assert ("brett", "network") in found(answer, "error")
    [row] = [one for one in rows(answer, "error", channel="brett") if one["check"] == "network"]
    assert KINDS[name] in row["message"]
    assert {"mastodon", "x", "facebook"} == {channel for channel, check in found(answer, "ok") if check == "account"}
    shown = doctor(office_folder, package, secrets)
    assert shown.code == 1
    assert KINDS[name] in shown.out
    assert SECRET not in answer.out + answer.err + shown.out + shown.err
    assert "Traceback" not in answer.err + shown.err
