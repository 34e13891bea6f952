"""`kanal new --from`: one draft of each row of a list, or none at all. It decides nothing about rows or drafts."""

import sys
from collections.abc import Sequence
from pathlib import Path

from kanal.cli.drafting import Job
from kanal.cli.findings import as_text
from kanal.cli.linting import Wish, run
from kanal.cli.new_files import show_made, write_made
from kanal.drafting.csv_file import read_list
from kanal.drafting.lists import ListReader
from kanal.drafting.many import BadRow, FromRow, from_rows
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.message import msg, msgn
from kanal.model import Finding, Severity


def from_list(job: Job, source: Path, *, dry_run: bool) -> int:
    """Make one draft of each row, or none at all if one of them has a fault; the exit code. Raises `UsageError`."""
    folder = job.desk.drafts(job.project)
    if folder.findings:
        raise UsageError(
            msg("Some drafts cannot be read, so nobody knows which rows are there already."), msg("See: kanal lint")
        )
    text = read_list(source)
    reader = ListReader(job.filler, job.given, job.project.setting, source.name)
    items = reader.read(text)
    known = {entry.id: entry.file for entry in folder.entries}
    rows = list(from_rows(items, job.filler, job.maker(known), known)) if not reader.findings else []
    bad = [_about_row(row, source.name) for row in rows if isinstance(row, BadRow)]
    if reader.findings or bad:
        as_text([*reader.findings, *bad], 1, job.desk.say, source.parent, to=sys.stderr, text_of=lambda _: text)
        job.desk.note(msg("Nothing was written."))
        return Exit.USAGE
    return _carry_out(job, [row for row in rows if isinstance(row, FromRow)], dry_run=dry_run)


def _carry_out(job: Job, rows: Sequence[FromRow], *, dry_run: bool) -> int:
    made = [row.made for row in rows if row.made]
    for row in rows:
        if row.made is None:
            job.desk.note(msg("Line {line}: already there, {file}", line=row.item.place.line, file=row.file))
        elif row.like:
            job.desk.note(
                msg(
                    "Line {line}: {file} has the same title, but says something else. Is it an earlier form of"
                    " this row?",
                    line=row.item.place.line,
                    file=row.like,
                )
            )
    if dry_run:
        for one in made:
            show_made(one, job.project.root, job.desk)
        job.desk.note(msgn("{count} draft would be written.", "{count} drafts would be written.", len(made)))
        return Exit.DONE
    for one in made:
        write_made(one, job.project.root, job.desk)
    job.desk.note(msgn("{count} draft is new.", "{count} drafts are new.", len(made)))
    return run(job.desk, Wish([str(one.file) for one in made])) if made else Exit.DONE


def _about_row(row: BadRow, file: str) -> Finding:
    return Finding("list/row", Severity.ERROR, file, row.item.place, "", row.message)
