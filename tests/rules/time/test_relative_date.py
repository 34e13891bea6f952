"""“heute” and “morgen”: what they mean when the post is read, and what stands beside them."""

from typing import Any

import pytest

from kanal.model import Variant
from kanal.rules.time.relative_date import check as rule
from tests.rules.moments import at, problems, subject_of

TODAY = at("2026-11-23 09:00")
TOMORROW = at("2026-11-24 08:00")


def _said(text: str, **more: Any) -> list[str]:
    found = problems(rule, subject_of(text, **more))
    for problem in found:
        assert problem.span
    return [str(problem.message) for problem in found]


def test_today_in_a_post_of_tomorrow_is_found_at_its_word_with_the_date_to_write() -> None:
    (problem,) = problems(rule, subject_of("Der Kreistag tagt heute um 17 Uhr.", publish_at=TOMORROW))
    assert (problem.field, problem.span) == ("text", (18, 23))
    assert "goes out on 2026-11-24" in str(problem.message)
    assert "“heute, Dienstag, 24. November 2026”" in str(problem.message)


@pytest.mark.parametrize(
    "text",
    [
        "Heute, am 24. November, tagt der Kreistag.",
        "Heute, am Dienstag, 24. November 2026, tagt der Kreistag.",
        "Am Dienstag, 24. November, heute also, tagt der Kreistag.",
        "Der Kreistag tagt heute (24.11.2026).",
        "Heute (Dienstag) tagt der Kreistag.",
        "Morgen, Mittwoch, tagt der Kreistag.",
        "Kreistag am 24. November: Kommen Sie heute in das Kreishaus!",
        "Diesen Freitag ist Markt.",
        "In der nächsten Woche ist Markt.",
        "Bewerben Sie sich noch heute!",
        "Am Montag morgen ist das Bürgerbüro geschlossen.",
    ],
)
def test_a_date_beside_it_or_the_same_meaning_on_both_days_is_fine(text: str) -> None:
    assert _said(text, publish_at=TOMORROW) == []


@pytest.mark.parametrize(
    "text",
    [
        "Heute, am 23. November, tagt der Kreistag.",
        "Morgen, am Dienstag, 24. November, tagt der Kreistag.",
        "Heute (Montag) tagt der Kreistag.",
        "Diesen Freitag, 4. Dezember, ist Markt.",
    ],
)
def test_another_date_beside_it_is_a_contradiction_even_in_the_archive(text: str) -> None:
    for now in (TODAY, at("2027-06-01 12:00")):
        (said,) = _said(text, publish_at=TOMORROW, now=now)
        assert "says otherwise" in said


def test_where_the_day_of_the_event_agrees_nothing_is_missing() -> None:
    assert _said("Heute um 17 Uhr: Kreistag", publish_at=TOMORROW, starts_at=at("2026-11-24 17:00")) == []
    assert _said("Heute um 17 Uhr: Kreistag", publish_at=TOMORROW, starts_at=at("2026-11-25 18:00")) != []


def test_the_hour_of_the_event_on_another_day_is_a_contradiction() -> None:
    (said,) = _said("Heute um 17 Uhr: Kreistag", publish_at=TODAY, starts_at=at("2026-11-24 17:00"))
    assert "starts_at says 2026-11-24" in said
    assert _said("Heute um 9 Uhr beginnt der Vorverkauf.", publish_at=TODAY, starts_at=at("2026-11-24 17:00")) == []


def test_a_post_of_today_of_the_past_or_without_a_time_is_left_alone() -> None:
    assert _said("Heute ist Markt.", publish_at=TODAY) == []
    assert _said("Heute ist Markt.", publish_at=at("2025-05-02 08:00")) == []
    assert _said("Heute ist Markt.") == []
    assert _said("Heute ist Markt.", publishing=True) == []


def test_a_post_that_goes_out_late_no_longer_means_its_day() -> None:
    late = at("2026-11-22 18:00")
    assert _said("Heute ist Markt.", publish_at=late) == []
    (said,) = _said("Heute ist Markt.", publish_at=late, publishing=True)
    assert "goes out on 2026-11-23" in said
    assert _said("Heute ist Markt.", publish_at=TODAY, embargo=TOMORROW) != []


def test_next_week_is_another_week_when_the_post_goes_out_a_week_later() -> None:
    (said,) = _said("Nächste Woche ist Markt.", publish_at=at("2026-11-30 08:00"))
    assert "2026-12-07 to 2026-12-13" in said
    assert _said("Nächste Woche ist Markt, am 9. Dezember.", publish_at=at("2026-11-30 08:00")) == []


def test_variants_are_looked_at_too() -> None:
    subject = subject_of("Kurz.", publish_at=TOMORROW, variants={"x": Variant(text="Heute ist Markt.")})
    assert [problem.field for problem in problems(rule, subject)] == ["variants.x.text"]


def test_each_word_is_judged_by_itself() -> None:
    assert len(_said("Heute ist Markt, morgen nicht.", publish_at=TOMORROW)) == 2
    assert len(_said("Am Dienstag, 24. November, ist Markt, morgen nicht.", publish_at=TOMORROW)) == 1


def test_beside_a_today_that_has_its_date_tomorrow_is_clear() -> None:
    assert _said("Heute, 24. November, ist Markt, morgen nicht.", publish_at=TOMORROW) == []
    text = "Der Hof ist heute geschlossen. Morgen ist er wieder offen."
    assert _said(text, publish_at=TOMORROW, starts_at=at("2026-11-24 08:00")) == []
    assert len(_said(text, publish_at=TOMORROW, starts_at=at("2026-11-26 08:00"))) == 2
    assert len(_said("Morgen ist der Hof offen.", publish_at=TOMORROW, starts_at=at("2026-11-24 08:00"))) == 1


def test_the_sitting_of_today_is_not_the_one_of_tomorrow() -> None:
    (said,) = _said("Die heutige Sitzung fällt aus.", publish_at=TOMORROW)
    assert "“am Dienstag, 24. November 2026”" in said
    assert _said("Die heutige Sitzung am 24. November fällt aus.", publish_at=TOMORROW) == []
    assert _said("Am heutigen Dienstag tagt der Kreistag.", publish_at=TOMORROW) == []
    assert _said("Am heutigen Montag tagt der Kreistag.", publish_at=TOMORROW) != []


def test_the_example_names_the_weekday_once() -> None:
    (said,) = _said("Diesen Samstag ist Markt.", publish_at=at("2026-11-30 08:00"))
    assert "“Diesen Samstag, 5. Dezember 2026”" in said
    assert _said("Diesen Samstag, 5. Dezember 2026, ist Markt.", publish_at=at("2026-11-30 08:00")) == []
