"""What many tests start from: a small office's folder of real files, good in every respect.

`office_folder` holds `config/`, two drafts and three pictures; a test spoils what it is about with `write_file` and
reads the rest as kanal does, with `load_project`. No network, no ledger, nothing shared between tests.
"""

import os
from collections.abc import Callable, Generator, Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from kanal import rules
from kanal.config import Project, load
from kanal.drafts import DraftSetting
from kanal.platforms import names as platform_names
from tests import postgres_server
from tests.crash.summary import show_fault_matrix
from tests.many_runners.summary import show_many_runners
from tests.media.films import film, hollow
from tests.media.pictures import BERLIN, crowd, exif
from tests.optional import DEMANDED, require_or_skip
from tests.quarter.summary import show_quarter

pytest.register_assert_rewrite("kanal.testing.ledger_contract")
# A busy machine is no failure, the suite stays short, and the same commit always gives the same result.
settings.register_profile("kanal", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("kanal")

WriteFile = Callable[[str, str], Path]
LoadProject = Callable[[], Project]

FILES = {
    "config/kanal.yaml": """\
office: Landkreis Musterland
timezone: Europe/Berlin
language: de
mentions:
  feuerwehr:
    name: Feuerwehr Musterland
    mastodon: "@feuerwehr@social.example"
    x: "@fw_musterland"
""",
    "config/channels.yaml": """\
channels:
  mastodon:
    platform: mastodon
    account: landkreis@social.example
    status: active
  x:
    platform: x
    account: lk_musterland
    status: active
  facebook:
    platform: facebook
    account: "100000000000001"
    status: active
  instagram:
    platform: instagram
    account: "17840000000000001"
    status: active
  jugendamt-mastodon:
    platform: mastodon
    account: jugendamt@social.example
    status: active
    start: 2026-06-01
    limits: {text: 5000}
""",
    "config/policy.yaml": "extends: plain.yaml\n",
    # What a real post and a real account owe to the public has tests of its own; the drafts here say a few words, at
    # whatever hour the tests run.
    "config/plain.yaml": """\
extends: default
rules:
  approval/missing: off
  time/quiet-hours: off
  privacy/own-source: off
  privacy/channel-duties: off
  privacy/channel-review: off
  privacy/meta-insights: off
registers:
  domains: [landkreis-musterland.example]
  contacts: ["030 23125 *", "@landkreis-musterland.example"]
""",
    "posts/baustelle.yaml": """\
id: baustelle
channels: [mastodon, x]
text: Die Kreisstraße 12 ist bis Freitag gesperrt.
link: https://landkreis-musterland.example/k12
""",
    "posts/verkehr/linden.yaml": """\
id: linden
channels: [mastodon, instagram]
text: Die Linden an der Allee werden nachgepflanzt.
media:
  - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
""",
}


@pytest.fixture(scope="session")
def _picture_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from PIL import Image

    folder = tmp_path_factory.mktemp("pictures")
    Image.new("RGB", (1200, 900), (120, 160, 90)).save(folder / "good.jpg")
    Image.new("RGB", (1200, 900), (120, 160, 90)).save(folder / "wrong.png")
    Image.new("RGB", (3000, 500), (120, 160, 90)).save(folder / "banner.jpg")
    Image.new("RGB", (1200, 900), (120, 160, 90)).save(folder / "gps.jpg", exif=exif(gps=BERLIN))
    crowd(folder / "faces.jpg", 2)
    if find_spec("av") is not None:  # else the tests that look into videos are skipped
        film(folder / "film.mp4", rate=5)
        film(folder / "silent.mp4", rate=5, sound="")
        film(folder / "strange.mp4", rate=5, codec="mpeg4")
    else:
        hollow(folder / "film.mp4")
    cues = "WEBVTT\n\n00:00.000 --> 00:04.000\nSo werden Linden gepflanzt.\n"
    (folder / "film.de.vtt").write_text(cues, encoding="utf-8")
    return folder


@pytest.fixture
def office_folder(tmp_path: Path, _picture_folder: Path) -> Path:
    """The folder.

    posts/ holds good.jpg, wrong.png, banner.jpg (3000x500), gps.jpg, faces.jpg, film.mp4 (.de.vtt); also
    silent.mp4 and strange.mp4 (MPEG-4 part 2) where PyAV is installed."""
    root = tmp_path / "office"
    copytree(_picture_folder, root / "posts")
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


@pytest.fixture
def write_file(office_folder: Path) -> WriteFile:
    """Write text to a file of the folder, named from its root; newlines stay as they are."""

    def write(name: str, text: str) -> Path:
        path = office_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


@pytest.fixture
def setting(office_folder: Path) -> DraftSetting:
    """What the folder's drafts are read with."""
    return DraftSetting(office_folder / "posts", ZoneInfo("Europe/Berlin"), "de")


@pytest.fixture
def load_project(office_folder: Path) -> LoadProject:
    """Read the folder's configuration as it is now."""
    return lambda: load(office_folder, platform_names(), rules)


@pytest.fixture(scope="session")
def _postgres() -> Iterator[postgres_server.Server]:
    if postgres_server.programs() is None:
        require_or_skip("no PostgreSQL server is installed (Debian: apt install postgresql)")
    with postgres_server.running() as server:
        yield server


@pytest.fixture
def postgres(_postgres: postgres_server.Server) -> Iterator[postgres_server.Server]:
    """A PostgreSQL server of this process's own, without databases; a test that kills it starts it again."""
    yield _postgres
    _postgres.drop_databases()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the promises were tried with, in figures."""
    show_fault_matrix(terminalreporter)
    show_many_runners(terminalreporter)
    show_quarter(terminalreporter)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is demanded (CI), a skip is a failure: nobody reads skips there."""
    report = yield
    if report.skipped and os.environ.get(DEMANDED) == "1" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and {DEMANDED}=1 allows no skip: {report.longrepr}"
    return report
