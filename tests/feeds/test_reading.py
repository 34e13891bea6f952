from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.feeds.entry import Entry
from kanal.feeds.fetching import FeedRefused, Fetched
from kanal.feeds.reading import MOST, read_feed
from kanal.feeds.reading_apart import read_apart
from tests.feeds.feeds import ATOM, HEAD, JSON, item, rss

ADDRESS = "https://www.landkreis-musterland.example/presse/4711"


def _read(content: bytes | str, kind: str = "") -> list[Entry]:
    whole = content.encode() if isinstance(content, str) else content
    return list(read_feed(Fetched(whole, "https://www.landkreis-musterland.example/feed", kind)).entries)


def test_rss_is_read() -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    text = "Das Bürgerbüro öffnet am Samstag."
    assert _read(rss(item())) == [Entry(ADDRESS, "Öffnungszeiten im Bürgerbüro", text, ADDRESS, at)]


def test_atom_is_read_and_html_in_its_titles_is_not_shown() -> None:
    [entry] = _read(HEAD.format(encoding="utf-8") + ATOM)
    assert (entry.name, entry.title, entry.text) == ("urn:a:1", "Brücke & Straße gesperrt", "Ab Montag.")
    assert entry.published == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_json_feed_is_read() -> None:
    [entry] = _read(JSON)
    assert (entry.name, entry.title, entry.text) == ("j1", "Brücke gesperrt", "Ab Montag.")
    assert entry.published == datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_every_encoding_that_a_feed_says_itself_is_read(encoding: str) -> None:
    [entry] = _read(rss(item(), encoding=encoding))
    assert entry.title == "Öffnungszeiten im Bürgerbüro"


def test_a_feed_that_is_not_in_the_encoding_it_says_is_refused() -> None:
    with pytest.raises(FeedRefused, match="encoding"):
        _read(rss(item()).decode().encode("iso-8859-1"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_anything_reads_them(encoding: str) -> None:
    bomb = '<!DOCTYPE lolz [<!ENTITY a "ha"><!entity b "&a;&a;">]>'
    feed = rss(item(), encoding=encoding).decode(encoding).replace("<rss", f"{bomb}<rss").encode(encoding)
    with pytest.raises(FeedRefused, match="entities"):
        _read(feed)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<html><body>Presse</body></html>",
        "PK\x03\x04",
        "{",
        "{}",
        "[" * 100_000,
        '{"items": ' + "[" * 100_000,
        '{"version": "https://jsonfeed.org/version/1.1", "items": 5}',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "\xe4", "items": []}',
    ],
)
def test_what_is_no_feed_is_refused(content: bytes | str) -> None:
    with pytest.raises(FeedRefused):
        _read(content)


def test_an_archive_is_refused() -> None:
    with pytest.raises(FeedRefused, match="1000 entries"):
        _read(rss(*(item(name=f"n{number}") for number in range(MOST + 1))))


def test_addresses_that_are_none_of_the_web_are_left_out() -> None:
    for link in ("javascript:alert(1)", "file:///etc/passwd", "https://name:secret@a.example/", "http://a b/", "[::"):
        [entry] = _read(rss(item(link=link, name="n")))
        assert entry.link is None or entry.link.startswith("https://www.landkreis-musterland.example/")


def test_the_same_entry_counts_once_and_one_without_words_not_at_all() -> None:
    assert len(_read(rss(item(), item(), item("", "", name="leer")))) == 1


def test_without_a_title_the_first_line_is_one() -> None:
    assert _read(rss(item("", "<p>Erstens.</p><p>Zweitens.</p>")))[0].title == "Erstens."


@given(st.text(), st.text())
def test_any_words_are_read(title: str, text: str) -> None:
    sendable = "".join(sign for sign in f"x{title}" if sign.isprintable())
    for entry in _read(rss(item(sendable, text.encode("utf-8", "ignore").decode().replace("\x00", "")))):
        assert "\n" not in entry.title


def test_a_feed_that_takes_too_long_to_read_is_ended() -> None:
    nested = HEAD.format(encoding="utf-8") + "<rss version='2.0'><channel><item><title>x</title>" + "<b>" * 600_000
    with pytest.raises(FeedRefused, match="does not end"):
        read_apart(Fetched(nested.encode(), "x"), seconds=0.5)


def test_what_another_process_reads_and_refuses_arrives() -> None:
    assert read_apart(Fetched(rss(item()), "x")).title == "Presse: Landkreis Musterland"
    with pytest.raises(FeedRefused, match="neither RSS"):
        read_apart(Fetched(b"<html></html>", "x"))
