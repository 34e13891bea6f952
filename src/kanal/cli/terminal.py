"""Lines and tables as text: plain in a pipe; on a terminal coloured, and broken between words only.

Addresses and commands are never broken, so that they can be clicked and copied. It must not know what is shown.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import TextIO

Piece = str | tuple[str, str]
"""Text, or text and its style in rich's words (`bold red`)."""
INDENT = 4


def write(*pieces: Piece, to: TextIO | None = None, hang: int = 0) -> None:
    """A line made of `pieces`, to stdout or `to`. On a terminal, what it breaks into keeps the indentation.

    With `hang` all but the first line begin in that column, as below a cell of a table.
    """
    stream = to or sys.stdout
    if stream.isatty():
        _styled(pieces, stream, hang)
    else:
        put("".join(_text(piece) for piece in pieces) + "\n", stream)


def put(text: str, stream: TextIO, *, flush: bool = False) -> None:
    """Write `text` as it is. Where nobody reads on (`kanal log | head`), it is dropped; the exit code stays true."""
    try:
        stream.write(text)
        if flush:
            stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):  # a full disk
            sys.stderr.write(f"stdout: {error.strerror}\n")


def _styled(pieces: Sequence[Piece], stream: TextIO, hang: int) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream)
    for line in Text.assemble(*pieces).split(allow_blank=True):
        indent = len(line.plain) - len(line.plain.lstrip(" "))
        words = line[indent:]
        more = max(indent, hang)
        for number, row in enumerate(words.divide(_breaks(words.plain, console.width - indent, console.width - more))):
            row.rstrip()
            console.print(Text(" " * (more if number else indent)) + row, overflow="ignore", no_wrap=True, crop=False)


def _breaks(text: str, first: int, room: int) -> list[int]:
    """Where to begin a new line so that no word is broken; rich itself breaks those longer than the line.

    `first` columns are for the first line, `room` for each further one.
    """
    breaks: list[int] = []
    used = 0
    for word in re.finditer(r"\S+\s*", text):
        if used and used + cells(word[0].rstrip()) > (room if breaks else first):
            breaks.append(word.start())
            used = 0
        used += cells(word[0])
    return breaks


def width(stream: TextIO) -> int | None:
    """Columns of the terminal; None in a pipe, where lines may have any length."""
    if not stream.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def cells(text: str) -> int:
    """Columns that `text` takes: a wide character (most emoji) takes two, a combining one none."""
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def table(head: Sequence[str], rows: Sequence[Sequence[Piece]], to: TextIO | None = None) -> None:
    """Rows under a head, in aligned columns. The last ones stand below the others where the terminal is narrow."""
    stream = to or sys.stdout
    lines = [[(title, "bold") for title in head], *rows]
    widths = [max(cells(_text(line[column])) for line in lines) for column in range(len(head))]
    beside = _fitting(widths, width(stream))
    for number, line in enumerate(lines):
        write(
            *(_padded(cell, room) for cell, room in zip(line[:beside], [*widths[: beside - 1], 0], strict=True)),
            to=stream,
        )
        below = [_padded(cell, cells(_text(cell))) for cell in line[beside:] if _text(cell)]
        if below and number:
            write(" " * INDENT, *below, to=stream)


def _fitting(widths: Sequence[int], limit: int | None) -> int:
    """How many columns fit beside each other."""
    count = len(widths)
    while limit and count > 1 and sum(widths[:count]) + 2 * (count - 1) > limit:
        count -= 1
    return count


def _text(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece[0]


def _padded(piece: Piece, to: int) -> Piece:
    """`piece` with blanks up to `to` columns and two more; as it is where `to` is 0, at the end of a line."""
    if to == 0:
        return piece
    padded = _text(piece) + " " * (to - cells(_text(piece)) + 2)
    return padded if isinstance(piece, str) else (padded, piece[1])
