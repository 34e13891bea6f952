from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.detect.relative_days import relative_days

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "word", "days"),
    [
        ("Heute um 18 Uhr", "Heute", 0),
        ("Das Bürgerbüro ist heute noch bis 18 Uhr offen.", "heute", 0),
        ("gesperrt bis heute 18 Uhr", "heute", 0),
        ("Heute morgen um 9", "Heute", 0),
        ("Morgen um 9 Uhr", "Morgen", 1),
        ("Ab morgen gilt der neue Fahrplan.", "morgen", 1),
        ("Für morgen ist Sturm angesagt.", "morgen", 1),
        ("übermorgen", "übermorgen", 2),
        ("Die heutige Sitzung fällt aus.", "heutige", 0),
        ("Am heutigen Mittwoch tagt der Kreistag.", "heutigen", 0),
        ("in der heutigen Kreistagssitzung", "heutigen", 0),
        ("Heutiger Termin: 17 Uhr", "Heutiger", 0),
        ("Der morgige Markt fällt aus.", "morgige", 1),
        ("beim gestrigen Brand", "gestrigen", -1),
        ("gestern Abend", "gestern", -1),
        ("diesen Freitag", "diesen Freitag", 4),
        ("am kommenden Montag", "kommenden Montag", 0),
        ("am vergangenen Montag", "vergangenen Montag", -7),
        ("am vergangenen Sonntag", "vergangenen Sonntag", -1),
    ],
)
def test_a_word_means_a_day(text: str, word: str, days: int) -> None:
    (one,) = relative_days(text)
    day = MONDAY + timedelta(days=days)
    assert (text[one.start : one.end], one.meaning(MONDAY)) == (word, (day, day))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("nächste Woche", date(2026, 11, 30), date(2026, 12, 6)),
        ("in dieser Woche", date(2026, 11, 23), date(2026, 11, 29)),
        ("am kommenden Wochenende", date(2026, 11, 28), date(2026, 11, 29)),
        ("am vergangenen Wochenende", date(2026, 11, 21), date(2026, 11, 22)),
    ],
)
def test_a_word_may_mean_several_days(text: str, first: date, last: date) -> None:
    (one,) = relative_days(text)
    assert one.meaning(MONDAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "Bewerben Sie sich noch heute!",
        "Bis heute steht das Haus.",
        "Schon heute an morgen denken",
        "von heute auf morgen",
        "Früher und heute",
        "Hier und heute",
        "heutzutage",
        "Guten Morgen!",
        "am Montag morgen",
        "jeden Morgen",
        "Am Morgen scheint die Sonne.",
        "die Stadt von morgen.",
        "Ideen für morgen",
        "die heute-Sendung",
        "#heute",
        "in den kommenden Wochen",
        "das heutige Rathaus",
        "aus heutiger Sicht",
        "bis zum heutigen Tag",
        "in der heutigen Zeit",
        "im heutigen Marktgebäude",
        "die Ewiggestrigen",
        "diese Straße",
        "nächste Haltestelle",
    ],
)
def test_idioms_and_mornings_mean_no_day(text: str) -> None:
    found = [text[one.start : one.end] for one in relative_days(text)]
    assert found == (["morgen"] if text.startswith("Schon heute an") else [])


@given(day=st.dates(), text=st.lists(st.sampled_from(["heute", "Morgen", " ", "nächste Woche", "von ", "\ud800"])))
def test_no_day_makes_it_fail(day: date, text: list[str]) -> None:
    for one in relative_days("".join(text)):
        meaning = one.meaning(day)
        assert meaning is None or meaning[0] <= meaning[1]
