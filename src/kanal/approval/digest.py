"""Names everything that a draft says, so that an approval holds for these words and pictures and for no others.

Comments, order and quotation marks do not count, nor where the file lies. A key that is new in a later version of
kanal changes nothing in drafts that do not use it; `tests/approval/test_digest.py` holds that still.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kanal.model import Draft, Variant

SHA256 = "sha256:"
_APART = frozenset({"approval", "path", "places"})
"""What is about the draft, not of it."""


def digest_of(draft: Draft, posts: Path) -> str:
    """SHA-256 (`sha256:` and 64 hexadecimal digits) of what the draft says, and of its pictures and captions.

    `posts` is the folder from which files are named. A file that cannot be read counts as one of its own kind.
    """
    import hashlib

    content = {"draft": said(draft, posts), "files": {name: _of_file(posts / name) for name in files_in(draft, posts)}}
    return SHA256 + hashlib.sha256(json.dumps(content, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def said(draft: Draft, posts: Path) -> str:
    """All fields but the approval in one canonical form; files by name, times as local ones."""
    return json.dumps(_fields(draft, posts), ensure_ascii=True, sort_keys=True)


def files_in(draft: Draft, posts: Path) -> tuple[str, ...]:
    """The pictures and captions that the draft names, from `posts`, with forward slashes, each once."""
    named = (path for path in _files(draft) if path is not None)
    return tuple(dict.fromkeys(path.relative_to(posts).as_posix() for path in named))


def _files(draft: Draft) -> Iterator[Path | None]:
    for _, picture in draft.pictures():
        yield from (picture.file, picture.captions)


def _fields(value: Any, posts: Path) -> dict[str, object]:
    """The fields of a frozen value that say something. In a variant, an empty list says: no pictures here."""
    empty: tuple[object, ...] = () if isinstance(value, Variant) else ("", (), {}, False)
    found = {name: getattr(value, name) for name in type(value).__match_args__ if name not in _APART}
    return {name: _plain(inner, posts) for name, inner in found.items() if inner is not None and inner not in empty}


def _plain(value: object, posts: Path) -> object:
    if isinstance(value, Path):
        return value.relative_to(posts).as_posix()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, Mapping):
        return {str(name): _plain(inner, posts) for name, inner in value.items()}
    if hasattr(type(value), "__match_args__"):
        return _fields(value, posts)
    if isinstance(value, tuple):
        return [_plain(inner, posts) for inner in value]
    return value


def _of_file(path: Path) -> str:
    """Captions are text, which git gives other line ends on Windows."""
    import hashlib

    try:
        if path.suffix.lower() in {".vtt", ".srt"}:
            return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"
