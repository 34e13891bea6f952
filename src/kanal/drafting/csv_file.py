"""A list as a spreadsheet program saves it: rows of cells, each with its place in the file.

Excel's dialects of RFC 4180: comma, semicolon or tab (whichever makes headings that are known), a first line `sep=;`,
quotation marks around cells with line breaks, CRLF, UTF-8 with or without a byte order mark, UTF-16 with one (“Unicode
text”), Windows-1252. The csv module of the standard library tells no places. It must not know questions.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kanal.errors import UsageError
from kanal.message import Message, msg
from kanal.model import Place

MOST_BYTES = 1_000_000
DELIMITERS = (";", ",", "\t")
_SEP = re.compile(r"sep=(.)\r?\n?")
_BREAK = re.compile(r"\r\n|\r|\n")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of Excel and LibreOffice begin (ZIP, OLE)."""


class Cell(NamedTuple):
    """What a cell says, where it begins, and how many characters of that line it takes."""

    text: str
    place: Place
    width: int = 1


Row = Sequence[Cell]


class BadQuote(Exception):
    """A quotation mark that is not closed, or in the middle of a cell."""

    def __init__(self, place: Place, message: Message) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


def read_list(path: Path) -> str:
    """The text of the file. Raises `UsageError` for what is no text."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(
            msg("The list {file} cannot be read: {reason}.", file=path.name, reason=error.strerror or "?"),
            msg("Give the way from here."),
        ) from error
    if raw.startswith(_WORKBOOKS):
        raise UsageError(
            msg("{file} is a workbook, not a list.", file=path.name),
            msg("In Excel or LibreOffice, save it as “CSV UTF-8”, and give that file."),
        )
    if len(raw) > MOST_BYTES:
        raise UsageError(
            msg("{file} has {size} bytes; {limit} are the most.", file=path.name, size=len(raw), limit=MOST_BYTES),
            msg("Make several lists of it."),
        )
    return _decoded(raw, path.name)


def _decoded(raw: bytes, name: str) -> str:
    encodings = ["utf-8-sig", "cp1252"]
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(msg("{file} is no text.", file=name), msg("Save the list as “CSV UTF-8”."))


def rows_of(text: str, is_known: Callable[[str], bool]) -> list[Row]:
    """The rows that are not empty, the headings first. Raises `BadQuote`.

    The delimiter is the one by which the most headings are known (`is_known`), or else by which there are the most.
    """
    told = _SEP.match(text)
    start = told.end() if told else 0
    candidates = [told[1]] if told else list(DELIMITERS)

    def score(delimiter: str) -> tuple[int, int]:
        headings: list[bool] = []
        with suppress(BadQuote):  # by another delimiter, the marks may be where they belong; what came before counts
            for cell in _row(_Reader(text, start), delimiter):
                headings.append(is_known(cell.text))  # noqa: PERF401 - those before a lost mark are kept
        return sum(headings), len(headings)

    best = max(candidates, key=score)
    return [row for row in _rows(text, start, best) if any(cell.text.strip() for cell in row)]


class _Reader:
    """Goes through the text once, and knows line and column."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self.at = start
        self._line = 1 + len(_BREAK.findall(text, 0, start))
        self._line_start = start

    def place(self) -> Place:
        """Where we are."""
        return Place(self._line, self.at - self._line_start + 1)

    def cell(self, delimiter: str) -> Cell:
        """The cell that begins here; afterwards we stand behind it."""
        begin, start = self.place(), self.at
        text = self._quoted(begin, delimiter) if self._text.startswith('"', start) else self._plain(delimiter)
        first_line = _BREAK.split(self._text[start : self.at])[0]
        return Cell(text, begin, max(len(first_line), 1))

    def take_break(self) -> bool:
        """Step over a line end, if we stand at one."""
        found = _BREAK.match(self._text, self.at)
        if found:
            self._next_line(found.end())
        return found is not None

    def take(self, delimiter: str) -> bool:
        """Step over a delimiter, if we stand at one."""
        found = self._text.startswith(delimiter, self.at)
        self.at += found
        return found

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self._text)

    def _next_line(self, start: int) -> None:
        self._line += 1
        self.at = self._line_start = start

    def _plain(self, delimiter: str) -> str:
        found = re.compile(f"[^{re.escape(delimiter)}\r\n]*").match(self._text, self.at)
        text = found[0] if found else ""
        self.at += len(text)
        return text

    def _quoted(self, begin: Place, delimiter: str) -> str:
        self.at += 1
        said = ""
        while True:
            if self.ended:
                raise BadQuote(begin, msg("The quotation mark here is never closed."))
            sign = self._text[self.at]
            if self.take_break():
                said += "\n"
            elif sign != '"':
                said += sign
                self.at += 1
            elif self._text.startswith('""', self.at):
                said += '"'
                self.at += 2
            else:
                self.at += 1
                break
        if not self.ended and self._text[self.at] not in {delimiter, "\r", "\n"}:
            raise BadQuote(self.place(), msg("Behind the closing quotation mark, the cell must end."))
        return said


def _rows(text: str, start: int, delimiter: str) -> Iterator[Row]:
    reader = _Reader(text, start)
    while not reader.ended:
        yield list(_row(reader, delimiter))
        reader.take_break()


def _row(reader: _Reader, delimiter: str) -> Iterator[Cell]:
    yield reader.cell(delimiter)
    while reader.take(delimiter):
        yield reader.cell(delimiter)
