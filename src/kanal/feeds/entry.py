"""One entry of a feed, of whatever format, as plain values."""

from datetime import datetime
from typing import NamedTuple


class Entry(NamedTuple):
    """What a feed says about one article: plain text, no HTML.

    `name` is the feed's own name for it (RSS `guid`, Atom and JSON Feed `id`), else its address, else its title; `link`
    an absolute http(s) address; `published` aware, UTC, and None where the feed does not say.
    """

    name: str
    title: str
    text: str
    link: str | None
    published: datetime | None


class Feed(NamedTuple):
    """A feed's title and its entries, in its own order, each name once."""

    title: str
    entries: tuple[Entry, ...]
