"""Drafts held against each other: by a line about each, without reading them; and what was found last time.

What was found holds while no such line changed, nor the policy, nor the day. It must not know any single rule.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kanal import __version__
from kanal.cache_file import load_values, save_values
from kanal.folder import Folder
from kanal.lint.inspecting import Inspector
from kanal.lint.summaries import summaries
from kanal.model import Channel, Finding, Waiver
from kanal.stored_findings import StoredFinding, finding_in, finding_out

FILE_NAME = "across.cache"
_TOGETHER = 1_000


class _Found(NamedTuple):
    """A finding, and whether somebody answers for it in its file; that has these `mtime` and `size`."""

    file: str
    mtime: int
    size: int
    is_waived: bool
    finding: StoredFinding


def across(
    inspector: Inspector, folder: Folder, channels: Mapping[str, Channel], local: datetime
) -> Iterator[tuple[Finding, Waiver | None]]:
    """What rules say about drafts held against each other, without those whose time is over, and who answers for it.

    `local` is now, in the office's zone.
    """
    return inspector.folder(summaries(folder, channels, local), folder.load)


def complaints_across(
    inspector: Inspector,
    folder: Folder,
    channels: Mapping[str, Channel],
    local: datetime,
    *,
    stamp: str,
    cache: Path | None,
) -> list[Finding]:
    """Those findings that nobody answers for. `stamp` is the policy's, `cache` a folder."""
    if not inspector.looks_across:
        return []
    key = f"{stamp}/{local:%Y-%m-%d}/{_checksum(folder.files, folder.table.facts):08x}"
    file = cache / FILE_NAME if cache else None
    kept = load_values(file, f"{__version__}/3") if file else None
    if kept and kept[0] == key:
        found = [_Found(*one) for one in kept[1]]
        if all(folder.is_unchanged(one.file, one.mtime, one.size) for one in found):
            return [finding_in(one.file, one.finding) for one in found if not one.is_waived]
    held = list(across(inspector, folder, channels, local))
    if file:
        # Also those that are waived: the waiver stands in the file, and no line about a draft tells of it.
        rows = [(one.file, *folder.changed_at(one.file), waiver is not None, finding_out(one)) for one, waiver in held]
        save_values(file, f"{__version__}/3", (key, rows))
    return [finding for finding, waiver in held if waiver is None]


def _checksum(*columns: Sequence[str]) -> int:
    """Of thousands of lines together, so that an archive is not in memory a second time."""
    found = 0
    for column in columns:
        for start in range(0, len(column), _TOGETHER):
            lines = "\n".join(column[start : start + _TOGETHER])
            found = zlib.crc32(lines.encode(errors="surrogatepass"), found)
    return found
