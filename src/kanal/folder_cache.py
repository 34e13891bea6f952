"""What was read from the folder of drafts before, in one file of `.kanal/cache`.

It must not know what a draft says, nor what a rule is.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kanal.cache_file import load_values, save_values
from kanal.folder_table import Table
from kanal.media.gallery import Seen
from kanal.message import NOTHING

RACY_NANOSECONDS = 2_000_000_000
"""A file younger than this when it was read may change again without showing it (git's "racy clean" problem)."""


class Kept(NamedTuple):
    """Rows, what is known about media files by path, and the stamp that the findings hold for."""

    table: Table
    media: Mapping[str, Seen] = NOTHING
    stamp: str = ""


def load(path: Path, form: str, stamp: str | None) -> Kept:
    """What is kept; nothing if the file is unusable.

    Findings are only good for the `stamp` they were made with; who needs none of them (None) leaves them as they are.
    """
    values = load_values(path, form)
    if values is None:
        return Kept(Table(), stamp=stamp or "")
    columns, media, stored = values
    table = Table.of(columns)
    if stamp not in {None, stored}:
        table.forget_findings()
    return Kept(table, {file: Seen(*seen) for file, seen in media.items()}, stored if stamp is None else stamp)


def save(path: Path, form: str, kept: Kept) -> None:
    """Keep what is older than a moment."""
    settled = time.time_ns() - RACY_NANOSECONDS
    media = {file: tuple(seen) for file, seen in kept.media.items() if seen.mtime < settled}
    save_values(path, form, (kept.table.older_than(settled).columns(), media, kept.stamp))
