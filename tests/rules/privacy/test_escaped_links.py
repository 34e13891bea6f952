"""Links that carry personal data in escapes, as map services, telephone links and forms write them."""

import pytest

from kanal.rules import LooksAt, discover
from tests.rules.drafted import found
from tests.rules.privacy.office import REGISTERS

OF_DRAFTS = [rule for rule in discover() if rule.family == "privacy" and rule.looks_at is LooksAt.DRAFT]
PAGE = "https://www.landkreis-musterland.example/"


def _found(text: str, link: str | None = None) -> list[tuple[str, str, str]]:
    draft = {"link": link} if link else None
    return [
        (rule.id.removeprefix("privacy/"), one.field, one.words)
        for rule in OF_DRAFTS
        for one in found(rule, text, draft=draft, registers=REGISTERS)
    ]


@pytest.mark.parametrize(
    ("rule", "address", "words"),
    [
        ("phone", "?tel=0171%203920042", "0171%203920042"),
        ("phone", "?tel=%2B49+171+3920042&x=1", "%2B49+171+3920042"),
        ("address", "?q=Bahnhofstra%C3%9Fe%2017", "Bahnhofstra%C3%9Fe%2017"),
        ("address", "karte?q=Lindenallee+17&zoom=3", "Lindenallee+17"),
        ("case-number", "akte/Aktenzeichen%2032.4-117%2F26", "32.4-117%2F26"),
        ("person-name", "?wer=Frau+Karla+Petersen", "Frau+Karla+Petersen"),
    ],
)
def test_what_a_link_says_in_escapes_is_found_once_where_it_is_written(rule: str, address: str, words: str) -> None:
    assert _found(f"Mehr dazu: {PAGE}{address} – bitte lesen.") == [(rule, "text", words)]
    assert _found("Mehr dazu im Internet.", PAGE + address) == [(rule, "link", words)]


@pytest.mark.parametrize(
    "address",
    [
        "?tel=030%2023125-115",
        "?q=Am+Kreishaus+3%2C+12345+Musterstadt",
        "themen/stra%C3%9Fen%20und%20wege",
        "suche?q=K%C3%B6nigin+von+Saba+2027",
        "a+b/2027+17",
    ],
)
def test_what_is_official_or_nothing_stays_silent_in_escapes_too(address: str) -> None:
    assert _found(f"Mehr dazu: {PAGE}{address}") == []
