"""Mends what can be mended safely: small replacements in the text of drafts, a missing id, metadata in pictures.

Everything else in the file stays as it is, byte for byte. A change is only kept if the file, read again, says what it
said before except for the words that were meant; a picture is cleaned on a copy that takes its place at the end.
"""

import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from kanal.draft_fields import LONGEST_ID, id_of_file
from kanal.drafts import DraftSetting, parse_written
from kanal.lint.edits import edited, safe
from kanal.lint.hits import Hit
from kanal.lint.places import Source
from kanal.yaml12 import Document, parse
from kanal.yaml_document import BREAK

_LINE_ENDS = frozenset({"\n", "\r\n", "\r"})


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
    name = _free(id_of_file(file), set(taken))
    before = parse(text, file)
    if not name or not before.value or not isinstance(before.value, dict):
        return None
    for done in _with_id(before, name):
        if parse(done, file).value == {"id": name, **before.value} and parse_written(done, file, setting)[0]:
            return Change(file, raw, _encoded(done, raw))
    return None


def _free(name: str, taken: Collection[str]) -> str:
    numbered = (f"{name[: LONGEST_ID - len(ending)].strip('-')}{ending}" for ending in map("-{}".format, count(2)))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def _with_id(draft: Document, name: str) -> Iterator[str]:
    """Ways to say the id first; in quotation marks since `2026` and `true` would be something else without."""
    text, places = draft.text, draft.places
    source = Source(text, places)
    first = min((place for path, place in places.items() if path.endswith(":key")), key=lambda p: (p.line, p.column))
    root, key = source.offset(places[""]), source.offset(first)
    found = BREAK.search(text, key)
    end = found[0] if found and found[0] in _LINE_ENDS else "\n"
    in_flow = text[root] == "{"
    at, place = (key, first) if in_flow else (root, places[""])
    indent = text[at - place.column + 1 : at]
    behind = ", " if in_flow and not BREAK.search(text, root, key) else "," * in_flow + end + indent
    for said in (f'"id": "{name}"',) if text[key] == '"' else (f"id: {name}", f'id: "{name}"'):
        yield f"{text[:at]}{said}{behind}{text[at:]}"


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
