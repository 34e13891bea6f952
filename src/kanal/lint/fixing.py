"""Mends what can be mended safely: small replacements in the text of drafts, a missing id, metadata in pictures.

Everything else in the file stays as it is, byte for byte. A change is only kept if the file, read again, says what it
said before except for the words that were meant; a picture is cleaned on a copy that takes its place at the end.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kanal.draft_fields import ID, LONGEST_ID
from kanal.drafts import DraftSetting, Written, parse_written
from kanal.lint.hits import Hit
from kanal.text import slug
from kanal.text.signs import composed


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after."""

    file: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    instead: str
    hit: Hit


def mended(file: str, raw: bytes, hits: Sequence[Hit], setting: DraftSetting) -> Change | None:
    """The draft file with every safe replacement made, or None if there is none."""
    text = raw.decode("utf-8-sig")
    written, _ = parse_written(text, file, setting)
    if written is None:
        return None
    done = text
    edits = sorted(_edits(hits), key=lambda edit: (edit.start, -edit.end), reverse=True)
    last = len(text) + 1
    for edit in edits:
        if edit.end <= last:  # two findings about the same words: the second waits for the next run
            attempt = done[: edit.start] + edit.instead + done[edit.end :]
            if _says_the_same_but(edit, done, attempt, file, setting):
                done, last = attempt, edit.start
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


def _edits(hits: Sequence[Hit]) -> Iterator[_Edit]:
    for hit in hits:
        stretch, instead = hit.stretch, hit.problem.instead
        if instead is not None and stretch.start is not None and stretch.end is not None:
            yield _Edit(stretch.start, stretch.end, instead, hit)


def _says_the_same_but(edit: _Edit, before: str, after: str, file: str, setting: DraftSetting) -> bool:
    """Whether the file says what it said, except for the words of the edit."""
    old, _ = parse_written(before, file, setting)
    new, _ = parse_written(after, file, setting)
    if old is None or new is None:
        return False
    said, says = flattened(old), flattened(new)
    field, span = edit.hit.problem.field, edit.hit.problem.span
    if span is None or {name for name in said.keys() | says.keys() if said.get(name) != says.get(name)} != {field}:
        return False
    # A draft's text is taken without the line ends around it, an alternative text without blanks, too.
    for ends in ("\n", None):
        base = composed(str(said[field])).strip(ends)
        if base[: span.start] + edit.instead + base[span.end :] == composed(str(says[field])).strip(ends):
            return True
    return False


def flattened(written: Written) -> Mapping[str, object]:
    """Every single value with its path (`media[0].alt`)."""
    return dict(_flat("", written.fields))


def _flat(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict | Mapping):
        for key, inner in value.items():
            yield from _flat(f"{path}.{key}" if path else str(key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _flat(f"{path}[{index}]", inner)
    else:
        yield path, value


def _encoded(text: str, raw: bytes) -> bytes:
    return (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + text.encode()
