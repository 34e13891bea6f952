"""`kanal` alone: what goes out today, and what to do next. It sends nothing and changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import typer

from kanal.cli import show
from kanal.cli.announcing import brakes_in_words
from kanal.cli.checking import hold_back
from kanal.cli.desk import Desk
from kanal.cli.sending import Job, planned
from kanal.cli.standing import standings
from kanal.cli.terminal import write
from kanal.config import Project
from kanal.errors import ConfigError, LedgerRefused
from kanal.message import Message, msg, msgn
from kanal.model import Outcome
from kanal.publish.conditions import Result
from kanal.publish.planning import Step
from kanal.publish.terms import terms_of
from kanal.publish.wait import Why

_NOT_READY = frozenset({Why.UNFINISHED, Why.UNAPPROVED, Why.BROKEN})
_FOR_THE_HOUR = frozenset({Why.QUIET_HOURS, Why.COOL_DOWN})
LISTED = 10
NAMED = 3
"""Drafts that are listed, and named in a sentence; more are counted."""


def today(context: typer.Context) -> None:
    """Show the day's posts; where there is no office yet, the way to one."""
    desk: Desk = context.obj
    try:
        desk.root()
    except ConfigError:
        write(context.get_help())
        desk.note(msg("There is no office's folder here. To begin one: kanal init. To try kanal out: kanal demo."))
        return
    project = desk.project()
    now = desk.clock().astimezone(project.office.zone)
    write((desk.say(msg("{office}, {now}", office=project.office.name, now=now)), "bold"))
    for message in brakes_in_words(project, desk):
        write((desk.say(message), "bold"))
    try:
        results = _results(project, desk)
    except LedgerRefused as error:
        show.failure(error, desk.say)
        return
    day = [result for result in results if _is_of_today(result, now)]
    if day:
        show.deliveries(day[:LISTED], desk.say, show.Format.TEXT, dated=True)
    if len(day) > LISTED:
        desk.note(msg("… and {count} more.", count=len(day) - LISTED))
    for line in _next(results, day):
        write(desk.say(line))


def _results(project: Project, desk: Desk) -> list[Result]:
    folder = desk.drafts(project)
    job = Job(project, folder, folder.entries, project.channels, everything=True, terms=terms_of(project))
    with planned(job, desk) as (steps, ledgers):
        return standings(_held_back(steps, job, desk), job, ledgers)


def _held_back(steps: Sequence[Step], job: Job, desk: Desk) -> list[Step]:
    """What nobody approved, or the rules object to, is so at night, too: it is to be mended before its hour comes."""
    waiting = {(step.key, step.file): step for step in steps if step.why in _FOR_THE_HOUR}
    in_time = [replace(step, outcome=None) if step.why in _FOR_THE_HOUR else step for step in steps]
    held = hold_back(job, in_time, desk)
    return [waiting.get((step.key, step.file), step) if step.outcome is None else step for step in held]


def _is_of_today(result: Result, now: datetime) -> bool:
    """Whether it went out today, is to, or should have long ago."""
    if result.outcome is Outcome.UNCERTAIN:
        return True
    if result.outcome in {Outcome.PUBLISHED, Outcome.RETRACTED}:
        return result.at is not None and result.at.astimezone(now.tzinfo).date() == now.date()
    return _due(result.step, now) and result.outcome is not Outcome.SKIPPED


def _due(step: Step, now: datetime) -> bool:
    at = step.at or (step.post and step.post.draft.publish_at)
    return at is None or at.astimezone(now.tzinfo).date() <= now.date()


def _next(results: Sequence[Result], day: Sequence[Result]) -> Iterator[Message]:
    """What to do next, the most urgent first."""
    doubts = sum(result.outcome is Outcome.UNCERTAIN for result in results)
    by_why = {why: [one.step.key.draft for one in results if one.step.why is why] for why in _NOT_READY}
    ready = [one for one in day if one.outcome is Outcome.DEFERRED and one.step.why is None]
    if doubts:
        yield msgn(
            "{count} delivery is uncertain. Next: kanal status",
            "{count} deliveries are uncertain. Next: kanal status",
            doubts,
        )
    if by_why[Why.BROKEN]:
        yield _drafts(by_why[Why.BROKEN], "kanal lint", msg("The rules object to: {drafts}. Next: {command}"))
    if by_why[Why.UNAPPROVED]:
        first = min(by_why[Why.UNAPPROVED])
        yield _drafts(
            by_why[Why.UNAPPROVED], f"kanal approve {first}", msg("Nobody approved yet: {drafts}. Next: {command}")
        )
    if by_why[Why.UNFINISHED]:
        yield _drafts(by_why[Why.UNFINISHED], "kanal lint", msg("Unfinished: {drafts}. Next: {command}"))
    if ready:
        yield msgn(
            "{count} delivery is ready. Next: kanal publish",
            "{count} deliveries are ready. Next: kanal publish",
            len(ready),
        )
    later = sum(one.step.why in _FOR_THE_HOUR for one in results)
    if later:
        yield msgn(
            "{count} delivery waits for its hour. For a new post: kanal new",
            "{count} deliveries wait for their hour. For a new post: kanal new",
            later,
        )
    if not (doubts or ready or later or any(by_why.values())):
        yield msg("Nothing is waiting. For a new post: kanal new")


def _drafts(names: Sequence[str], command: str, sentence: Message) -> Message:
    each = sorted(set(names))
    more = len(each) - NAMED
    some = ", ".join(each[:NAMED]) + (f" (+{more})" if more > 0 else "")
    return sentence._replace(values={"drafts": some, "command": command})
