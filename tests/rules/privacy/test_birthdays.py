"""Dates of birth never go out; congratulations only with the person's consent."""

import pytest

from kanal.rules.privacy.anniversary import check as anniversary
from kanal.rules.privacy.birth_date import check as birth_date
from tests.rules.drafted import found, picture, variant, words
from tests.rules.privacy.office import CONSENT, with_pictures


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Gesucht wird ein Mann, geboren am 3. Februar 1950.", "3. Februar 1950"),
        ("Geburtsdatum: 03.02.1950", "03.02.1950"),
    ],
)
def test_a_date_of_birth_is_found_with_and_without_consent(text: str, date: str) -> None:
    assert words(birth_date, text) == [date]
    assert words(birth_date, text, draft=CONSENT) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "Wer nach dem 31.12.1970 geboren ist, sollte geimpft sein.",
        "Der Kreistag tagt am 10. März 2027.",
        "Sie ist 1950 geboren.",
    ],
)
def test_other_dates_are_no_dates_of_birth(text: str) -> None:
    assert words(birth_date, text) == []


def test_a_congratulation_is_found_in_variants_and_alternative_texts_and_silent_with_consent() -> None:
    said = "Wir gratulieren Hannelore Wiesinger zum 90. Geburtstag!"
    draft = {**with_pictures(picture(alt=said)), "variants": {"x": variant(said)}}
    assert [one.field for one in found(anniversary, said, draft=draft)] == ["text", "variants.x.text", "media[0].alt"]
    assert found(anniversary, said, draft={**draft, **CONSENT}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Die Kreisbibliothek feiert ihren 50. Geburtstag.",
        "Wir gratulieren allen Ehrenamtlichen!",
        "Am 5. Dezember 2026",
    ],
)
def test_institutions_may_have_birthdays(text: str) -> None:
    assert words(anniversary, text) == []
