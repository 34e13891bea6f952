"""Numbers that are one person's for life: in whatever words go out, marked, and never repeated in the message."""

import pytest

from kanal.model import Variant
from kanal.rules import Rule
from kanal.rules.privacy import health_insurance_number, iban, id_card, pension_number, tax_id
from tests.rules.drafted import found, picture, words

NUMBERS: dict[Rule, tuple[str, str]] = {
    iban.check: ("Konto ", "DE02 1203 0000 0000 2020 51"),
    tax_id.check: ("Steuer-ID ", "86095742719"),
    pension_number.check: ("RV-Nummer ", "15 070649 C 103"),
    health_insurance_number.check: ("Versichertennummer ", "A123456780"),
    id_card.check: ("Personalausweis ", "L01X00T47"),
}
EACH = [pytest.param(rule, *said, id=rule.id) for rule, said in NUMBERS.items()]


@pytest.mark.parametrize(("rule", "before", "number"), EACH)
def test_the_number_is_marked_and_the_message_keeps_it_to_itself(rule: Rule, before: str, number: str) -> None:
    (one,) = found(rule, f"Guten Tag, {before}{number} haben wir notiert.")
    assert (one.field, one.words, one.instead) == ("text", number, None)
    assert number not in one.said
    assert "Take it out." in one.said


@pytest.mark.parametrize(("rule", "before", "number"), EACH)
def test_every_place_is_named_with_what_to_do_there(rule: Rule, before: str, number: str) -> None:
    said = f"{before}{number}"
    compact = number.replace(" ", "")
    draft = {
        "link": f"https://www.landkreis-musterland.example/{before.strip()}={compact}",
        "media": (picture(f"media/{before.strip()}_{compact}.jpg", f"Zu sehen ist: {said}"),),
        "variants": {"x": Variant(text=f"Auf X: {said}")},
    }
    remedies = {
        "text": "Take it out.",
        "link": "Use a link without it.",
        "variants.x.text": "Take it out.",
        "media[0].alt": "Describe the picture without it, and make it unreadable in the picture.",
        "media[0].file": "Rename the file: its name can go out with the picture.",
    }
    hits = found(rule, said, draft=draft)
    assert sorted(one.field for one in hits) == sorted(remedies)
    assert [one.field for one in hits if remedies[one.field] not in one.said] == []


@pytest.mark.parametrize(("rule", "before", "number"), EACH)
def test_a_number_with_a_wrong_check_digit_or_without_its_word_is_none(rule: Rule, before: str, number: str) -> None:
    if rule is id_card.check:  # the printed number has no check digit
        assert words(rule, f"Inventar {number}") == []
    else:
        wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
        assert words(rule, f"{before}{wrong}") == []


@pytest.mark.parametrize(
    "text",
    [
        "USt-IdNr. DE136695976",
        "ISBN 978-3-16-148410-0",
        "Der Haushalt umfasst 412.350.718 Euro.",
        "Vergabenummer 2026-OV-0412",
        "Am 15.07.2027 um 10.03 Uhr",
        "DIN EN 301 549",
        "Telefon 030 23125-115",
    ],
)
def test_other_numbers_of_an_office_are_left_alone(text: str) -> None:
    assert [one for rule in NUMBERS for one in words(rule, text)] == []
