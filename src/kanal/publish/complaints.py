"""What somebody must be told: doubts, holds that last, what is overdue, silence, and clocks that are wrong.

A job that is green and posts nothing is the worst failure there is, so this looks at how things stand, not at whether
the last run was content. It must not know ledgers, files or how things are shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kanal.config.brakes import Hold
from kanal.config.schedule import Schedule
from kanal.exits import Exit
from kanal.message import Message, msg
from kanal.model import Outcome
from kanal.publish.conditions import Result
from kanal.publish.wait import Why

PATIENT = frozenset({Why.REPLY, Why.UNFINISHED, Why.CHANNEL, Why.HOLD, Why.PAUSE})
"""Decisions of the office that need no reminder for each draft; the hold itself is complained about once."""


class Kind(StrEnum):
    """What a complaint is about, for programs."""

    UNCERTAIN = "uncertain"
    HOLD = "hold"
    HELD = "held"
    OVERDUE = "overdue"
    OTHERWISE = "otherwise"
    SILENCE = "silence"
    CLOCK = "clock"


class Complaint(NamedTuple):
    """One thing that somebody must look at; `since` is aware."""

    kind: Kind
    message: Message
    since: datetime | None = None
    draft: str | None = None
    channel: str | None = None


class Record(NamedTuple):
    """What the ledger says about the whole office: its first event, the last publication, one that is yet to come."""

    begun: datetime | None = None
    last: datetime | None = None
    ahead: datetime | None = None


def complaints(
    results: Sequence[Result], hold: Hold | None, record: Record, schedule: Schedule, now: datetime
) -> list[Complaint]:
    """Every complaint, the worst first. `results` say how each delivery stands."""
    return [
        *_uncertain(results),
        *_silence(record, schedule, now),
        *_clock(record),
        *_hold(hold, schedule, now),
        *_overdue(results, schedule, now),
        *_held(results, schedule, now),
        *_with_networks(results, schedule, now),
    ]


def is_overdue(result: Result, schedule: Schedule, now: datetime) -> bool:
    """Whether it should be out by now, and nobody holds it."""
    waits = result.outcome in {Outcome.DEFERRED, Outcome.REJECTED} and result.step.why is None
    return waits and result.since is not None and now - result.since > schedule.overdue_after.length


def exit_code(found: Iterable[Complaint]) -> Exit:
    """As for a run: 5 for doubts, 4 if nothing goes out at all, 3 if some of it does not."""
    kinds = {complaint.kind for complaint in found}
    if Kind.UNCERTAIN in kinds:
        return Exit.UNCERTAIN
    if Kind.SILENCE in kinds:
        return Exit.NONE
    return Exit.SOME if kinds else Exit.DONE


def _uncertain(results: Iterable[Result]) -> Iterator[Complaint]:
    for result in results:
        if result.outcome is Outcome.UNCERTAIN:
            key = result.step.key
            text = msg("“{draft}” on {channel}: nobody knows whether it is out.", draft=key.draft, channel=key.channel)
            if result.step.why is Why.REPOSTING:
                text = msg(
                    "“{draft}” on {channel}: nobody knows whether it is gone.", draft=key.draft, channel=key.channel
                )
            if result.step.why is Why.CORRECTING:
                text = msg("“{draft}” on {channel}: nobody knows what it says.", draft=key.draft, channel=key.channel)
            yield Complaint(Kind.UNCERTAIN, text, result.since, key.draft, key.channel)


def _silence(record: Record, schedule: Schedule, now: datetime) -> Iterator[Complaint]:
    since = record.last or record.begun
    if since and now - since > schedule.alarm_after.length:
        text = msg("Nothing was published since {time} ({limit} are allowed).", time=since, limit=_words(schedule))
        yield Complaint(Kind.SILENCE, text, since)


def _words(schedule: Schedule) -> str:
    return schedule.alarm_after.words


def _clock(record: Record) -> Iterator[Complaint]:
    if record.ahead:
        text = msg(
            "The ledger says that something was published at {time}, which is still to come. The clock of this machine,"
            " or of the one that published it, is wrong.",
            time=record.ahead,
        )
        yield Complaint(Kind.CLOCK, text, record.ahead)


def _hold(hold: Hold | None, schedule: Schedule, now: datetime) -> Iterator[Complaint]:
    if hold and now - hold.since > schedule.held_too_long.length:
        text = msg("Everything is on hold since {time}: {reason}", time=hold.since, reason=hold.reason)
        yield Complaint(Kind.HOLD, text, hold.since)


def _overdue(results: Iterable[Result], schedule: Schedule, now: datetime) -> Iterator[Complaint]:
    for result in results:
        if is_overdue(result, schedule, now):
            text = msg(
                "“{draft}” on {channel} is overdue since {time}: {reason}",
                **_values(result),
                reason=result.reason or "",
            )
            yield Complaint(Kind.OVERDUE, text, result.since, result.step.key.draft, result.step.key.channel)


def _held(results: Iterable[Result], schedule: Schedule, now: datetime) -> Iterator[Complaint]:
    for result in results:
        if result.outcome is not Outcome.HELD or result.since is None or result.step.why in PATIENT:
            continue
        if now - result.since > schedule.held_too_long.length:
            text = msg(
                "“{draft}” on {channel} is held since {time}: {reason}", **_values(result), reason=result.reason or ""
            )
            yield Complaint(Kind.HELD, text, result.since, result.step.key.draft, result.step.key.channel)


def _with_networks(results: Iterable[Result], schedule: Schedule, now: datetime) -> Iterator[Complaint]:
    """What lies with a network although the office means something else, and what nobody looked up in time."""
    for result in results:
        key, step = result.step.key, result.step
        if result.outcome is not Outcome.HANDED_OVER:
            continue
        if step.doubt and result.at and now - result.at > schedule.overdue_after.length:
            kind, since = Kind.OVERDUE, result.at
        elif step.why is Why.OTHERWISE:
            kind, since = Kind.OTHERWISE, None
        else:
            continue
        text = msg("“{draft}” on {channel}: {reason}", draft=key.draft, channel=key.channel, reason=result.reason or "")
        yield Complaint(kind, text, since, key.draft, key.channel)


def _values(result: Result) -> dict[str, object]:
    return {"draft": result.step.key.draft, "channel": result.step.key.channel, "time": result.since}
