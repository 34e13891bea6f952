from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.detect.dates import MONTHS, WEEKDAYS, dates, in_words, meant_day, month_of, possible_days, weekday_of

SEEN = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "written", "meant", "weekday"),
    [
        ("Am Dienstag, 12. Januar 2027, ab 8 Uhr", "Dienstag, 12. Januar 2027", date(2027, 1, 12), 1),
        ("Stand: Di, 8.12.2026, 9 Uhr", "Di, 8.12.2026", date(2026, 12, 8), 1),
        ("voraussichtlich Mi, 9.12., 6 Uhr", "Mi, 9.12.", date(2026, 12, 9), 2),
        ("bis Sonntag, 4. April, mit der Post", "Sonntag, 4. April", date(2027, 4, 4), 6),
        ("Samstag, den 3. Jänner", "Samstag, den 3. Jänner", date(2027, 1, 3), 5),
        ("Sonnabend (5. Dez. 2026)", "Sonnabend (5. Dez. 2026", date(2026, 12, 5), 5),
        ("Freitagabend, 4. Dezember", "Freitagabend, 4. Dezember", date(2026, 12, 4), 4),
        ("am 5. Mai (Mittwoch)", "5. Mai (Mittwoch)", date(2027, 5, 5), 2),
        ("am 9.12., einem Mittwoch", "9.12., einem Mittwoch", date(2026, 12, 9), 2),
        ("seit dem 08.12.26", "08.12.26", date(2026, 12, 8), None),
        ("Sonntag,\u00a04.\u202fApril", "Sonntag,\u00a04.\u202fApril", date(2027, 4, 4), 6),
        ("24./25. Dezember", "25. Dezember", date(2026, 12, 25), None),
        ("am Samstag, 21. November, war viel los", "Samstag, 21. November", date(2026, 11, 21), 5),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, written: str, meant: date, weekday: int | None) -> None:
    (one,) = dates(text)
    assert (text[one.start : one.end], meant_day(one, (), SEEN), one.weekday) == (written, meant, weekday)


@pytest.mark.parametrize(
    "text",
    [
        "Version 1.2. ist da",
        "§ 3.1. der Satzung",
        "um 8.30 Uhr",
        "1.200 Tonnen",
        "3,12. Platz",
        "Tel. 030 23125 240.",
        "5.",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert dates(text) == ()


@pytest.mark.parametrize("text", ["Montag bis Freitag, 7.12. bis 11.12.2026", "Samstag/Sonntag, 5.12.2026"])
def test_of_several_weekdays_none_is_taken_for_the_date(text: str) -> None:
    assert {one.weekday for one in dates(text)} == {None}


def test_a_date_without_year_is_the_next_one_or_the_one_just_over() -> None:
    (over, ahead, long_over) = dates("am 20. November, am 5. Dezember, am 1. Mai")
    assert possible_days(over, (), SEEN) == (date(2026, 11, 20), date(2027, 11, 20))
    assert possible_days(ahead, (), SEEN) == (date(2026, 12, 5),)
    assert possible_days(long_over, (), SEEN) == (date(2027, 5, 1),)


def test_without_a_day_to_start_from_only_years_in_the_text_help() -> None:
    (one,) = dates("am 5. Dezember")
    assert possible_days(one, (), None) == ()
    assert possible_days(one, {2030}, None) == (date(2030, 12, 5),)


def test_there_is_no_31_april() -> None:
    (one,) = dates("am 31. April 2027")
    assert (one.day, one.month, possible_days(one, (), SEEN)) == (31, 4, ())


@given(day=st.dates(date(1950, 1, 1), date(2080, 12, 31)))
def test_every_day_is_read_back_as_it_was_written(day: date) -> None:
    for text in (in_words(day), f"{WEEKDAYS[day.weekday()][:2]}., {day:%d.%m.%Y}"):
        (one,) = dates(f"Termin: {text}!")
        assert (meant_day(one, (), None), one.weekday) == (day, day.weekday())


@given(day=st.dates(), text=st.text(st.sampled_from("Mo, Di0123.9. DezMärz20267(s)\ud800 \u00a0")))
def test_no_text_and_no_day_make_it_fail(day: date, text: str) -> None:
    end = 0
    for one in dates(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        possible_days(one, (1, 9999), day)
        meant_day(one, (), day)


def test_names_are_known_by_their_beginnings() -> None:
    assert [month_of(name[:3]) for name in MONTHS] == list(range(1, 13))
    assert [weekday_of(name[:2]) for name in WEEKDAYS] == list(range(7))
