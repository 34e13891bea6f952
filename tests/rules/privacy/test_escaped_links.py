"""Links and file names that carry personal data in escapes, as map services, telephone links and forms write them."""

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
        ("address", "maps/place/Lindenallee+17,+12345+Musterstadt/", "Lindenallee+17,+12345+Musterstadt"),
        ("address", "karte?q=Lindenallee+17&zoom=3", "Lindenallee+17"),
        ("case-number", "akte/Aktenzeichen%2032.4-117%2F26", "32.4-117%2F26"),
        ("person-name", "?wer=Frau+Karla+Petersen", "Frau+Karla+Petersen"),
    ],
)
def test_what_a_link_says_in_escapes_is_found_once_where_it_is_written(rule: str, address: str, words: str) -> None:
    assert _found(f"Mehr dazu: {PAGE}{address} – bitte lesen.") == [(rule, "text", words)]
    assert _found("Mehr dazu im Internet.", PAGE + address) == [(rule, "link", words)]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("phone", "tel:+49%20171%203920042", "+49%20171%203920042"),
        ("phone", '<a href="tel:0171%203920042">anrufen</a>', "0171%203920042"),
        ("phone", "sms:0171%203920042?body=Hallo%20Amt", "0171%203920042"),
        ("phone", "whatsapp://send?phone=+49%20171%203920042", "+49%20171%203920042"),
        ("email", "mailto:erika%40example.org?subject=Guten%20Tag", "erika%40example.org"),
        ("email", "mailto:erika%2Emuster%40example%2Eorg", "erika%2Emuster%40example%2Eorg"),
        ("email", "mailto:erika.muster%2Bkita@example.org", "erika.muster%2Bkita@example.org"),
        ("email", "mailto:%22Amt%22%20%3Cerika%40example.org%3E", "erika%40example.org"),
    ],
)
def test_a_contact_is_found_once_in_links_without_a_host(rule: str, text: str, words: str) -> None:
    assert _found(f"Hier: {text} – mehr auf {PAGE}") == [(rule, "text", words)]


@pytest.mark.parametrize(
    "text",
    [
        "tel:+49%2030%2023125-115",
        "tel:030%2023125%20115, sms://03023125115",
        "mailto:presse%2Bkita%40landkreis-musterland.example?subject=Guten%20Tag",
        "mailto:presse%40landkreis%2Dmusterland%2Eexample",
    ],
)
def test_an_official_contact_is_known_in_links_without_a_host(text: str) -> None:
    assert _found(f"Hier: {text} – mehr auf {PAGE}") == []


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
