"""The rules of time with a frozen clock: never early, late for a reason, and right in the nights when clocks change."""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kanal.config.schedule import schedule_from
from kanal.durations import duration
from kanal.language import Speech
from kanal.model import Approval, Draft, DraftType, Outcome, Waiver
from kanal.publish.quiet_hours import QuietHours
from kanal.publish.timing import Terms, deadline, early, late, over, quiet, ready_since, too_close, unattended
from kanal.publish.wait import Why
from kanal.rules.time.quiet_hours import time_of_day

BERLIN = ZoneInfo("Europe/Berlin")
SAY = Speech("en", BERLIN)
QUARTER = timedelta(minutes=15)


def at(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


def clock(text: str) -> datetime:
    """What a machine's clock says, in UTC, when it is `text` in Berlin."""
    return at(text).astimezone(UTC)


def night(begin: str = "22:00", end: str = "06:00") -> QuietHours:
    return QuietHours(time_of_day(begin), time_of_day(end))


def terms(*, hours: QuietHours | None = None, distance: timedelta | None = QUARTER, **late: object) -> Terms:
    return Terms(BERLIN, schedule_from({"late": late} if late else {}), hours, distance)


def draft(kind: DraftType = DraftType.ANNOUNCEMENT, **more: object) -> Draft:
    values: dict[str, Any] = {name: at(value) if isinstance(value, str) else value for name, value in more.items()}
    return Draft(
        id="fest", path="posts/fest.yaml", type=kind, channels=("amt",), text="Ein Fest.", language="de", **values
    )


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Auckland"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A runner in another zone than the office."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot change the zone of a process")
def test_nothing_goes_out_early_wherever_the_runner_stands(elsewhere: str) -> None:
    assert os.environ["TZ"] == elsewhere
    due = draft(publish_at="2026-12-01 08:00")
    wait = early(due, clock("2026-12-01 07:59"))
    assert wait
    assert (wait.outcome, wait.why, SAY(wait.reason)) == (Outcome.DEFERRED, Why.EARLY, "It is due at 2026-12-01 08:00.")
    assert early(due, clock("2026-12-01 08:00")) is None
    assert unattended(due, None, clock("2026-12-01 08:00"), terms(hours=night())) is None


@pytest.mark.parametrize(
    ("planned", "first_moment"),
    [
        ("2027-03-28 01:59", "2027-03-28T00:59+00:00"),
        ("2027-03-28 03:00", "2027-03-28T01:00+00:00"),  # 02:00 to 03:00 does not exist
        ("2026-10-25 01:59", "2026-10-24T23:59+00:00"),
        ("2026-10-25 03:00", "2026-10-25T02:00+00:00"),  # 02:00 to 03:00 comes twice
        ("2028-02-29 08:00", "2028-02-29T07:00+00:00"),
    ],
)
def test_the_first_moment_is_right_in_nights_in_which_clocks_change(planned: str, first_moment: str) -> None:
    moment = datetime.fromisoformat(first_moment)
    assert early(draft(publish_at=planned), moment - timedelta(seconds=1))
    assert early(draft(publish_at=planned), moment) is None


def test_an_embargo_is_kept_even_when_the_time_has_come() -> None:
    promised = draft(publish_at="2026-12-01 08:00", embargo="2026-12-01 11:00")
    wait = early(promised, clock("2026-12-01 10:59"))
    assert wait
    assert SAY(wait.reason) == "It is embargoed until 2026-12-01 11:00."
    assert early(promised, clock("2026-12-01 11:00")) is None
    assert ready_since(promised) == clock("2026-12-01 11:00")


def test_a_clock_that_jumps_back_sends_nothing_early() -> None:
    due = draft(publish_at="2026-12-01 08:00")
    assert early(due, clock("2026-12-01 08:05")) is None
    assert early(due, clock("2026-12-01 07:05")) is not None


@pytest.mark.parametrize(
    ("now", "goes"),
    [("2026-12-01 08:20", True), ("2026-12-01 14:00", True), ("2026-12-01 14:01", False), ("2026-12-04 08:00", False)],
)
def test_a_ci_clock_that_comes_late_is_forgiven_for_six_hours(now: str, goes: bool) -> None:
    wait = late(draft(publish_at="2026-12-01 08:00"), clock(now), terms())
    assert (wait is None) is goes
    if wait:
        assert (wait.outcome, wait.why, wait.since) == (Outcome.HELD, Why.LATE, clock("2026-12-01 08:00"))
        assert SAY(wait.reason) == (
            "It was due at 2026-12-01 08:00, and 6h is as late as it may be. Give it a new publish_at, or send it"
            " yourself: kanal publish fest"
        )


@pytest.mark.parametrize(
    ("planned", "last_moment"),
    [("2027-03-28 00:00", "2027-03-28 07:00"), ("2026-10-25 00:00", "2026-10-25 05:00")],
)
def test_six_hours_are_six_hours_when_the_clocks_change(planned: str, last_moment: str) -> None:
    assert late(draft(publish_at=planned), clock(last_moment), terms()) is None
    assert late(draft(publish_at=planned), clock(last_moment) + timedelta(seconds=1), terms()) is not None


def test_what_happens_to_late_posts_is_up_to_the_office() -> None:
    now, planned = clock("2026-12-02 08:00"), "2026-12-01 08:00"
    decided = terms(publish_within="2h", types={"job": {"then": "publish"}, "event": {"then": "skip"}})
    skipped = late(draft(DraftType.EVENT, publish_at=planned), now, decided)
    assert skipped
    assert skipped.outcome is Outcome.SKIPPED
    assert SAY(skipped.reason) == "It was due at 2026-12-01 08:00, and 2h is as late as it may be. It is left out."
    assert late(draft(DraftType.JOB, publish_at=planned), now, decided) is None
    assert late(draft(publish_at=planned), clock("2026-12-01 10:01"), decided) is not None
    assert late(draft(publish_at=planned), now, terms(publish_within="3 days")) is None


def test_a_warning_is_better_late_than_never_unless_the_office_says_otherwise() -> None:
    warning = draft(DraftType.CRISIS, publish_at="2026-12-01 08:00")
    assert late(warning, clock("2026-12-02 08:00"), terms()) is None
    assert late(warning, clock("2026-12-02 08:00"), terms(types={"crisis": {"then": "hold"}})) is not None


def test_a_draft_without_a_time_is_never_late() -> None:
    approved = draft(approval=Approval("Toni Probst", at("2026-11-01 08:00")))
    assert unattended(approved, None, clock("2026-12-01 12:00"), terms(hours=night())) is None
    assert late(draft(embargo="2026-11-01 08:00"), clock("2026-12-01 12:00"), terms()) is None


def test_lateness_counts_from_the_approval_if_that_came_later() -> None:
    approved = draft(publish_at="2026-12-01 08:00", approval=Approval("Toni Probst", at("2026-12-01 16:00")))
    assert late(approved, clock("2026-12-01 22:00"), terms()) is None
    assert late(approved, clock("2026-12-01 22:01"), terms()) is not None


def test_the_quiet_hours_do_not_make_a_post_late() -> None:
    evening = draft(publish_at="2026-12-01 21:55")
    wait = unattended(evening, None, clock("2026-12-01 22:05"), terms(hours=night()))
    assert wait
    assert (wait.why, wait.until) == (Why.QUIET_HOURS, at("2026-12-02 06:00"))
    assert unattended(evening, None, clock("2026-12-02 06:10"), terms(hours=night())) is None
    assert late(evening, clock("2026-12-02 11:56"), terms(hours=night())) is not None


def test_a_deadline_may_be_many_nights_away() -> None:
    found = deadline(at("2026-12-01 12:00"), duration("32h").length, night(), BERLIN)
    assert found == clock("2026-12-03 12:00")
    assert deadline(at("2026-12-01 12:00"), duration("32h").length, night("06:00", "06:00"), BERLIN) == clock(
        "2026-12-02 20:00"
    )


@pytest.mark.parametrize("now", ["2026-12-01 22:00", "2026-12-01 23:59", "2026-12-02 00:00", "2026-12-02 05:59"])
def test_in_the_quiet_hours_it_waits_for_their_end(now: str) -> None:
    wait = quiet(draft(), clock(now), terms(hours=night()))
    assert wait
    assert (wait.outcome, wait.until) == (Outcome.DEFERRED, at("2026-12-02 06:00"))
    assert SAY(wait.reason) == "These are quiet hours; it goes out from 2026-12-02 06:00 on."


def test_warnings_and_whoever_answers_for_it_do_not_wait_for_the_morning() -> None:
    now = clock("2026-12-01 23:00")
    assert quiet(draft(DraftType.CRISIS), now, terms(hours=night())) is None
    waived = draft(waivers=(Waiver("time/quiet-hours", "Neujahrsgruß", "Toni Probst"),))
    assert quiet(waived, now, terms(hours=night())) is None
    assert quiet(draft(), now, terms()) is None, "the rule is off"


@pytest.mark.parametrize(
    ("last", "now", "free"),
    [
        ("2026-12-01 10:00", "2026-12-01 10:00", "2026-12-01 10:15"),
        ("2026-12-01 10:00", "2026-12-01 10:14", "2026-12-01 10:15"),
        ("2026-12-01 10:00", "2026-12-01 10:15", None),
        ("2026-12-01 10:00:40", "2026-12-01 10:15:05", None),  # planned a quarter of an hour apart
        ("2026-10-25 01:59", "2026-10-25 03:00", None),  # an hour more lies between them than the clocks show
        ("2026-12-01 10:03", "2026-12-01 10:00", "2026-12-01 10:18"),  # another machine's clock is ahead
        ("2026-12-02 10:00", "2026-12-01 10:00", None),  # a wrong clock must not stop a channel for a day
    ],
)
def test_two_posts_on_one_channel_keep_their_distance(last: str, now: str, free: str | None) -> None:
    wait = too_close(draft(), clock(last), clock(now), terms())
    assert (wait.until if wait else None) == (at(free) if free else None)
    assert wait is None or wait.outcome is Outcome.DEFERRED


def test_warnings_do_not_keep_their_distance() -> None:
    now = clock("2026-12-01 10:00")
    assert too_close(draft(DraftType.CRISIS), now, now, terms()) is None
    waived = draft(waivers=(Waiver("time/collision", "Gehört zusammen", "Toni Probst"),))
    assert too_close(waived, now, now, terms()) is None
    assert too_close(draft(), now, now, terms(distance=None)) is None


def test_nobody_is_invited_to_what_is_over() -> None:
    market = draft(DraftType.EVENT, publish_at="2026-12-01 08:00", ends_at="2026-12-01 12:00")
    assert over(market, clock("2026-12-01 11:59")) is None
    wait = over(market, clock("2026-12-01 12:00"))
    assert wait
    assert (wait.outcome, wait.why, wait.since) == (Outcome.HELD, Why.OVER, clock("2026-12-01 12:00"))
    assert "It was over at 2026-12-01 12:00." in SAY(wait.reason)
    assert over(draft(DraftType.CORRECTION, ends_at="2026-12-01 12:00"), clock("2026-12-01 13:00")) is None


def test_an_event_that_has_begun_is_held_if_the_post_was_to_come_before() -> None:
    market = draft(DraftType.EVENT, publish_at="2026-12-01 08:00", starts_at="2026-12-01 10:00")
    assert over(market, clock("2026-12-01 09:59")) is None
    wait = over(market, clock("2026-12-01 10:00"))
    assert wait
    assert "The event began at 2026-12-01 10:00." in SAY(wait.reason)
    meant = draft(DraftType.EVENT, publish_at="2026-12-01 11:00", starts_at="2026-12-01 10:00")
    assert over(meant, clock("2026-12-01 11:00")) is None, "it was planned for the time after the beginning"
    given = Approval("Toni Probe", at("2026-12-01 10:30"), "0" * 64)
    late = draft(DraftType.EVENT, starts_at="2026-12-01 10:00", approval=given)
    assert over(late, clock("2026-12-01 11:00")), "it was only approved after the beginning"
    closure = draft(DraftType.SERVICE, publish_at="2026-12-01 08:00", starts_at="2026-12-01 10:00")
    assert over(closure, clock("2026-12-01 12:00")) is None
