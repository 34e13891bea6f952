"""Reads RSS, Atom and JSON Feed into entries.

RSS and Atom by feedparser, in all their kinds and with all their faults; JSON Feed (https://www.jsonfeed.org/version/1.1/)
by itself, since feedparser does not know it. It must not fetch anything: no entity, no image, no stylesheet.
"""

import json
from calendar import timegm
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from kanal.feeds.entry import Entry, Feed
from kanal.feeds.fetching import FeedRefused, Fetched
from kanal.feeds.plain_text import plain_text
from kanal.message import Message, msg

MOST = 1000
"""Entries. Whoever has more sends the archive, not what is new."""
LONGEST_TITLE = 300
LONGEST_NAME = 2000
LONGEST_TEXT = 50_000
"""Signs of an entry that are looked at: a press release has some thousand, HTML made to be slow has millions."""


def read_feed(fetched: Fetched) -> Feed:
    """The feed's entries. Raises `FeedRefused` for what is none, or must not be read."""
    content = fetched.content
    # In UTF-16 and UTF-32 every sign has zeros beside it.
    if b"<!ENTITY" in content.replace(b"\0", b"").upper():
        raise FeedRefused(
            msg("This feed declares entities, with which a small file can fill the memory or read others."),
            msg("No feed needs that. Tell whoever runs the website."),
        )
    feed = _of_json(content) if _looks_like_json(content) else _of_xml(fetched)
    if len(feed.entries) > MOST:
        raise FeedRefused(
            msg("This feed has more than {limit} entries. Nothing was imported.", limit=MOST),
            msg("Ask whoever runs the website for a feed of the latest press releases only."),
        )
    return feed


def _looks_like_json(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _of_xml(fetched: Fetched) -> Feed:
    import feedparser

    # A stream, since feedparser would fetch or open what looks like an address or a path.
    headers = {"content-type": fetched.kind} if fetched.kind else {}
    found = feedparser.parse(
        BytesIO(fetched.content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    _refuse_wrong_encoding(found)
    if not found.get("version"):
        raise _no_feed(msg("It is neither RSS, nor Atom, nor JSON Feed."))
    entries = (_entry_of_xml(one, fetched.source) for one in found.entries)
    return Feed(plain_text(found.feed.get("title", "")[:LONGEST_TEXT])[:LONGEST_TITLE], _each_once(entries))


def _refuse_wrong_encoding(found: Mapping[str, Any]) -> None:
    import feedparser

    wrong = (feedparser.CharacterEncodingOverride, feedparser.CharacterEncodingUnknown)
    trouble = found.get("bozo_exception")
    if isinstance(trouble, wrong) and "us-ascii" not in str(trouble):
        raise _no_feed(msg("It is not written in the encoding that it says, so that umlauts would be wrong."))


def _entry_of_xml(one: Mapping[str, Any], source: str) -> Entry:
    contents = one.get("content") or ()
    text = one.get("summary") or next((content.get("value", "") for content in contents), "")
    parsed = one.get("published_parsed") or one.get("updated_parsed")
    link = _address(one.get("link"), source)
    published = datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    return _entry(one.get("id"), one.get("title", ""), text, link, published)


def _of_json(content: bytes) -> Feed:
    try:
        values = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _no_feed(msg("A JSON Feed is written in UTF-8, and this one is not.")) from error
    except RecursionError as error:
        raise _no_feed(msg("It is nested deeper than any feed is.")) from error
    except ValueError as error:
        raise _no_feed(msg("It begins like JSON, and is none.")) from error
    items = values.get("items")
    if not str(values.get("version", "")).startswith("https://jsonfeed.org/version/1") or not isinstance(items, list):
        raise _no_feed(msg("It is JSON, but no JSON Feed: “version” or “items” is missing."))
    home = str(values.get("home_page_url") or "")
    entries = (_entry_of_json(one, home) for one in items if isinstance(one, dict))
    return Feed(plain_text(str(values.get("title", ""))[:LONGEST_TEXT])[:LONGEST_TITLE], _each_once(entries))


def _entry_of_json(one: Mapping[str, Any], home: str) -> Entry:
    said = {name: value for name, value in one.items() if isinstance(value, str | int)}
    text = said.get("summary") or said.get("content_text") or said.get("content_html") or ""
    link = _address(said.get("url") or said.get("external_url"), home)
    return _entry(said.get("id"), said.get("title", ""), str(text), link, _moment(said.get("date_published")))


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _entry(name: object, title: object, text: str, link: str | None, published: datetime | None) -> Entry:
    words = plain_text(text[:LONGEST_TEXT])
    heading = (
        " ".join(plain_text(str(title)[:LONGEST_TEXT]).split())[:LONGEST_TITLE]
        or words.partition("\n")[0][:LONGEST_TITLE]
    )
    return Entry(str(name or link or heading)[:LONGEST_NAME], heading, words, link, published)


def _address(link: object, source: str) -> str | None:
    """The whole web address; None for any other kind, such as javascript:."""
    try:
        whole = urljoin(source, str(link or "").strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    fine = parts.scheme in {"http", "https"} and parts.hostname and not parts.username and whole.isprintable()
    return whole if fine and " " not in whole else None


def _each_once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    by_name: dict[str, Entry] = {}
    for entry in entries:
        if entry.title:
            by_name.setdefault(entry.name, entry)
    return tuple(by_name.values())


def _no_feed(reason: Message) -> FeedRefused:
    return FeedRefused(
        msg("This cannot be read as a feed. {reason}", reason=reason),
        msg("Look for the address of the feed on the website (RSS, Atom)."),
    )
