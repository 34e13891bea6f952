"""Contacts: the office's own are meant to be read, all others are not."""

import pytest

from kanal.config.registers import Registers
from kanal.rules.privacy.email import check as email
from kanal.rules.privacy.phone import check as phone
from kanal.rules.privacy.third_party_service import check as third_party
from tests.rules.drafted import found, picture, words
from tests.rules.privacy.office import REGISTERS, with_pictures


@pytest.mark.parametrize(
    "text",
    [
        "Schreiben Sie an presse@landkreis-musterland.example oder umwelt@amt.landkreis-musterland.example.",
        "Presse (at) landkreis-musterland.example",
        "Mastodon: @landkreis@social.landkreis-musterland.example",
        "Folgen Sie uns: @lk_musterland",
        "Der Server social.landkreis-musterland.example wird gewartet.",
    ],
)
def test_official_addresses_and_names_of_accounts_are_no_matter(text: str) -> None:
    assert words(email, text, registers=REGISTERS) == []


def test_a_citizens_address_is_found_also_in_disguise_and_in_a_link() -> None:
    draft = {"link": "https://www.landkreis-musterland.example/ab?mail=max.beispiel%40example.org"}
    text = "Erst an lena@example.org, dann an max (at) example.org."
    assert [(one.field, one.words) for one in found(email, text, draft=draft, registers=REGISTERS)] == [
        ("text", "lena@example.org"),
        ("text", "max (at) example.org"),
        ("link", "max.beispiel%40example.org"),
    ]


def test_without_a_register_every_address_and_number_is_a_strangers() -> None:
    text = "presse@landkreis-musterland.example, 030 23125-100"
    assert words(email, text) == ["presse@landkreis-musterland.example"]
    assert words(phone, text) == ["030 23125-100"]


@pytest.mark.parametrize(
    "text",
    [
        "Notruf 112, Polizei 110, Behördennummer 115, ärztlicher Bereitschaftsdienst 116117",
        "Das Bürgerbüro: 030 23125-115 oder +49 (0)30 23125 115",
        "Zeitraum 01.03.2027-30.06.2027",
        "Der Bus 412 fährt um 17.03, 18.03 und 19.03 Uhr.",
        "Die Kosten stiegen von 2.312.500 auf 3.023.125 Euro.",
    ],
)
def test_official_numbers_emergency_numbers_and_other_figures_are_no_matter(text: str) -> None:
    assert words(phone, text, registers=REGISTERS) == []


def test_a_private_number_is_found_in_text_and_in_the_name_of_a_file() -> None:
    draft = with_pictures(picture("media/anruf_von_015228817386.png"))
    hits = found(phone, "Rückruf bitte unter 0171 3920042.", draft=draft, registers=REGISTERS)
    assert [(one.field, one.words) for one in hits] == [
        ("text", "0171 3920042"),
        ("media[0].file", "015228817386"),
    ]
    assert all("0171" not in one.said and "register of contacts" in one.said for one in hits)


def test_what_can_be_read_in_a_picture_is_looked_at_as_well() -> None:
    shown = with_pictures(picture(shows_text="Ansprechpartnerin: Lena, 0171 3920042, https://wa.me/491713920042"))
    hits = found(phone, "Kommen Sie vorbei!", draft=shown, registers=REGISTERS)
    assert {one.field for one in hits} == {"media[0].shows_text"}
    assert all("Make it unreadable in the picture" in one.said for one in hits)
    assert words(third_party, "Kommen Sie vorbei!", draft=shown) == []


def test_a_partners_number_can_be_registered() -> None:
    text = "Karten gibt es unter 0221 4710-321."
    assert words(phone, text, registers=REGISTERS) == ["0221 4710-321"]
    assert words(phone, text, registers=REGISTERS.with_more(Registers(contacts=("0221 4710 321",)))) == []
