"""The book as it was last read, kept on this computer, so that a run reads only what is new in the branch.

A cache only: it belongs to one commit, begins with a checksum of itself, and is made anew at the first doubt.
"""

import hashlib
import json
import secrets
from contextlib import suppress
from pathlib import Path

from kanal.ledger.chain import Line
from kanal.ledger.git.book import Book
from kanal.ledger.git.files import Identity

FORM = 2


def load(path: Path | None) -> Book:
    """The book that was kept, or an empty one."""
    if path is None:
        return Book()
    try:
        checksum, _, content = path.read_bytes().partition(b"\n")
        if checksum.decode("ascii") != _checksum(content):
            return Book()
        kept = json.loads(content)
        return Book().grown(kept["commit"], Identity(*kept["identity"]), (Line(*line) for line in kept["lines"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Book()


def save(path: Path | None, book: Book) -> None:
    """Keep the book, if the disk takes it: losing it costs time only."""
    if path is None or book.identity is None:
        return
    content = json.dumps({"commit": book.commit, "identity": book.identity, "lines": book.lines}).encode("ascii")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            new.write_bytes(_checksum(content).encode("ascii") + b"\n" + content)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def _checksum(content: bytes) -> str:
    return hashlib.sha256(f"{FORM}\n".encode() + content).hexdigest()
