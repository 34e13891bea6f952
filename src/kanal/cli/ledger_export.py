"""`kanal ledger export`: the record for the office's files, readable without kanal."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kanal.cli.desk import Desk
from kanal.cli.ledger_check import looked_into
from kanal.cli.publish import Practice
from kanal.cli.records import file_name, index_page, post_page
from kanal.errors import UsageError
from kanal.ledger.chain import Line, verify
from kanal.ledger.events import event_of
from kanal.message import mark, msg, msgn

EVENTS_FILE = "events.jsonl"


def export(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", help=mark("The folder; made when it is missing."))],
    sandbox: Practice = False,
) -> None:
    """Write all events as JSON Lines, and an HTML page for each post."""
    desk: Desk = context.obj
    project = desk.project()
    with looked_into(project, desk, sandbox=sandbox) as ledger:
        lines = list(ledger.lines())
    broken = next(verify(lines), None)
    if broken:
        raise UsageError(
            msg("The chain is broken at event {number}: {why}", number=broken.number, why=broken.why),
            msg("A record that is not whole is not written out. See: kanal ledger check"),
        )
    drafts: dict[str, list[Line]] = {}
    for line in lines:
        drafts.setdefault(line.draft, []).append(line)
    pages = {
        f"posts/{file_name(draft)}": post_page(draft, [event_of(line) for line in own], ledger.name, desk.say)
        for draft, own in drafts.items()
    }
    index = index_page(
        {draft: [event_of(line) for line in own] for draft, own in drafts.items()}, ledger, lines, desk.say
    )
    _write(to, {EVENTS_FILE: "".join(_json_line(line) for line in lines), "index.html": index, **pages})
    desk.note(
        msgn(
            "The record of {count} post is in {folder}.",
            "The record of {count} posts is in {folder}.",
            len(drafts),
            folder=to,
        )
    )


def _json_line(line: Line) -> str:
    """The event as it is stored, with what it says as a group of its own."""
    return json.dumps({**line._asdict(), "detail": json.loads(line.detail)}, ensure_ascii=False) + "\n"


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            msg("{file} cannot be written: {reason}.", file=error.filename, reason=error.strerror or error),
            msg("Choose another folder with --to."),
        ) from error
