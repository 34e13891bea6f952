"""Days and hours as people and Excel write them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.drafting.calendars import CALENDARS
from kanal.drafting.moments import NO_DAY, NO_HOUR, NO_TIME, read_day, read_hour, read_time
from kanal.message import Message

CHRISTMAS_EVE = date(2026, 12, 24)


@pytest.mark.parametrize(
    "text",
    [
        *("24.12.2026", "2026-12-24", "24. 12. 2026", "24. Dezember 2026", "24 December 2026", "24. Dez 2026"),
        *(
            "Do, 24.12.2026",
            "Donnerstag, 24. Dezember 2026",
            "Thu, 24 Dec 2026",
            "24.12.2026 00:00:00",
            "24.12.2026 0:00",
        ),
    ],
)
def test_a_day_is_read_in_many_forms(text: str) -> None:
    assert read_day(text) == CHRISTMAS_EVE


@pytest.mark.parametrize(
    "text", ["24.12.26", "12/24/2026", "24.12.", "morgen", "24.12.2026 08:00", "24. Ju 2026", "", "46380"]
)
def test_what_could_mean_another_day_is_refused(text: str) -> None:
    assert read_day(text) == NO_DAY


def test_a_day_that_does_not_exist_or_is_another_weekday_is_refused_with_the_reason() -> None:
    assert str(read_day("31.2.2027")) == "There is no such day in the calendar."
    assert str(read_day("Mo, 24.12.2026")) == "The day of the week does not go with this date."


@pytest.mark.parametrize("text", ["8", "8:00", "08:00", "8.00", "8 Uhr", "8:00 Uhr", "8.00 Uhr", "08:00:00", "8 h"])
def test_an_hour_is_read_in_many_forms(text: str) -> None:
    assert read_hour(text) == time(8)


@pytest.mark.parametrize("text", ["25:00", "8:60", "8:5", "acht", "8:00 pm", "", "8:00:30"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    assert read_hour(text) == NO_HOUR


def test_twenty_four_o_clock_says_what_to_write_instead() -> None:
    assert "23:59" in str(read_hour("24 Uhr"))


@pytest.mark.parametrize(
    "text",
    [
        "24.12.2026 8:30",
        "24.12.2026, 8.30 Uhr",
        "2026-12-24T08:30",
        "2026-12-24 08:30:00",
        "24. Dezember 2026 um 8:30 Uhr",
    ],
)
def test_day_and_hour_are_read_together(text: str) -> None:
    assert read_time(text) == (CHRISTMAS_EVE, time(8, 30))


def test_a_day_alone_is_no_time() -> None:
    assert read_time("24.12.2026") == NO_TIME
    assert isinstance(read_time("31.2.2027 8:00"), Message)


@given(st.integers(0, 20_000), st.sampled_from(("de", "en")))
def test_what_kanal_writes_it_reads_again(days: int, language: str) -> None:
    day = date(2000, 1, 1) + timedelta(days)
    calendar = CALENDARS[language]
    assert read_day(calendar.long(day)) == day
    assert read_day(calendar.short(day)) == day


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.sampled_from(("de", "en")))
def test_what_kanal_writes_of_hours_it_reads_again(at: time, language: str) -> None:
    assert read_hour(CALENDARS[language].o_clock(at)) == at
    assert read_hour(CALENDARS[language].hour(at)) == at
