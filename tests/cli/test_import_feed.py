"""`kanal import feed`: press releases become drafts, and nothing else happens."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.testing.loopback import Reply, loopback
from tests.cli.calls import Kanal
from tests.feeds.feeds import item, rss

FOLDER = "posts/press-releases"
DRAFT = f"{FOLDER}/2026-11-20-oeffnungszeiten-im-buergerbuero.yaml"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "Meldungen für Bürger.xml"
    path.write_bytes(rss(item()))
    return str(path)


@pytest.fixture(autouse=True)
def _november(kanal: Kanal) -> None:
    kanal.clock = lambda: datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_press_release_becomes_a_draft_that_passes_lint(
    kanal: Kanal, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KANAL_LANG", "de")
    answer = kanal("import", "feed", file)
    assert (answer.code, answer.out) == (0, f"{DRAFT}\n")
    assert "1 neuer Entwurf" in answer.err
    text = (kanal.root / DRAFT).read_text(encoding="utf-8")
    assert "channels: [mastodon, x, facebook, jugendamt-mastodon]" in text
    assert "# Aus „Presse: Landkreis Musterland“, 20.11.2026 10:00" in text
    assert kanal("lint", DRAFT).code == 0


def test_it_never_goes_out_by_itself(kanal: Kanal, file: str) -> None:
    kanal("import", "feed", file, "--channel", "mastodon")
    name = Path(DRAFT).stem
    for options in ((), ("--due",)):
        answer = kanal.json("publish", name, "--yes", "--sandbox", *options)
        assert answer.outcomes == {f"{name}/mastodon": "held"}
    assert "unfinished" in kanal("plan", name).out


def test_it_comes_once(kanal: Kanal, file: str) -> None:
    kanal("import", "feed", file)
    answer = kanal.json("import", "feed", file)
    assert answer.json["summary"] == {"written": 0, "seen": 1, "changed": 0, "older": 0}


def test_a_dry_run_shows_and_writes_nothing(kanal: Kanal, file: str) -> None:
    answer = kanal.json("import", "feed", file, "--dry-run")
    [entry] = answer.json["entries"]
    assert (entry["outcome"], entry["file"]) == ("written", DRAFT)
    assert entry["published"] == "2026-11-20T09:00:00+00:00"
    assert not (kanal.root / FOLDER).exists()


def test_since_and_into_say_what_and_where(kanal: Kanal, file: str) -> None:
    assert "older than 2026-11-21" in kanal("import", "feed", file, "--since", "2026-11-21").err
    assert kanal("import", "feed", file, "--into", "presse/Übersicht").out.startswith("posts/presse/Übersicht/2026")


def test_a_feed_on_the_web_is_fetched_only_where_that_is_allowed(kanal: Kanal) -> None:
    with loopback(lambda _: Reply(200, rss(item()))) as server:
        refused = kanal("import", "feed", f"{server.url}/feed")
        assert (refused.code, server.asked) == (2, [])
        assert "--internal" in refused.err
        assert kanal("import", "feed", f"{server.url}/feed", "--internal").out == f"{DRAFT}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["file:///etc/passwd"], "https://"),
        (["fehlt.xml"], "fehlt.xml"),
        (["FILE", "--since", "gestern"], "gestern"),
        (["FILE", "--channel", "mastodn"], "mastodon"),
        (["FILE", "--into", "../.."], "../.."),
    ],
)
def test_what_cannot_be_meant_is_said(kanal: Kanal, file: str, arguments: list[str], words: str) -> None:
    answer = kanal("import", "feed", *(file if one == "FILE" else one for one in arguments))
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert "Traceback" not in answer.err
