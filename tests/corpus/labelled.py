"""Reads `sentences.txt`: which words of a sentence a detector ought to find (the rules of labelling stand there).

It must not know any detector.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SENTENCES = Path(__file__).with_name("sentences.txt")

GROUPS = {
    "identifiers": frozenset({"iban", "tax-id", "pension-number", "health-insurance-number", "id-card"}),
    "contacts": frozenset({"email", "phone"}),
    "links": frozenset({"tracking", "redirector"}),
    "names-and-addresses": frozenset({"person", "address"}),
    "others": frozenset({"plate", "case-number", "birth-date", "coordinates"}),
}
"""Which kinds are measured together."""

KINDS = frozenset().union(*GROUPS.values())

_MARK = re.compile(r"⟦(?P<kind>[a-z-]+)\|(?P<text>[^⟦⟧]+)⟧")
_BLANK = re.compile(r"\\u(00a0|202f)")


@dataclass(frozen=True, slots=True)
class Span:
    """What is to be found: `text[start:end]` of its sentence is a `kind`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of the file without its marks; `line` counts from 1."""

    line: int
    text: str
    spans: tuple[Span, ...]

    def wanted(self, group: str) -> tuple[Span, ...]:
        """The spans whose kind belongs to `group`."""
        return tuple(span for span in self.spans if span.kind in GROUPS[group])


@cache
def sentences() -> tuple[Sentence, ...]:
    """The whole corpus."""
    return tuple(parsed(SENTENCES.read_text(encoding="utf-8")))


def parsed(content: str) -> Iterator[Sentence]:
    """The sentences in the content of such a file. Raises ValueError for a mark that is none."""
    for number, line in enumerate(content.split("\n"), 1):
        if line and line != "#" and not line.startswith("# "):
            yield _sentence(number, _BLANK.sub(lambda found: chr(int(found[1], 16)), line))


def _sentence(number: int, line: str) -> Sentence:
    text, spans, position = "", [], 0
    for mark in _MARK.finditer(line):
        if mark["kind"] not in KINDS:
            raise ValueError(f"line {number}: there is no kind {mark['kind']}")
        text += line[position : mark.start()]
        spans.append(Span(mark["kind"], len(text), len(text) + len(mark["text"])))
        text += mark["text"]
        position = mark.end()
    text += line[position:]
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"line {number}: a mark looks like ⟦kind|text⟧")
    return Sentence(number, text, tuple(spans))
