"""What a template asks: the kinds of questions, and the forms an answer may take in a text. It must not know files."""

from enum import StrEnum
from typing import NamedTuple

from kanal.text import slug


class Kind(StrEnum):
    """What an answer must be."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    HOUR = "hour"
    TIME = "time"
    LINK = "link"
    PICTURE = "picture"
    CHOICE = "choice"


FORMS = {
    Kind.LINE: ("hashtag",),
    Kind.CHOICE: ("hashtag",),
    Kind.DAY: ("long", "short"),
    Kind.HOUR: ("hour", "clock"),
    Kind.TIME: ("long", "short", "hour", "clock"),
}
"""How answers of a kind can be written, besides as they are."""


class Question(NamedTuple):
    """One question: `name` stands in places and options, `ask` is what people read.

    `default` is text with places for earlier answers, `only_with` the name of the question without whose answer this
    one makes no sense, `headings` other words for it at the head of a column.
    """

    name: str
    ask: str
    kind: Kind = Kind.LINE
    help: str | None = None
    choices: tuple[str, ...] = ()
    default: str | None = None
    optional: bool = False
    only_with: str | None = None
    headings: tuple[str, ...] = ()

    def all_headings(self) -> frozenset[str]:
        """By which it goes at the head of a column, whatever the capitals, blanks and umlauts."""
        return frozenset(map(slug, (self.name, self.ask, *self.headings)))
