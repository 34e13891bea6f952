"""What a YAML file says, with the place of every field and every complaint: what reader and checker hand on."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from kanal.message import Message, msg
from kanal.model import Finding, Place, Severity

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Signs that nobody can see, nor mean."""
BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What YAML's parsers count as the end of a line."""


class Mark(Protocol):
    """Where a YAML parser was, counted from 0."""

    @property
    def line(self) -> int:
        """Lines before it."""
        ...

    @property
    def column(self) -> int:
        """Characters before it in its line."""
        ...


class Places(Mapping[str, Place]):
    """Where things stand, worked out of a parser's marks for whoever asks: nobody asks for most of them."""

    __slots__ = ("_marks",)

    def __init__(self, marks: Mapping[str, Mark | None]) -> None:
        self._marks = marks

    def __getitem__(self, path: str) -> Place:
        return place_of(self._marks[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)


class Document:
    """A file's content as plain Python values, with the place of each field.

    `places` maps a field path (`media[0].alt`) to where its value stands, and `media[0].alt:key` to where its key
    stands; whoever builds the document puts the parser's `marks`. With findings, `value` is what could still be read
    (None if nothing). `text` is the whole file, as far as it is text.
    """

    __slots__ = ("file", "findings", "marks", "places", "text", "value")

    def __init__(self, file: str, value: object = None) -> None:
        self.file = file
        self.value = value
        self.text = ""
        self.marks: dict[str, Mark | None] = {}
        self.places = Places(self.marks)
        self.findings: list[Finding] = []

    def object_to(self, rule: str, place: Place, message: Message, field_path: str = "") -> None:
        """Add an error."""
        self.findings.append(Finding(rule, Severity.ERROR, self.file, place, field_path, message))


def place_of(mark: Mark | None) -> Place:
    """The place of a mark."""
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


class Stop(Exception):
    """The rest of the file makes no sense; the finding is noted."""


def invisible(sign: str) -> Message:
    """The complaint about a control character."""
    return msg("Here is an invisible control character (U+{code}). Delete it.", code=f"{ord(sign):04X}")
