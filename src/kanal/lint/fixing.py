"""Mends what can be mended safely: small replacements in the text of drafts, a missing id, metadata in pictures.

Everything else in the file stays as it is, byte for byte. A change is only kept if the file, read again, says what it
said before except for the words that were meant; a picture is cleaned on a copy that takes its place at the end.
"""

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kanal.draft_fields import ID, LONGEST_ID
from kanal.drafts import DraftSetting, parse_written
from kanal.lint.edits import edited, safe
from kanal.lint.hits import Hit
from kanal.text import slug


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after."""

    file: str
    before: bytes
    after: bytes


def mended(file: str, raw: bytes, hits: Sequence[Hit], setting: DraftSetting) -> Change | None:
    """The draft file with every safe replacement made, or None if there is none."""
    text = raw.decode("utf-8-sig")
    done = edited(text, safe(text, hits, file, setting))
    return None if done == text else Change(file, raw, _encoded(done, raw))


def with_id(file: str, raw: bytes, taken: Iterable[str], setting: DraftSetting) -> Change | None:
    """The draft file with an id made of its name, if that is all it lacks."""
    text = raw.decode("utf-8-sig")
    known = set(taken)
    stem = slug(Path(file).stem)[:LONGEST_ID].strip("-")
    name = next((n for n in (stem, *(f"{stem}-{number}" for number in range(2, 100))) if n not in known), stem)
    if not ID.fullmatch(name):
        return None
    lines = text.splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith(("#", "---"))), 0)
    end = "\r\n" if "\r\n" in text else "\n"
    done = "".join([*lines[:first], f"id: {name}{end}", *lines[first:]])
    written, _ = parse_written(done, file, setting)
    return Change(file, raw, _encoded(done, raw)) if written else None


def write(change: Change, root: Path) -> None:
    """Put the file in place in one step. Raises `OSError`; the old file is whole then."""
    path = (root / change.file).resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(change.after)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _encoded(text: str, raw: bytes) -> bytes:
    return (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + text.encode()
