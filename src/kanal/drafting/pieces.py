"""Text with places for answers: `{place}`, `{day:long}`, `[[at {begins:clock}|all day]]`.

Of the parts in double brackets, the first is said whose places all have answers. A line with a place that nobody filled
is left out, and so are the empty lines that it leaves behind. Answers are put in once and never looked at again: braces
in them are theirs. It must not know questions, nor what an answer looks like.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from kanal.message import Message, msg
from kanal.model import Span

_PLACE = re.compile(r"\{(?!@)([^{}\n]*)\}")
_NAMED = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(?::(?P<form>[a-z]+))?")
_MENTION = re.compile(r"\{@[^{}\s]+\}")
_OPTIONS = re.compile(r"\[\[(.*?)\]\]")
OPEN, CLOSE, OR = "[[", "]]", "|"


class Gap(NamedTuple):
    """A place for an answer: whose, in which form ("" as it is), and where it stands in the text."""

    name: str
    form: str
    span: Span


class Fault(NamedTuple):
    """What is wrong with a text, and where."""

    span: Span
    message: Message


Say = Callable[[Gap], str | None]
"""What stands in a place; None where there is no answer."""


def gaps(text: str) -> Iterator[Gap]:
    """All places of a text that has no faults."""
    for found in _PLACE.finditer(text):
        named = _NAMED.fullmatch(found[1])
        if named:
            yield Gap(named["name"], named["form"] or "", Span(*found.span()))


def faults(text: str) -> Iterator[Fault]:
    """What keeps a text from being filled: odd braces, brackets that do not close in their line."""
    for found in _PLACE.finditer(text):
        if not _NAMED.fullmatch(found[1]):
            yield Fault(Span(*found.span()), _NO_PLACE)
    rest = _MENTION.sub(_blank, _PLACE.sub(_blank, text))
    for sign in "{}":
        at = rest.find(sign)
        if at >= 0:
            yield Fault(
                Span(at, at + 1), msg("This brace belongs to no place. Places look like {example}.", example="{place}")
            )
            break
    start = 0
    for line in text.split("\n"):
        inner = _OPTIONS.sub(_blank, line)
        nested = any(OPEN in found[1] for found in _OPTIONS.finditer(line))
        if OPEN in inner or CLOSE in inner or nested:
            at = start + max(line.find(OPEN), 0)
            yield Fault(
                Span(at, at + 2), msg("“[[” and “]]” come in pairs, within one line, and not inside each other.")
            )
        start += len(line) + 1


_NO_PLACE = msg(
    "A place is named with a-z, 0-9 and _, and perhaps a form behind a colon, like {example}.", example="{day:long}"
)


def filled(text: str, say: Say) -> str:
    """The text with answers in its places; "" where nothing is left. A line end at the end stays."""
    lines: list[str | None] = []
    for line in text.removesuffix("\n").split("\n"):
        if not line.strip():
            lines.append(None)
            continue
        said = _line(line, say)
        if said is not None and (said.strip() or said == line):
            lines.append(said)
    kept = [line or "" for line, before in zip(lines, [None, *lines], strict=False) if line is not None or before]
    whole = "\n".join(kept).strip("\n")
    return f"{whole}\n" if whole and text.endswith("\n") else whole


def _line(line: str, say: Say) -> str | None:
    """The line, or None if it has a place without an answer outside of what may be left out."""
    whole = ""
    position = 0
    for found in _OPTIONS.finditer(line):
        before = _simple(line[position : found.start()], say)
        if before is None:
            return None
        whole += before + next(
            (said for said in (_simple(one, say) for one in found[1].split(OR)) if said is not None), ""
        )
        position = found.end()
    rest = _simple(line[position:], say)
    return None if rest is None else whole + rest


def _simple(text: str, say: Say) -> str | None:
    said = ""
    position = 0
    for gap in gaps(text):
        answer = say(gap)
        if answer is None:
            return None
        said += text[position : gap.span.start] + answer
        position = gap.span.end
    return said + text[position:]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
