"""`kanal lint --show-waivers`: who answers for which finding, and why."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain

from kanal.cli import show
from kanal.cli.desk import Desk
from kanal.cli.findings import Report
from kanal.cli.terminal import Piece, table, write
from kanal.config import Project
from kanal.errors import UsageError
from kanal.folder import Folder
from kanal.lint.across import across
from kanal.lint.approvals import approvals
from kanal.lint.hits import Silenced
from kanal.lint.inspecting import Inspector
from kanal.lint.places import nearest
from kanal.message import mark, msg, msgn


def show_waivers(desk: Desk, project: Project, folder: Folder, only: Collection[str] | None, form: Report) -> None:
    """Every waiver that silences something, as text or JSON. Raises `UsageError` for other forms."""
    if form not in {Report.TEXT, Report.JSON}:
        raise UsageError(msg("Waivers are shown as text or json only."), msg("Leave --format out."))
    found = list(_silenced(project, folder, only, desk.clock()))
    if form is Report.JSON:
        listed = [_as_json(file, silenced) for file, silenced in found]
        show.write_json({"waivers": listed, "summary": {"waivers": len(listed)}})
        return
    say = desk.say
    if found:
        titles = (mark("draft"), mark("rule"), mark("findings"), mark("name"), mark("reason"))
        table([say.plain(title) for title in titles], [_row(file, silenced) for file, silenced in found])
    write(say(msgn("{count} waiver.", "{count} waivers.", len(found))))


def _silenced(
    project: Project, folder: Folder, only: Collection[str] | None, now: datetime
) -> Iterator[tuple[str, Silenced]]:
    inspector = Inspector(project, now)
    local = now.astimezone(project.office.zone)
    elsewhere = (across(inspector, folder, project.channels, local), approvals(inspector, folder, project, local, only))
    together = Counter((finding.file, waiver) for finding, waiver in chain(*elsewhere) if waiver)
    for entry in folder.entries:
        if only is None or entry.file in only:
            draft = entry.load()
            for silenced in inspector.verdict(draft).silenced:
                yield entry.file, silenced
            for number, waiver in enumerate(draft.waivers):
                if (entry.file, waiver) in together:
                    place = nearest(f"waivers[{number}]", draft.places)
                    yield entry.file, Silenced(waiver, place, together[entry.file, waiver])


def _row(file: str, silenced: Silenced) -> list[Piece]:
    waiver = silenced.waiver
    return [f"{file}:{silenced.place.line}", waiver.rule, str(silenced.findings), waiver.name, waiver.reason]


def _as_json(file: str, silenced: Silenced) -> dict[str, object]:
    waiver = silenced.waiver
    return {
        "file": file,
        "line": silenced.place.line,
        "rule": waiver.rule,
        "reason": waiver.reason,
        "name": waiver.name,
        "findings": silenced.findings,
    }
