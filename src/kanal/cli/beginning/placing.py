"""Files put where there are none: all of them or none, and never over what is there.

Each is written beside its place first, where a full disk shows before anything can be seen; then all are put in their
places. Whatever goes wrong, what this call has made is taken away again. It must not know what stands in them.
"""

import difflib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kanal.cli.ci_files import with_pins_of
from kanal.cli.desk import Desk
from kanal.cli.terminal import put
from kanal.errors import ConfigError
from kanal.message import Message, msg


@dataclass(frozen=True, slots=True)
class Offer:
    """A file (named from some top folder, with forward slashes) and what would stand in it; bytes are a picture.

    Where the office has a file of its own, `addition` says that it lacks the content, unless it holds `part`.
    """

    file: str
    content: str | bytes
    part: str = ""
    addition: Message | None = None


def missing(top: Path, offers: Sequence[Offer]) -> list[Offer]:
    """Those for which there is no file yet. Raises `ConfigError` for a folder in the place of one."""
    for offer in offers:
        if (top / offer.file).exists() and not (top / offer.file).is_file():
            raise ConfigError(msg("{file} is there, but it is no file.", file=offer.file), msg("Move it away first."))
    return [offer for offer in offers if not (top / offer.file).exists()]


def place(top: Path, offers: Sequence[Offer], desk: Desk) -> bool:
    """Write what is missing, and show what is different in the others. Whether anything was written.

    Raises `OSError` if a file cannot be written; then none is.
    """
    new = missing(top, offers)
    with _all_or_none() as made:
        beside = [(_written_beside(top / offer.file, offer.content, made), top / offer.file) for offer in new]
        for written, path in beside:
            _put_in_place(written, path, made)
    for offer in offers:
        if offer in new:
            desk.note(msg("Written: {file}", file=offer.file))
        else:
            _compare(top / offer.file, offer, desk)
    return bool(new)


@contextmanager
def _all_or_none() -> Iterator[list[Path]]:
    """The files and folders that were made, in order; if the block fails, they are removed."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        raise


def _written_beside(path: Path, content: str | bytes, made: list[Path]) -> Path:
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir()
        made.append(folder)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    made.append(beside)
    with beside.open("xb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
        file.flush()
        os.fsync(file.fileno())
    return beside


def _put_in_place(written: Path, path: Path, made: list[Path]) -> None:
    if path.exists():  # somebody made it meanwhile
        raise FileExistsError(None, os.strerror(17), str(path))
    written.rename(path)
    made.append(path)


def _compare(path: Path, offer: Offer, desk: Desk) -> None:
    if isinstance(offer.content, bytes):
        desk.note(msg("Already there: {file}", file=offer.file))
        return
    there = path.read_text(encoding="utf-8-sig", errors="replace")
    text = with_pins_of(there, offer.content)
    if there == text or (offer.part and offer.part in there):
        desk.note(msg("Already there: {file}", file=offer.file))
    elif offer.addition:
        desk.note(offer.addition)
        put(text, sys.stdout)
    else:
        before, after = (lines.splitlines(keepends=True) for lines in (there, text))
        put("".join(difflib.unified_diff(before, after, f"a/{offer.file}", f"b/{offer.file}")), sys.stdout)
        desk.note(msg("{file} is different, and stays as it is.", file=offer.file))
