"""`kanal status`: how every delivery stands, and what a person can do about the doubtful ones."""

from collections.abc import Sequence
from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.announcing import announce, brakes_in_words
from kanal.cli.checking import hold_back
from kanal.cli.desk import Desk, chosen
from kanal.cli.explaining import explain, explain_outdated
from kanal.cli.next_steps import tell_next, to_see_practice
from kanal.cli.pinging import ping
from kanal.cli.publish import Channels, Drafts, FormatOption, Practice
from kanal.cli.sending import Job, planned, select_channels
from kanal.cli.standing import Stale, record_of, standings, still_old
from kanal.cli.terminal import write
from kanal.exits import Exit
from kanal.message import mark, msg
from kanal.model import Outcome
from kanal.publish.complaints import Complaint, Kind, complaints, exit_code, is_overdue
from kanal.publish.conditions import Result
from kanal.publish.pace import spread
from kanal.publish.terms import terms_of

_ORDER = (
    Outcome.UNCERTAIN,
    Outcome.HELD,
    None,
    Outcome.REJECTED,
    Outcome.DEFERRED,
    Outcome.HANDED_OVER,
    Outcome.SKIPPED,
)
"""What needs a person comes first; None stands for what is overdue."""
_ABOUT_THE_OFFICE = frozenset({Kind.SILENCE, Kind.CLOCK, Kind.HOLD})
Check = Annotated[
    bool,
    typer.Option(
        "--check", help=mark("Only what somebody must be told, a line each; the exit code says how bad it is.")
    ),
]


def status(
    context: typer.Context,
    drafts: Drafts = None,
    channel: Channels = None,
    check: Check = False,
    sandbox: Practice = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """How every delivery stands; what is uncertain comes first, with the commands that settle it."""
    desk: Desk = context.obj
    project = desk.project()
    folder = desk.drafts(project)
    terms = terms_of(project)
    entries = chosen(folder, drafts or [], project.root)
    job = Job(project, folder, entries, select_channels(project, channel or []), not drafts, sandbox, terms=terms)
    now = desk.clock()
    with planned(job, desk) as (every, ledgers):
        steps = spread(hold_back(job, every, desk), terms, now)
        results = standings(steps, job, ledgers)
        stale = still_old(results, job, ledgers) if form is show.Format.JSON or not check else []
        record = record_of(job, ledgers, desk)
    results.sort(key=lambda one: _rank(one, overdue=is_overdue(one, terms.schedule, now)))
    hold = project.brakes.hold if project.brakes else None
    found = complaints(results, hold, record, terms.schedule, now)
    if form is show.Format.JSON:
        show.write_json({**show.as_json(results, desk.say), **_more_json(job, found, stale, desk)})
    elif check:
        announce(project, desk)
        _lines(found, desk)
    else:
        _table(results, found, job, desk, everything=bool(drafts))
        explain_outdated(stale, " --sandbox" if job.sandbox else "", desk)
        if any(one.outcome is Outcome.PUBLISHED and not job.is_live(one.step.key.channel) for one in results):
            tell_next(to_see_practice(project), desk)
    if check:
        code = exit_code(found)
        if code is Exit.DONE and not sandbox:
            ping(project, desk)
        raise typer.Exit(code)


def _rank(result: Result, *, overdue: bool) -> int:
    word = None if overdue else result.outcome
    return _ORDER.index(word) if word in _ORDER else len(_ORDER)


def _table(results: Sequence[Result], found: Sequence[Complaint], job: Job, desk: Desk, *, everything: bool) -> None:
    for message in brakes_in_words(job.project, desk):
        write((desk.say(message), "bold"))
    for complaint in found:
        if complaint.kind in _ABOUT_THE_OFFICE:
            write((desk.say(complaint.message), "bold"))
    quiet = (Outcome.PUBLISHED,) if len(results) > show.MANY and not everything else ()
    show.deliveries(results, desk.say, show.Format.TEXT, quiet=quiet, dated=True)
    for result in results:
        if result.outcome is Outcome.UNCERTAIN:
            explain(result, desk, " --sandbox" if job.sandbox else "")


def _lines(found: Sequence[Complaint], desk: Desk) -> None:
    for complaint in found:
        write(desk.say(complaint.message))
    if not found:
        desk.note(msg("Nothing to complain about."))


def _more_json(job: Job, found: Sequence[Complaint], stale: Sequence[Stale], desk: Desk) -> dict[str, object]:
    hold = job.project.brakes.hold if job.project.brakes else None
    return {
        "hold": {"reason": hold.reason, "name": hold.name, "since": hold.since.isoformat()} if hold else None,
        "complaints": [
            {
                "kind": str(one.kind),
                "draft": one.draft,
                "channel": one.channel,
                "since": one.since.isoformat() if one.since else None,
                "message": desk.say(one.message),
            }
            for one in found
        ],
        "outdated": [
            {
                "draft": key.draft,
                "channel": key.channel,
                "part": key.part,
                "url": one.result.url,
                "reply": (one.reply.url or one.reply.id) if one.reply else None,
            }
            for one in stale
            for key in [one.result.step.key]
        ],
    }
