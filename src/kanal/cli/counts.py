"""How long a post is on each channel, as the line below a question: `mastodon 213/500  x 290/280 !`."""

from collections.abc import Iterable, Sequence

from kanal.cli.terminal import cells
from kanal.drafting.lengths import Length

OVER = "bold ansired"
_GAP = "  "


def toolbar(counted: Sequence[Length], remarks: Iterable[str], columns: int) -> list[tuple[str, str]]:
    """Pieces of text with their styles, in lines of at most so many columns."""
    pieces = [("", remark) for remark in remarks]
    pieces += [(OVER if one.is_over else "", _in_words(one)) for one in counted]
    lines: list[tuple[str, str]] = []
    used = 0
    for style, text in pieces:
        if used and used + len(_GAP) + cells(text) > columns:
            lines.append(("", "\n"))
            used = 0
        if used:
            lines.append(("", _GAP))
        lines.append((style, text))
        used += len(_GAP) + cells(text)
    return lines


def _in_words(one: Length) -> str:
    """The sign tells what the colour tells, for those who do not see it."""
    return f"{one.channel} {one.used}/{one.limit}{' !' if one.is_over else ''}"
