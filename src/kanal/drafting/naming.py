"""How new drafts are called: by the day and their title, and never as something that is there already."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from kanal.draft_fields import LONGEST_ID
from kanal.drafting.answers import Answers
from kanal.text import slug

LONGEST_TITLE = 60
"""Signs of a title in names; longer file names are hard to read and, in deep folders, too long for Windows."""
MARK = 10
"""Signs of the mark that tells rows apart: of ten thousand rows with one title, two are alike once in 20,000 times."""


def short_name(title: str) -> str:
    """A title as part of names: whole words, as far as there is room."""
    name = slug(title)
    if len(name) > LONGEST_TITLE:
        name = name[: LONGEST_TITLE + 1].rpartition("-")[0] or name[:LONGEST_TITLE]
    return name or "draft"


def free(name: str, taken: Collection[str]) -> str:
    """`name`, or the first of `name-2`, `name-3` … that is not taken."""
    number, free_name = 1, name
    while free_name in taken:
        number += 1
        free_name = f"{name[: LONGEST_ID - 6]}-{number}"
    return free_name


def row_mark(template: str, answers: Answers) -> str:
    """The same for the same answers to the same template, whatever the order of columns or the form of dates."""
    said = "\x1f".join(f"{name}\x1e{answers[name]}" for name in sorted(answers))
    return hashlib.sha256(f"{template}\x1d{said}".encode()).hexdigest()[:MARK]


def free_file(folder: Path, day: str, name: str, taken: Collection[Path] = ()) -> Path:
    """`<folder>/<day>-<name>.yaml`, numbered where there is such a file."""
    number, path = 1, folder / f"{day}-{name}.yaml"
    while path in taken or path.exists() or path.with_suffix(".yml").exists():
        number += 1
        path = folder / f"{day}-{name}-{number}.yaml"
    return path
