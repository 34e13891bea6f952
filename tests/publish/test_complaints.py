"""What somebody must be told, when, and how bad it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kanal.config.brakes import Hold
from kanal.config.schedule import schedule_from
from kanal.exits import Exit
from kanal.message import msg
from kanal.model import Outcome
from kanal.publish.complaints import Complaint, Kind, Record, complaints, exit_code
from kanal.publish.conditions import Result
from kanal.publish.wait import Why
from tests.publish.stand_in import step

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SCHEDULE = schedule_from({})
FRESH = Record(begun=NOW - timedelta(days=90), last=NOW - timedelta(days=1))


def ago(**length: int) -> datetime:
    return NOW - timedelta(**length)


def found(results: Sequence[Result] = (), hold: Hold | None = None, record: Record = FRESH) -> list[Complaint]:
    return complaints(results, hold, record, SCHEDULE, NOW)


def result(outcome: Outcome, since: datetime | None, why: Why | None = None) -> Result:
    return Result(replace(step(), why=why), outcome, msg("Because."), since=since)


def test_an_office_in_order_hears_nothing() -> None:
    well = [
        result(Outcome.PUBLISHED, None),
        result(Outcome.DEFERRED, ago(minutes=20)),
        result(Outcome.HELD, ago(days=2)),
    ]
    assert found(well) == []
    assert exit_code([]) is Exit.DONE


def test_a_doubt_is_told_at_once() -> None:
    [complaint] = found([result(Outcome.UNCERTAIN, ago(minutes=1))])
    assert (complaint.kind, complaint.draft, complaint.channel) == (Kind.UNCERTAIN, "meldung-1", "amt")
    assert str(complaint.message) == "“meldung-1” on amt: nobody knows whether it is out."


@pytest.mark.parametrize("outcome", [Outcome.DEFERRED, Outcome.REJECTED])
def test_what_is_due_for_more_than_an_hour_is_overdue(outcome: Outcome) -> None:
    assert found([result(outcome, ago(minutes=60))]) == []
    [complaint] = found([result(outcome, ago(minutes=61))])
    assert complaint.kind is Kind.OVERDUE
    assert str(complaint.message) == "“meldung-1” on amt is overdue since 2026-12-01 10:59 UTC: Because."


@pytest.mark.parametrize("why", [Why.QUIET_HOURS, Why.COOL_DOWN, Why.EARLY])
def test_what_waits_for_the_schedule_is_not_overdue(why: Why) -> None:
    assert found([result(Outcome.DEFERRED, ago(hours=8), why)]) == []


@pytest.mark.parametrize("why", [Why.UNAPPROVED, Why.BROKEN, Why.LATE, Why.OVER, Why.WARNING])
def test_what_is_held_for_more_than_three_days_is_told(why: Why) -> None:
    assert found([result(Outcome.HELD, ago(days=3), why)]) == []
    [complaint] = found([result(Outcome.HELD, ago(days=3, seconds=1), why)])
    assert (complaint.kind, complaint.since) == (Kind.HELD, ago(days=3, seconds=1))


@pytest.mark.parametrize("why", [Why.REPLY, Why.UNFINISHED, Why.CHANNEL, Why.PAUSE, Why.HOLD])
def test_what_the_office_decided_needs_no_reminder_for_each_draft(why: Why) -> None:
    assert found([result(Outcome.HELD, ago(days=300), why)]) == []


def test_a_hold_that_lasts_is_told_once() -> None:
    assert found(hold=Hold("Trauer", "Kim Muster", ago(days=2))) == []
    [complaint] = found([result(Outcome.HELD, ago(days=9), Why.HOLD)] * 3, Hold("Trauer", "Kim Muster", ago(days=4)))
    assert (complaint.kind, complaint.draft) == (Kind.HOLD, None)
    assert str(complaint.message) == "Everything is on hold since 2026-11-27 12:00 UTC: Trauer"


@pytest.mark.parametrize("record", [Record(begun=ago(days=90), last=ago(days=8)), Record(begun=ago(days=8))])
def test_a_job_that_is_green_and_posts_nothing_is_noticed(record: Record) -> None:
    [complaint] = found(record=record)
    assert complaint.kind is Kind.SILENCE
    assert str(complaint.message) == "Nothing was published since 2026-11-23 12:00 UTC (7 days are allowed)."


@pytest.mark.parametrize("record", [Record(), Record(begun=ago(days=6)), Record(begun=ago(days=90), last=ago(days=7))])
def test_a_young_ledger_and_a_quiet_week_are_no_silence(record: Record) -> None:
    assert found(record=record) == []


def test_a_publication_that_is_still_to_come_is_told_in_words() -> None:
    [complaint] = found(record=replace_ahead(NOW + timedelta(days=1)))
    assert complaint.kind is Kind.CLOCK
    assert "published at 2026-12-02 12:00 UTC, which is still to come" in str(complaint.message)


def replace_ahead(moment: datetime) -> Record:
    return FRESH._replace(ahead=moment)


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ([Kind.OVERDUE], Exit.SOME),
        ([Kind.HELD, Kind.HOLD, Kind.CLOCK], Exit.SOME),
        ([Kind.OVERDUE, Kind.SILENCE], Exit.NONE),
        ([Kind.SILENCE, Kind.UNCERTAIN, Kind.HELD], Exit.UNCERTAIN),
    ],
)
def test_the_exit_code_says_how_bad_it_is(kinds: list[Kind], code: Exit) -> None:
    assert exit_code([Complaint(kind, msg("So.")) for kind in kinds]) is code
