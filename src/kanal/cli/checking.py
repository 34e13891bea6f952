"""Between plan and sending: what the rules object to stops a person, and is held back where nobody is watching.

Only what would be sent now is looked at, and files that nobody can read. It must not decide about time.
"""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

import typer

from kanal import rules
from kanal.cli.desk import Desk
from kanal.cli.findings import Report, as_text, report
from kanal.cli.sending import Job
from kanal.cli.show import Format
from kanal.exits import Exit
from kanal.folder import Entry
from kanal.lint import CHANNELS_FILE, has_errors, lint_entries
from kanal.message import msg
from kanal.model import Finding, Outcome, Severity
from kanal.publish.gate import claimed_twice, held_back, unreadable
from kanal.publish.planning import Step
from kanal.publish.wait import Wait, Why


def refuse_errors(
    job: Job,
    steps: Sequence[Step],
    desk: Desk,
    form: Format,
    *,
    approved: bool = True,
    moments: Mapping[str, datetime] = MappingProxyType({}),
) -> None:
    """Stop if `lint` does not pass. Raises `typer.Exit`.

    What must be there before publishing (an approval) is only told, unless it must be there by now (`approved`).
    `moments` tells of files when readers will see them, if that is not now.
    """
    due = {step.file for step in steps if step.outcome is None and not step.doubt}
    found = _found(job, steps, due, desk, moments)
    waiting = [] if approved else [finding for finding in found if _is_asked_before_publishing(finding)]
    found = [finding for finding in found if finding not in waiting]
    if waiting:
        as_text(waiting, len(due), desk.say, job.project.root, to=sys.stderr)
    if not has_errors(found):
        return
    report(found, len(due) or len(job.entries), desk.say, Report(form), job.project.root)
    desk.note(msg("Nothing was sent."))
    raise typer.Exit(Exit.FINDINGS)


def with_care(job: Job, steps: list[Step], desk: Desk, *, asked_for: bool = False) -> list[Step]:
    """A doubt is settled whatever the rules say; what turns out not to be out is sent again only if they pass.

    Where just that was `asked_for`, it counts as failed.
    """
    doubtful = {step.file for step in steps if step.doubt and step.file}
    broken = {finding.file for finding in _found(job, [], doubtful, desk) if finding.severity is Severity.ERROR}
    why = Wait(Outcome.HELD, msg("It is not out, and the rules object to it now; see: kanal lint"), Why.BROKEN)
    return [step.waiting(why, failed=asked_for) if step.doubt and step.file in broken else step for step in steps]


def hold_back(job: Job, steps: Sequence[Step], desk: Desk) -> list[Step]:
    """The steps of a run that nobody watches: what cannot go out is held with the reason, and the others go."""
    due = {step.file for step in steps if step.outcome is None and step.file}
    found = [finding for finding in _found(job, steps, due, desk) if finding not in job.folder.findings]
    broken = [finding for finding in job.folder.findings if finding.severity is Severity.ERROR]
    held = claimed_twice(steps, broken)
    readable = {entry.file for entry in job.folder.entries}
    return [
        *unreadable([finding for finding in broken if finding.file not in readable]),
        *held_back(held, found, _channels_in(job, steps), _is_asked_before_publishing),
    ]


def hold_objected(job: Job, steps: Sequence[Step], desk: Desk) -> list[Step]:
    """The steps that somebody asked for, those held that the rules object to, or that nobody approved."""
    due = {step.file for step in steps if step.outcome is None and not step.doubt}
    held = held_back(steps, _found(job, steps, due, desk), _channels_in(job, steps), _is_asked_before_publishing)
    return [replace(step, failed=True) if step.outcome in {Outcome.HELD, Outcome.DEFERRED} else step for step in held]


def _found(
    job: Job,
    steps: Sequence[Step],
    files: Collection[str],
    desk: Desk,
    moments: Mapping[str, datetime] = MappingProxyType({}),
) -> list[Finding]:
    live, now = _live(job, steps), desk.clock()
    by_moment: dict[datetime, list[Entry]] = {now: []}
    for entry in job.entries:
        if entry.file in files:
            by_moment.setdefault(moments.get(entry.file, now), []).append(entry)
    found: list[Finding] = []
    for moment, entries in by_moment.items():
        found += [one for one in lint_entries(job.project, job.folder, entries, moment, live) if one not in found]
    return found


def _live(job: Job, steps: Sequence[Step]) -> set[str]:
    return {step.key.channel for step in steps if step.outcome is None and job.is_live(step.key.channel)}


def _channels_in(job: Job, steps: Sequence[Step]) -> Callable[[Finding], Collection[str]]:
    return partial(_channels_of, covered=_covered(job, steps))


def _covered(job: Job, steps: Sequence[Step]) -> Collection[str]:
    """The real channels that the office's concept covers."""
    return _live(job, steps) & job.project.concept.hours_of.keys() if job.project.concept else ()


def _channels_of(finding: Finding, covered: Collection[str]) -> Collection[str]:
    """The channels on which a finding outside of drafts stands in the way: the one it names, or all `covered`."""
    if finding.file == CHANNELS_FILE:
        return finding.field.split(".")[1:2]
    known = finding.rule in rules.names() and rules.card(finding.rule).looks_at is rules.LooksAt.PAPERS
    return covered if known else ()


def _is_asked_before_publishing(finding: Finding) -> bool:
    """Whether it is about an approval: one that is missing, or one that has to be given anew."""
    before = finding.rule in rules.names() and rules.card(finding.rule).before_publishing
    return before or finding.field.partition(".")[0] == "approval"
