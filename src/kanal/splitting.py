"""A text that is too long for one post, as a proposal for a thread: split where sentences end, and numbered.

A person decides: nothing in here is ever applied by itself. It must not know networks; whether a part fits is asked of
whoever calls.
"""

from collections.abc import Callable, Iterator

from kanal.prose.sentences import sentences

MOST = 25
"""Parts, as many as a draft may have (`kanal.draft_fields`)."""
_NO_ENDS = (":", ";", ",")
"""What stands behind these belongs to what stands before."""
Fits = Callable[[int, str], bool]


def split(text: str, fits: Fits) -> tuple[str, ...]:
    """The parts, each with its number (`(1/3)`); none for a single sentence, one that does not fit, or too many parts.

    `fits` tells whether a text fits as the part of that number, from 1. Nothing but blanks at the ends is left out.
    """
    pieces = list(_pieces(text))
    for total in range(2, MOST + 1):
        parts = _packed(pieces, total, fits) if len(pieces) > 1 else None
        if parts is not None and len(parts) <= total:
            return parts if len(parts) == total else tuple(_renumbered(parts, total))
    return ()


def _pieces(text: str) -> Iterator[str]:
    """The text, cut before each sentence; links and hashtags stay with the sentence before them."""
    starts = [one.start for one in sentences(text)[1:]]
    ends = [start for start in starts if not text[:start].rstrip().endswith(_NO_ENDS)]
    for begin, end in zip([0, *ends], [*ends, len(text)], strict=True):
        yield text[begin:end]


def _packed(pieces: list[str], total: int, fits: Fits) -> tuple[str, ...] | None:
    """As many pieces in each part as fit with a number of `total`; None if one does not fit alone."""
    parts: list[str] = []
    current = ""
    for piece in pieces:
        if current and not fits(len(parts) + 1, _numbered(current + piece, len(parts) + 1, total)):
            parts.append(_numbered(current, len(parts) + 1, total))
            current = ""
        current += piece
        if not fits(len(parts) + 1, _numbered(current, len(parts) + 1, total)):
            return None
    return (*parts, _numbered(current, len(parts) + 1, total))


def _renumbered(parts: tuple[str, ...], total: int) -> Iterator[str]:
    for number, part in enumerate(parts, 1):
        yield part.removesuffix(f"({number}/{total})") + f"({number}/{len(parts)})"


def _numbered(text: str, number: int, total: int) -> str:
    return f"{text.strip()} ({number}/{total})"
