"""A rule's docstring as a manual page: what it asks for, why, its options, its sources, and examples.

It must not know any rule, nor how a page is shown.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from textwrap import dedent
from typing import NamedTuple

from kanal.message import mark

_HEADING = re.compile(r"(Options|Source|Good|Bad)(?: with (\w+): (\S+))?:")


@dataclass(frozen=True, slots=True)
class Example:
    """A draft (or what else the rule looks at) that it finds fault with, or not, perhaps with an `option` set."""

    good: bool
    text: str
    option: tuple[str, str] | None = None

    @property
    def heading(self) -> str:
        """What stands above it, to be translated."""
        return mark("Right:") if self.good else mark("Wrong:")


@dataclass(frozen=True, slots=True)
class Manual:
    """A page: the first of `paragraphs` is the summary; `options` are explained by name."""

    paragraphs: tuple[str, ...]
    options: Mapping[str, str]
    sources: tuple[str, ...]
    examples: tuple[Example, ...]

    @property
    def summary(self) -> str:
        """What the rule asks for, in a sentence."""
        return self.paragraphs[0] if self.paragraphs else ""

    @property
    def prose(self) -> tuple[str, ...]:
        """Everything that is to be translated."""
        return (*self.paragraphs, *self.options.values(), *self.sources)


def manual_of(docstring: str) -> Manual:
    """The page that a docstring holds."""
    sections = list(_sections(cleandoc(docstring)))
    prose = "\n\n".join(section.text for section in sections if not section.heading)
    return Manual(
        paragraphs=tuple(" ".join(part.split()) for part in prose.split("\n\n") if part.strip()),
        options=dict(_options(section.text for section in sections if section.heading == "Options")),
        sources=tuple(" ".join(section.text.split()) for section in sections if section.heading == "Source"),
        examples=tuple(
            Example(section.heading == "Good", dedent(section.text).strip("\n") + "\n", section.option)
            for section in sections
            if section.heading in {"Good", "Bad"}
        ),
    )


class _Section(NamedTuple):
    heading: str
    option: tuple[str, str] | None
    text: str


def _sections(text: str) -> Iterator[_Section]:
    """The first has no heading; an indented line belongs to the heading above it, any other to the text."""
    heading: re.Match[str] | None = None
    body: list[str] = []
    for line in [*text.splitlines(), "Good:"]:
        found = _HEADING.match(line)
        if found or (heading and line and not line.startswith(" ") and heading[1] != "Source"):
            option = (heading[2], heading[3]) if heading and heading[2] else None
            yield _Section(heading[1] if heading else "", option, "\n".join(body))
            heading, body = found, [line[found.end() :] if found else line]
        else:
            body.append(line)


def _options(texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    """`name: what it means`, each from a line of its own on; longer ones go on in the next lines."""
    name, words = "", list[str]()
    for line in "\n".join(texts).splitlines():
        start, colon, rest = line.strip().partition(":")
        if colon and start.isidentifier() and not line.startswith(" " * 8):
            if name:
                yield name, " ".join(words)
            name, words = start, [rest.strip()]
        elif line.strip():
            words.append(line.strip())
    if name:
        yield name, " ".join(words)
