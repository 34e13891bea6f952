"""A stretch of a file as the body of a request, read piece by piece while it is sent.

HTTP libraries read whole files into memory for that, and a video has hundreds of megabytes. Small pieces also keep a
slow line from running into the timeout of a single write. This module must not know any network, nor what is in the
file.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from kanal.errors import Unavailable
from kanal.message import msg

PIECE = 65_536


class Stretch(NamedTuple):
    """What of a file is sent: from which byte, how many."""

    file: Path
    start: int
    size: int


def _nobody(_sent: int) -> None:
    """Nobody is told."""


class Body:
    """Some bytes of our own, a stretch of a file, and some more of our own; to be sent once.

    `tell` hears of every piece that is about to go out, with the number of the stretch's bytes so far. Raises
    `Unavailable` for a file that cannot be opened, and `OSError` while reading one that has become shorter.
    """

    def __init__(
        self, stretch: Stretch, *, head: bytes = b"", tail: bytes = b"", tell: Callable[[int], None] = _nobody
    ) -> None:
        self._head = head
        self._tail = tail
        self._size = stretch.size
        self._length = len(head) + stretch.size + len(tail)
        self._place = 0
        self._tell = tell
        try:
            self._file = stretch.file.open("rb")
            self._file.seek(stretch.start)
        except OSError as error:
            raise Unavailable(
                msg("“{file}” cannot be read: {reason}.", file=stretch.file.name, reason=error.strerror or ""),
                needs_person=True,
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        """The length of the whole body in bytes: requests sends it as `Content-Length`."""
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        """The pieces; requests takes a body for a stream only if it has them."""
        while piece := self.read(PIECE):
            yield piece

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; empty at the end."""
        wanted = self._length - self._place if size < 0 else size
        piece = self._next(wanted) if wanted else b""
        self._place += len(piece)
        return piece

    def _next(self, size: int) -> bytes:
        begin, end = len(self._head), len(self._head) + self._size
        if self._place < begin:
            return self._head[self._place : self._place + size]
        if self._place < end:
            piece = self._file.read(min(size, end - self._place))
            if not piece:
                raise OSError("the file became shorter while it was sent")
            self._tell(self._place + len(piece) - begin)
            return piece
        return self._tail[self._place - end : self._place - end + size]
