"""Weekdays, events that are over, and hours that a clock change skips."""

from typing import Any

import pytest

from kanal.model import DraftType
from kanal.rules.time.clock_change import check as clock_change
from kanal.rules.time.past_event import check as past_event
from kanal.rules.time.weekday import check as weekday
from tests.rules.drafted import NOW, found, words
from tests.rules.moments import at, fields, subject_of

DECEMBER = {"publish_at": at("2026-12-01 08:00")}
EVENT: dict[str, Any] = {"type": DraftType.EVENT}


@pytest.mark.parametrize(
    ("text", "date", "right"),
    [
        ("am Dienstag, 10. März 2027", "Dienstag, 10. März 2027", "Mittwoch"),
        ("Mi, 8.12.2026, 9 Uhr", "Mi, 8.12.2026", "Dienstag"),
        ("am 10. März 2027 (Montag)", "10. März 2027 (Montag)", "Mittwoch"),
        ("am Montag, 8. Dezember", "Montag, 8. Dezember", "Dienstag"),
        ("am 25. April 2027 und am Montag, 4. April", "Montag, 4. April", "Sonntag"),
    ],
)
def test_a_wrong_weekday_is_marked_with_its_date_and_the_right_one_is_named(text: str, date: str, right: str) -> None:
    (one,) = found(weekday, f"Markt {text}.", draft=DECEMBER)
    assert one.words == date
    assert f"“{right}”" in one.said


@pytest.mark.parametrize(
    "text",
    [
        "am Mittwoch, 10. März 2027",
        "von Montag, 7. Dezember, bis Mittwoch, 9. Dezember 2026",
        "Montag bis Freitag, 7. bis 11. Dezember 2026",
        "Samstag/Sonntag, 5./6. Dezember",
        "am Sonntag, 29. November, waren viele da",
        "Statt Freitag, 1. Januar: Samstag, 2. Januar",
        "Montag, Mittwoch, Freitag: 8 bis 13 Uhr",
        "jeden Dienstag",
        "am 10. März 2027",
    ],
)
def test_right_weekdays_and_other_words_are_silent(text: str) -> None:
    assert words(weekday, f"Markt {text}.", draft=DECEMBER) == []


def test_a_day_that_does_not_exist_is_found() -> None:
    assert words(weekday, "bis 31. November", draft=DECEMBER) == ["31. November"]
    assert words(weekday, "bis 29. Februar 2027") == ["29. Februar 2027"]
    assert words(weekday, "bis 29. Februar 2028") == []


def test_without_year_and_without_a_time_to_go_out_nobody_can_tell() -> None:
    assert words(weekday, "am Montag, 8. Dezember") == []
    assert fields(weekday, subject_of("am Montag, 8. Dezember", publishing=True)) == ["text"]


def test_an_archive_does_not_become_wrong() -> None:
    subject = subject_of("am Mittwoch, 3. Dezember", publish_at=at("2025-11-20 08:00"), now=at("2030-01-01 08:00"))
    assert fields(weekday, subject) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"starts_at": at("2026-11-30 18:00")}, ["starts_at"]),
        ({"starts_at": at("2026-12-01 07:00")}, []),
        ({"starts_at": at("2026-11-28 18:00"), "ends_at": at("2026-12-06 18:00")}, []),
        ({"starts_at": at("2026-11-28 18:00"), "ends_at": at("2026-11-29 18:00")}, ["ends_at"]),
    ],
)
def test_what_the_fields_say_decides(more: dict[str, object], field: list[str]) -> None:
    text = "Markt am 5. November 2026"
    assert [one.field for one in found(past_event, text, draft={**EVENT, **DECEMBER, **more})] == field


@pytest.mark.parametrize(
    ("text", "words_found"),
    [
        ("Markt am 5. November 2026", ["5. November 2026"]),
        ("Markt am Samstag, 28. November", ["Samstag, 28. November"]),
        ("Anmeldung bis 20. November, Markt am 28. November", ["28. November"]),
        ("Anmeldung bis 20. November, Markt am 12. Dezember", []),
        ("Markt am 1. Dezember", []),
        ("Gedenken an den 9. November 1938 um 18 Uhr", []),
        ("Markt", []),
    ],
)
def test_without_fields_all_dates_of_an_event_must_be_over(text: str, words_found: list[str]) -> None:
    assert words(past_event, text, draft={**EVENT, **DECEMBER}) == words_found


def test_only_events_are_read_for_dates_and_stories_may_look_back() -> None:
    assert words(past_event, "Markt am 5. November 2026", draft=DECEMBER) == []
    for kind in (DraftType.STORY, DraftType.CORRECTION, DraftType.REPLY):
        draft = {"type": kind, "ends_at": at("2026-11-01 08:00"), **DECEMBER}
        assert found(past_event, draft=draft) == []


def test_while_nobody_knows_when_it_goes_out_nothing_is_over() -> None:
    assert found(past_event, "Markt am 5. November 2026", draft=EVENT) == []
    assert fields(past_event, subject_of("Markt am 5. November 2026", publishing=True, **EVENT)) == ["text"]


@pytest.mark.parametrize(
    ("text", "words_found"),
    [
        ("am Sonntag, 28. März 2027, ab 2.30 Uhr", ["2.30 Uhr"]),
        ("am Sonntag, 28. März 2027, ab 02:00 Uhr", ["02:00 Uhr"]),
        ("am 31. Oktober 2027 um 2 Uhr", ["2 Uhr"]),
        ("von 2.15 bis 5 Uhr am 28. März 2027", ["2.15 bis 5 Uhr"]),
        ("um 02:30 Uhr am 28. März 2027", ["02:30 Uhr"]),
        ("am 28. März 2027 von 2 bis 4 Uhr", ["2 bis 4 Uhr"]),
        ("am 27. März 2027 bis 2.30 Uhr, am 28. März 2027 gar nicht", []),
        ("täglich um 2.30 Uhr. Am 28. März 2027 ist Pause", []),
        ("am 28. März 2027, 3 bis 5 Uhr", []),
        ("am 28. März 2027 um 12.30 Uhr", []),
        ("am 29. März 2027 um 2.30 Uhr", []),
        ("Am 28. März 2027 um 2 Uhr werden die Uhren auf Sommerzeit umgestellt.", []),
    ],
)
def test_hours_that_a_clock_change_skips_or_repeats_are_found(text: str, words_found: list[str]) -> None:
    assert words(clock_change, f"Sperrung {text}") == words_found


def test_the_message_says_whether_the_hour_is_missing_or_comes_twice() -> None:
    (one,) = found(clock_change, "am 31. Oktober 2027 um 2.15 Uhr")
    assert "happens twice" in one.said
    (one,) = found(clock_change, "am 28. März 2027 um 2.15 Uhr")
    assert "does not exist" in one.said


def test_the_moment_of_the_tests_is_a_monday() -> None:
    assert NOW.weekday() == 0
