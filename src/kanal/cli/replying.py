"""`kanal correct --reply`: which draft answers what cannot be edited, written if there is none, and its steps.

A draft that nobody has read is never sent: what kanal proposes is confirmed at a terminal, or read before the next run.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kanal.cli.checking import hold_objected, with_care
from kanal.cli.desk import Desk
from kanal.cli.errands import Errand
from kanal.cli.question import agrees
from kanal.cli.reply_draft import as_yaml, new_name, proposal, write
from kanal.cli.sending import Job, situation_of
from kanal.cli.terminal import write as show
from kanal.errors import UsageError
from kanal.folder import Entry
from kanal.message import Message, msg
from kanal.model import Outcome, Part
from kanal.publish.planning import Step, plan
from kanal.publish.replies import Correction, Found, answerable, reply_to
from kanal.publish.wait import Wait, Why


class Reply(NamedTuple):
    """What answers one post; `unread` says why nobody can have read it as an answer to that, so that it is not sent."""

    correction: Correction
    entry: Entry
    unread: Message | None = None


def replies(steps: Sequence[Step], job: Job, errand: Errand, desk: Desk, text: str | None) -> list[Reply]:
    """A reply for each post that cannot be edited; a draft is written where there is none. Raises `UsageError`."""
    wanted = answerable(steps, job.channels)
    found = {one.channel.name: reply_to(one, job.folder.entries, errand.ledger_of(one.channel.name)) for one in wanted}
    lacking = [one for one in wanted if found[one.channel.name] is None]
    if text is not None and not lacking:
        raise UsageError(
            msg("There is nothing to answer, or a draft that answers it already; --text is for a new one."),
            msg("Leave it out, or change that draft."),
        )
    new = _new_draft(lacking, steps, job, errand, desk, text) if lacking else None
    known = [_known(one, entry) for one in wanted if (entry := found[one.channel.name])]
    return known + [new._replace(correction=one) for one in lacking if new]


def _known(correction: Correction, found: Found) -> Reply:
    stale = msg(
        "It was written for an earlier change of the draft: {file}. Read it again; then the same again.",
        file=found.entry.file,
    )
    return Reply(correction, found.entry, stale if found.is_stale else None)


def with_replies(steps: Sequence[Step], answers: Sequence[Reply], job: Job, errand: Errand, desk: Desk) -> list[Step]:
    """The steps, those of the replies in the place of what they correct."""
    answered = {key for one in answers for key in one.correction.digests}
    kept = [step for step in steps if step.key not in answered]
    return kept + [step for one in answers for step in _steps(one, job, errand, desk)]


def _steps(answer: Reply, job: Job, errand: Errand, desk: Desk) -> list[Step]:
    channel, now = answer.correction.channel, desk.clock()
    mine = replace(job, folder=desk.drafts(job.project), entries=[answer.entry], channels={channel.name: channel})
    local = now.astimezone(job.project.office.zone)
    situation = situation_of(mine, errand.ledgers, now)
    mentions = job.project.office.mentions
    steps = plan([answer.entry], mine.channels, errand.states(), mentions, local, situation=situation)
    if answer.unread is None:
        return with_care(mine, hold_objected(mine, steps, desk), desk, asked_for=True)
    unread = Wait(Outcome.HELD, answer.unread, Why.UNAPPROVED)
    return [step.waiting(unread, failed=True) for step in steps]


def _new_draft(
    lacking: Sequence[Correction], steps: Sequence[Step], job: Job, errand: Errand, desk: Desk, text: str | None
) -> Reply | None:
    """A draft that answers them all, as the answer to the first; None if nobody wants it."""
    draft = job.entries[0].load()
    said = text.strip() if text is not None else proposal(_changes(lacking[0], steps, errand), draft.language)
    if said is None:
        raise UsageError(
            msg("The words are the same, so kanal cannot propose a reply."), msg("Say it yourself: --text TEXT")
        )
    name, file = new_name(draft, {entry.id for entry in job.folder.entries}, job.project)
    channels = [one.channel.name for one in lacking]
    content = as_yaml(name, draft, channels, said, job.project)
    asked = text is None and sys.stdin.isatty()
    if asked and not _confirmed(content, file, desk):
        return None
    write(job.project.root / file, content)
    desk.note(msg("Written: {file}", file=file))
    entry = next(entry for entry in desk.drafts(job.project).entries if entry.file == file)
    if asked or text is not None:
        return Reply(lacking[0], entry)
    unread = msg("It was written just now: {file}. Read it, have it approved; then the same again.", file=file)
    return Reply(lacking[0], entry, unread)


def _confirmed(content: str, file: str, desk: Desk) -> bool:
    show("", to=sys.stderr)
    for line in content.splitlines():
        show(f"  {line}".rstrip(), to=sys.stderr)
    return agrees(msg("Write this reply to {file}?", file=file), desk)


def _changes(correction: Correction, steps: Sequence[Step], errand: Errand) -> list[tuple[Part, Part]]:
    ledger = errand.ledger_of(correction.channel.name)
    pairs = [(ledger.standing(step.key), step.post) for step in steps if step.key in correction.digests]
    return [(old.prepared.part, post.part) for old, post in pairs if old and old.prepared and post]
