"""New drafts on the disk, and on the screen where somebody only wants to see them."""

import sys
from pathlib import Path

from kanal.cli.desk import Desk
from kanal.cli.terminal import put, write
from kanal.drafting.made import Made
from kanal.drafting.made import write as write_draft
from kanal.drafting.schema_files import keep_schema
from kanal.message import msg


def write_made(made: Made, root: Path, desk: Desk) -> None:
    """Write a draft, and the schema that it names where that is missing or old. Raises `OSError`."""
    schema = keep_schema(root, "draft")
    write_draft(made)
    for path in (schema, made.file):
        if path:
            desk.note(msg("Written: {file}", file=path.relative_to(root).as_posix()))
    _tell_left_out(made, desk)


def show_made(made: Made, root: Path, desk: Desk) -> None:
    """Show what would be written, and where."""
    write((made.file.relative_to(root).as_posix(), "bold"))
    put(made.text + "\n", sys.stdout)
    _tell_left_out(made, desk)


def _tell_left_out(made: Made, desk: Desk) -> None:
    for name in made.left_out:
        desk.note(msg("“{channel}” is left out: it takes no post without a picture.", channel=name))
