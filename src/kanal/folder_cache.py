"""What was read from the folder of drafts before, in one file of `.kanal/cache`. It may be deleted at any time.

The file carries a checksum of itself: one that is damaged, or was written by another version, is not used but made
anew. It must not know what a draft says, nor what a rule is.
"""

import json
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

Dependency = tuple[str, int, int]
"""A file that findings depend on: path, time of change in nanoseconds (-1: there is none), size."""


class Row(NamedTuple):
    """What is known about one file, valid while `mtime` (nanoseconds) and `size` stay the same.

    `facts` are those of an `Entry`; `findings` those of the rules, or None where they did not look yet; `day` is the
    day that the findings hold for, "" for any.
    """

    mtime: int
    size: int
    facts: list[Any]
    findings: list[Any] | None = None
    dependencies: list[Dependency] | None = None
    day: str = ""


def load(path: Path, form: str, stamp: str | None) -> tuple[dict[str, Row], str]:
    """The rows by file name, and the stamp of their findings; none if the file is missing, damaged, of another `form`.

    Findings are only good for the `stamp` they were made with; who needs none of them (None) leaves them as they are.
    """
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
        if _checksum(body) != digest:
            return {}, stamp or ""
        stored = json.loads(body)
    except (OSError, ValueError):
        return {}, stamp or ""
    if stored["form"] != form:
        return {}, stamp or ""
    kept = slice(None) if stamp in {None, stored["stamp"]} else slice(3)
    return {file: Row(*row[kept]) for file, row in stored["rows"].items()}, stamp or stored["stamp"]


def save(path: Path, form: str, stamp: str, rows: dict[str, Row]) -> None:
    """Write the rows. A full disk or missing rights cost time in the next run, nothing else."""
    body = json.dumps({"form": form, "stamp": stamp, "rows": rows}, separators=(",", ":")).encode()
    new = path.with_name(f"{path.name}-{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_bytes(_checksum(body) + b"\n" + body)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise


def _checksum(body: bytes) -> bytes:
    """Against damage, not against anybody: whoever can write the cache can write the drafts."""
    return b"%08x" % zlib.crc32(body)
