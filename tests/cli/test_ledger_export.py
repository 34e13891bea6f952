"""`kanal ledger export` writes a record that can be read without kanal."""

import hashlib
import json
import re
from html import unescape
from pathlib import Path

import pytest

from kanal.ledger.chain import Line, verify
from kanal.ledger.office import open_practice_ledger
from kanal.sandbox import Practice
from tests.cli.calls import Kanal
from tests.conftest import WriteFile
from tests.four_eyes import with_digest
from tests.sandbox.test_timeline_in_a_browser import _page, chromium

__all__ = ["chromium"]

DRAFT = """\
id: gefahr
channels: [mastodon, instagram]
text: "<script>alert('Köln')</script> & „Zitat“\\nZweite Zeile"
link: https://landkreis-musterland.example/?a=1&b=2
approval: {name: Toni <Muster>, at: 2026-11-20 10:00}
media:
  - {file: good.jpg, alt: "Linden <b>am</b> Weg", credit: Landkreis, licence: CC BY 4.0}
"""


WITHOUT_GIT = "extends: plain.yaml\nrules: {approval/unproved: off, approval/forged: off, approval/own-draft: off}\n"


@pytest.fixture
def exported(kanal: Kanal, practice: Practice, write_file: WriteFile, tmp_path: Path) -> Path:
    """The record of three posts on practice networks, in German."""
    write_file("posts/gefahr.yaml", DRAFT)
    write_file("config/policy.yaml", WITHOUT_GIT)
    signed = with_digest(kanal.root, "posts/gefahr.yaml", "Toni <Muster>")
    (kanal.root / "posts" / "gefahr.yaml").write_bytes(signed)
    assert kanal("publish", "--sandbox").code == 0, practice.address
    folder = tmp_path / "Akte größe"
    answer = kanal("ledger", "export", "--sandbox", "--to", str(folder))
    assert answer.code == 0, answer.err
    assert "The record of 3 posts is in" in answer.err
    return folder


def test_there_is_a_page_for_each_post_and_a_list(exported: Path) -> None:
    assert sorted(path.relative_to(exported).as_posix() for path in exported.rglob("*.*")) == [
        "events.jsonl",
        "index.html",
        "posts/baustelle.html",
        "posts/gefahr.html",
        "posts/linden.html",
    ]
    index = (exported / "index.html").read_text(encoding="utf-8")
    for link in re.findall(r'href="([^"]+)"', index):
        assert (exported / link).is_file()


def test_a_page_holds_text_media_digests_times_names_and_addresses(
    exported: Path, kanal: Kanal, practice: Practice
) -> None:
    page = (exported / "posts" / "gefahr.html").read_text(encoding="utf-8")
    shown = unescape(re.sub(r"<[^>]+>", "\n", page))
    picture = hashlib.sha256((kanal.root / "posts" / "good.jpg").read_bytes()).hexdigest()
    addresses = [post.url for post in practice.posts() if "Zweite Zeile" in post.text]
    events = [event for event in kanal.json("log", "--sandbox").json["events"] if event["draft"] == "gefahr"]
    assert len(addresses) == 2
    for expected in (
        "<script>alert('Köln')</script> & „Zitat“\nZweite Zeile",
        f"SHA-256 {picture}",
        "good.jpg",
        "Linden <b>am</b> Weg",
        "Landkreis, CC BY 4.0",
        "Toni <Muster>, 2026-11-20 10:00",
        *(address for address in addresses if address),
        *(event["by"] for event in events),
        *(event["digest"] for event in events),
    ):
        assert expected in shown
    assert "<script" not in page
    assert "<b>" not in page


def test_the_lines_can_be_verified_without_the_ledger(exported: Path, kanal: Kanal) -> None:
    lines = []
    for text in (exported / "events.jsonl").read_text(encoding="utf-8").splitlines():
        fields = json.loads(text)
        detail = json.dumps(fields["detail"], ensure_ascii=False, sort_keys=True)
        lines.append(Line(**{**fields, "detail": detail}))
    assert len(lines) == len(kanal.json("log", "--sandbox").json["events"])
    assert list(verify(lines)) == []
    ledger = open_practice_ledger(kanal.root / ".kanal")
    assert list(ledger.lines()) == lines
    ledger.close()


def test_a_broken_ledger_is_not_exported(kanal: Kanal, exported: Path, tmp_path: Path) -> None:
    import sqlite3

    assert exported.exists()
    with sqlite3.connect(kanal.root / ".kanal" / "practice.sqlite3", isolation_level=None) as db:
        db.execute("DROP TRIGGER event_stays")
        db.execute("UPDATE event SET by = 'Niemand' WHERE number = 2")
    db.close()
    answer = kanal("ledger", "export", "--sandbox", "--to", str(tmp_path / "anders"))
    assert answer.code == 2
    assert "broken at event 2" in answer.err
    assert not (tmp_path / "anders").exists()


def test_a_folder_that_cannot_be_written_is_named(kanal: Kanal, exported: Path) -> None:
    answer = kanal("ledger", "export", "--sandbox", "--to", str(exported / "index.html"))
    assert answer.code == 2
    assert "cannot be written" in answer.err


def test_a_browser_shows_what_was_written_and_runs_none_of_it(exported: Path, chromium: str, tmp_path: Path) -> None:
    shown = _page(chromium, (exported / "posts" / "gefahr.html").as_uri(), tmp_path, "--dump-dom")
    assert "&lt;script&gt;alert('Köln')&lt;/script&gt; &amp; „Zitat“" in shown.stdout
    assert not re.search(r"Refused to|violates|Failed to load", shown.stderr), shown.stderr
