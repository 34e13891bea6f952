"""The timeline kept as files: complete, linked among themselves, and independent of the server."""

import re
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from kanal.sandbox.snapshot import save
from tests.sandbox.clients import MastodonApi
from tests.sandbox.conftest import Jpeg


def test_the_pages_can_be_read_without_the_server(tmp_path: Path, picture: Jpeg) -> None:
    folder = tmp_path / "timeline with ümlaut"
    with running(tmp_path / "state.sqlite3") as practice:
        mastodon = MastodonApi(practice)
        media = mastodon.upload(picture(), description="Eine Brücke").json()["id"]
        mastodon.post("Die Brücke ist frei. Mehr: https://www.landkreis.de/bruecke", media=[media])
        mastodon.close()
        first = save(practice.address, folder)
    assert first == folder / "index.html"
    pages = {page: page.read_text(encoding="utf-8") for page in folder.glob("*.html")}
    assert "Die Brücke ist frei." in pages[first]
    linked = {name for text in pages.values() for name in re.findall(r'(?:href|src)="([^"#:]+)"', text)}
    assert {name for name in linked if not (folder / name).is_file()} == set()
    assert any(name.endswith(".jpg") for name in linked)
    assert 'href="https://www.landkreis.de/bruecke"' in pages[first], "links to the outside stay as they are"


def test_saving_again_brings_what_is_new(tmp_path: Path, practice: Practice, mastodon: MastodonApi) -> None:
    first = save(practice.address, tmp_path / "pages")
    assert "Neu hier." not in first.read_text(encoding="utf-8")
    mastodon.post("Neu hier.")
    assert "Neu hier." in save(practice.address, tmp_path / "pages").read_text(encoding="utf-8")


def test_a_server_that_is_gone_is_an_os_error(tmp_path: Path) -> None:
    with running(tmp_path / "state.sqlite3") as practice:
        address = practice.address
    with pytest.raises(OSError, match="urlopen error"):
        save(address, tmp_path / "pages")
