from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.local_time import parse_local
from kanal.message import Message

BERLIN = ZoneInfo("Europe/Berlin")


def _refusal(text: str, zone: ZoneInfo = BERLIN) -> str:
    found = parse_local(text, zone)
    assert isinstance(found, Message)
    return str(found)


def _utc(text: str, zone: ZoneInfo = BERLIN) -> str:
    found = parse_local(text, zone)
    assert isinstance(found, datetime)
    return f"{found.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-02 08:00", "2026-11-02 07:00:00"),
        ("2026-07-02 08:00", "2026-07-02 06:00:00"),
        ("2026-11-02T08:00", "2026-11-02 07:00:00"),
        ("2026-11-02 08:00:30", "2026-11-02 07:00:30"),
        (" 2026-11-02 08:00 ", "2026-11-02 07:00:00"),
        ("2028-02-29 12:00", "2028-02-29 11:00:00"),
        ("2026-12-31 23:59", "2026-12-31 22:59:00"),
    ],
)
def test_a_time_is_meant_in_the_zone_of_the_office(text: str, utc: str) -> None:
    assert _utc(text) == utc


def test_a_time_that_the_clocks_jump_over_is_refused() -> None:
    assert _refusal("2027-03-28 02:30") == (
        "2027-03-28 02:30 does not exist in Europe/Berlin: the clocks go forward in that night. Choose another time."
    )


def test_a_time_that_happens_twice_is_refused() -> None:
    assert _refusal("2026-10-25 02:30") == (
        "2026-10-25 02:30 happens twice in Europe/Berlin: the clocks go back in that night. Choose another time."
    )


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2027-03-28 01:59", "2027-03-28 00:59:00"),
        ("2027-03-28 03:00", "2027-03-28 01:00:00"),
        ("2026-10-25 01:59:59", "2026-10-24 23:59:59"),
        ("2026-10-25 03:00", "2026-10-25 02:00:00"),
    ],
)
def test_times_beside_a_clock_change_are_fine(text: str, utc: str) -> None:
    assert _utc(text) == utc


def test_the_clocks_of_another_zone_change_on_other_days() -> None:
    new_york = ZoneInfo("America/New_York")
    assert _utc("2027-03-28 02:30", new_york) == "2027-03-28 06:30:00"
    assert "does not exist in America/New_York" in _refusal("2027-03-14 02:30", new_york)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29 08:00",
        "2026-02-30 08:00",
        "2026-13-01 08:00",
        "2026-11-02 24:00",
        "2026-11-02 08:60",
        "2026-11-02 08:00:60",
        "0000-01-01 08:00",
        "0001-01-01 00:00",
    ],
)
def test_a_day_or_hour_that_no_calendar_has_is_refused(text: str) -> None:
    assert _refusal(text) == f"There is no such day or hour: “{text}”."


@pytest.mark.parametrize(
    "text",
    ["morgen", "", "2026-11-02", "08:00", "2.11.2026 08:00", "2026-11-02 8:00", "2026-11-02 08:00Z", "26-11-02 08:00"],
)
def test_nonsense_is_refused_with_an_example(text: str) -> None:
    assert _refusal(text) == f"“{text}” is not a time. Write it like 2026-11-02 08:00."


def test_an_offset_is_refused_because_times_are_local() -> None:
    assert "is not a time" in _refusal("2026-11-02 08:00+02:00")


WRITTEN = st.datetimes().map(lambda moment: moment.isoformat(" ", "minutes"))


@given(st.text() | WRITTEN, st.sampled_from(["Asia/Tokyo", "America/New_York"]))
def test_any_text_is_a_time_that_survives_utc_or_is_refused(text: str, zone: str) -> None:
    found = parse_local(text, ZoneInfo(zone))
    if isinstance(found, datetime):
        assert found.astimezone(UTC).astimezone(ZoneInfo(zone)) == found
        assert parse_local(found.replace(tzinfo=None).isoformat(" "), ZoneInfo(zone)) == found
    else:
        assert str(found)
