"""Quiet hours: past midnight, in the nights in which clocks change, and never for ever."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kanal.errors import ConfigError
from kanal.publish.quiet_hours import QuietHours
from kanal.rules.time.quiet_hours import time_of_day

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(time(22), time(6))
LUNCH = QuietHours(time(12), time(13))


def at(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("hours", "moment", "quiet"),
    [
        (NIGHT, "2026-11-24 21:59", False),
        (NIGHT, "2026-11-24 22:00", True),
        (NIGHT, "2026-11-24 23:59", True),
        (NIGHT, "2026-11-25 00:00", True),
        (NIGHT, "2026-11-25 05:59", True),
        (NIGHT, "2026-11-25 06:00", False),
        (LUNCH, "2026-11-24 12:30", True),
        (LUNCH, "2026-11-24 13:00", False),
        (QuietHours(time(22), time(0)), "2026-11-24 23:59", True),
        (QuietHours(time(22), time(0)), "2026-11-25 00:00", False),
        (QuietHours(time(0), time(0)), "2026-11-25 00:00", False),
    ],
)
def test_the_beginning_belongs_to_them_and_the_end_does_not(hours: QuietHours, moment: str, quiet: bool) -> None:
    assert hours.hold_at(at(moment)) is quiet


def test_they_end_on_the_next_morning() -> None:
    assert NIGHT.end_after(at("2026-11-24 22:30"), BERLIN) == at("2026-11-25 06:00")
    assert NIGHT.end_after(at("2026-11-25 01:00"), BERLIN) == at("2026-11-25 06:00")
    assert NIGHT.end_after(at("2028-02-28 23:00"), BERLIN) == at("2028-02-29 06:00"), "a leap day"


def test_outside_of_them_nothing_has_to_end() -> None:
    assert NIGHT.end_after(at("2026-11-25 12:00"), BERLIN) == at("2026-11-25 12:00")
    assert NIGHT.begin_after(at("2026-11-25 12:00"), BERLIN) == at("2026-11-25 22:00")


def test_the_night_is_an_hour_shorter_or_longer_when_the_clocks_change() -> None:
    spring, autumn = at("2027-03-27 22:00"), at("2026-10-24 22:00")
    for begin, hours in ((spring, 7), (autumn, 9)):
        end = NIGHT.end_after(begin, BERLIN)
        assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=hours)
        assert end.time() == time(6)


def test_an_end_that_comes_twice_counts_each_time() -> None:
    hours = QuietHours(time(22), time(2, 30))
    assert hours.end_after(at("2026-10-25 01:00"), BERLIN) == at("2026-10-25 02:30")
    second = at("2026-10-25 02:10", fold=1)
    assert hours.hold_at(second)
    assert hours.end_after(second, BERLIN).astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_end_that_the_clocks_skip_comes_when_they_would_have_shown_it() -> None:
    hours = QuietHours(time(22), time(2, 30))
    end = hours.end_after(at("2027-03-28 01:00"), BERLIN)
    assert end.astimezone(UTC) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


CLOCK = some.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@given(begin=CLOCK, end=CLOCK, moment=some.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)))  # noqa: DTZ001
def test_they_end_within_a_day_and_then_it_is_not_quiet(begin: time, end: time, moment: datetime) -> None:
    hours, now = QuietHours(begin, end), moment.replace(tzinfo=UTC)
    over = hours.end_after(now, BERLIN)
    assert not hours.hold_at(over)
    assert timedelta() <= over.astimezone(UTC) - now <= timedelta(hours=25)


@pytest.mark.parametrize("text", ["", "24:00", "6:00", "22", "22:00:00", "22:60", "22:00+01:00", "zehn"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="is no time of day"):
        time_of_day(text)
