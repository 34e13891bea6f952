"""Account, tax, pension, health insurance and identity card numbers: official specimens and tempting look-alikes."""

from re import findall
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import numdb

from kanal.detect.check_digits import IBAN_DIGITS, IBAN_LENGTHS
from kanal.detect.identifiers import health_insurance_numbers, ibans, id_cards, pension_numbers, tax_ids
from tests.detect.finding import found

IBAN = "DE02120300000000202051"


@pytest.mark.parametrize(
    "written",
    [
        IBAN,
        "DE02 1203 0000 0000 2020 51",
        "DE02\u00a01203\u00a00000\u00a00000\u00a02020\u00a051",
        "DE02\u202f1203\u202f0000\u202f0000\u202f2020\u202f51",
        "DE02-1203-0000-0000-2020-51",
        "de02 1203 0000 0000 2020 51",
        "DE 02 120 300 00 0000 2020 51",
        "DE02 1203 0000\n0000 2020 51",
        "DE02%201203%200000%200000%202020%2051",
        "DE02+1203+0000+0000+2020+51",
        "DE%2002%201203%200000%200000%202020%2051",
        "DE_%2002%201203%200000%200000%202020%2051",
        "NO%209386011117947",
        "GB%2029%20NWBK%206016%201331%209268%2019",
        "GB29 NWBK 6016 1331 9268 19",
        "NL91ABNA0417164300",
        "AT611904300234573201",
        "CH9300762011623852957",
        "FR1420041010050500013M02606",
    ],
)
def test_an_iban_is_found_however_it_is_grouped(written: str) -> None:
    assert found(ibans, f"Bitte auf {written} überweisen.") == [written]


@pytest.mark.parametrize(
    "text",
    [
        f"Bescheid_{IBAN}.jpg",
        f"https://landkreis.example/zahlen?iban={IBAN}&betrag=5",
        f"IBAN{IBAN}",
        f"({IBAN})",
        f"{IBAN}EUR",
    ],
)
def test_an_iban_is_found_in_file_names_and_links(text: str) -> None:
    assert found(ibans, text) == [IBAN]


def test_a_blank_of_a_link_before_an_iban_is_no_part_of_it() -> None:
    number = "NL%2091%20ABNA%200417%201643%2000"
    assert found(ibans, f"https://landkreis.example/?zweck=Konto%20{number}") == [number]


def test_a_belgian_iban_counts_whether_or_not_its_bank_is_known() -> None:
    assert found(ibans, "Konto BE68 5390 0754 7034") == ["BE68 5390 0754 7034"]


def test_two_ibans_in_a_row_are_two_hits() -> None:
    assert found(ibans, f"{IBAN} oder {IBAN}") == [IBAN, IBAN]


def test_an_iban_after_a_look_alike_is_found() -> None:
    assert found(ibans, f"am 12 {IBAN}") == [IBAN]


@pytest.mark.parametrize(
    "text",
    [
        "DE02120300000000202052",
        "DE0212030000000020205",
        "DE021203000000002020511",
        "DE02 1203 XXXX XXXX XX20 51",
        "DE00 0000 0000 0000 0000 00",
        "Die IBAN hat in Deutschland 22 Stellen.",
        "xGB29NWBK60161331926819",
        "GB29NWBK60161331926819x",
        "ISIN DE0005140008",
        "am 12 03 2026 um 14 00 Uhr im Raum 123 456 789 012",
        "",
    ],
)
def test_what_only_looks_like_an_iban_is_none(text: str) -> None:
    assert found(ibans, text) == []


@given(st.integers(0, 10**18 - 1))
def test_an_iban_with_one_wrong_digit_is_none(account: int) -> None:
    right = 98 - int(f"{account:018}131400") % 97
    assert found(ibans, f"DE{right:02}{account:018}") == [f"DE{right:02}{account:018}"]
    assert found(ibans, f"DE{right:02}{(account + 1) % 10**18:018}") == []


@pytest.mark.parametrize(
    "text",
    [
        "86 095 742 719",
        "47\u00a0036\u00a0892\u00a0816",
        "47-036-892-816",
    ],
)
def test_a_tax_id_in_its_usual_groups_needs_no_word_beside_it(text: str) -> None:
    assert found(tax_ids, f"Es geht um {text}.") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Ihre Steuer-ID lautet 86095742719.",
        "IdNr. 86095742719",
        "Steuerliche Identifikationsnummer: 86095742719",
        "Steuerbescheid_86095742719.pdf",
        "https://amt.example/?steuerid=86095742719",
        "86095742719 (so das Finanzamt)",
    ],
)
def test_a_bare_tax_id_is_found_beside_a_word_for_taxes(text: str) -> None:
    assert found(tax_ids, text) == ["86095742719"]


@pytest.mark.parametrize(
    "text",
    [
        "Vorgang 86095742719",
        "Die Auftragsnummer 86095742719 bitte angeben",
        "Bestellung beim Finanzamt: Auftragsnummer 86095742719",
        "https://presse.example/86095742719",
        "86 095 742 719 Euro",
        "86.095.742.719 Euro",
        "+49 86 095 742 719",
        "12 86 095 742 719",
        "Steuer-ID 86095742718",
        "Steuer-ID 06095742719",
        "Steuer 2026: 12.345.678.901 Euro",
        "Steuer-ID 11111111111",
        "Steuer-ID 860957427190",
    ],
)
def test_eleven_digits_by_chance_are_no_tax_id(text: str) -> None:
    assert found(tax_ids, text) == []


@pytest.mark.parametrize(
    "written",
    ["15070649C103", "15 070649 C 103", "65 180539 W 001", "65180539W001", "15-070649-C-103", "15 07 06 49 C 10 3"],
)
def test_a_pension_number_is_found_however_it_is_grouped(written: str) -> None:
    assert found(pension_numbers, f"RV-Nr. {written} nicht veröffentlichen") == [written]
    assert found(pension_numbers, f"scan_{written}.jpg") == [written]


def test_a_pension_number_in_small_letters_is_found() -> None:
    assert found(pension_numbers, "?rv=15070649c103") == ["15070649c103"]


@pytest.mark.parametrize(
    "text",
    ["15070649C104", "15 070649 D 103", "15 320649 C 103", "15 071349 C 103", "A15070649C103", "15070649C1034", ""],
)
def test_a_wrong_check_digit_or_birthday_is_no_pension_number(text: str) -> None:
    assert found(pension_numbers, text) == []


@pytest.mark.parametrize("text", ["A123456780", "Karte_A123456780.jpg", "Ihre Nummer A123456780 liegt vor."])
def test_a_health_insurance_number_is_found(text: str) -> None:
    assert found(health_insurance_numbers, text) == ["A123456780"]


@pytest.mark.parametrize("written", ["A 123 456 780", "a123456780", "A123-456-780", "A%201234567%2080"])
def test_one_that_is_grouped_or_small_is_found_beside_a_word(written: str) -> None:
    assert found(health_insurance_numbers, f"Versichertennummer {written}") == [written]
    assert found(health_insurance_numbers, f"Stand {written}") == []


@pytest.mark.parametrize(
    "text",
    [
        "A123456781",
        "Bestellnummer A123456780",
        "Drucksache A123456780",
        "https://zeitung.example/a123456780",
        "https://zeitung.example/artikel=A123456780",
        "BA123456780",
        "A1234567801",
        "Halle A 123 456 780 Besucher",
    ],
)
def test_a_letter_with_nine_digits_by_chance_is_none(text: str) -> None:
    assert found(health_insurance_numbers, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Personalausweis L01X00T47", "L01X00T47"),
        ("Reisepass Nr. C01X00T47", "C01X00T47"),
        ("Pass-Nr.: C01X 00T47", "C01X 00T47"),
        ("Ausweisnummer L01 X00 T47", "L01 X00 T47"),
        ("ausweis_l01x00t47.jpg", "l01x00t47"),
        ("https://amt.example/?ausweis=L01X00T47", "L01X00T47"),
        ("L01X00T47 (Perso)", "L01X00T47"),
        ("Ausweis: L01X00T471", "L01X00T471"),
        ("IDD<<L01X00T471<<<<<<<<<<<<<<<", "L01X00T471"),
        ("Aufenthaltstitel YZ1C40F27 verlängert", "YZ1C40F27"),
    ],
)
def test_the_official_specimens_are_found_beside_their_word(text: str, number: str) -> None:
    assert found(id_cards, text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "L01X00T47",
        "Drucksache L01X00T47",
        "Personalausweis online beantragen",
        "Ausweis ab 123456789",
        "Der Ausweis kostet 37,00 Euro",
        "Ausweis L01X00T4",
        "Ausweis L01X00T4723",
        "Ausweis XXL01X00T47",
        "Engpass L01X00T47",
        "Ausweis FÜHRUNGEN",
        "Reisepass KGRTPLMNX",
    ],
)
def test_nine_signs_without_their_word_or_shape_are_no_id_card(text: str) -> None:
    assert found(id_cards, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ISBN 978-3-16-148410-0",
        "Drucksache 21-1344 und Drs. 1718/4",
        "§ 12 Abs. 3 Satz 1 BauGB",
        "1.234.567,89 Euro",
        "VG Köln, 13 K 1419/23",
        "Vergabenummer 2026/S 012-123456",
        "Mo–Fr 8–12 Uhr, Do 14–18 Uhr",
        "am 12.03.2026 um 19:30 Uhr",
        "Tel. 030 23125-400",
        "Flurstück 123/45, Flur 6",
        "PLZ 01067 bis 99998",
    ],
)
def test_the_numbers_of_everyday_administration_are_no_identifiers(text: str) -> None:
    for detect in (ibans, tax_ids, pension_numbers, health_insurance_numbers, id_cards):
        assert found(detect, text) == []
        assert found(detect, f"Personalausweis, Steuer, Krankenkasse: {text}") == []


def test_every_hit_bears_the_name_of_its_kind() -> None:
    kinds = [
        (ibans, IBAN, "iban"),
        (tax_ids, "86 095 742 719", "tax-id"),
        (pension_numbers, "15070649C103", "pension-number"),
        (health_insurance_numbers, "A123456780", "health-insurance-number"),
        (id_cards, "Ausweis L01X00T47", "id-card"),
    ]
    for detect, text, kind in kinds:
        assert [hit.kind for hit in detect(text)] == [kind]


def test_the_countries_are_those_of_the_library() -> None:
    known = numdb.get("iban")
    pairs = {first + second for first in ascii_uppercase for second in ascii_uppercase}
    about = {pair: known.info(f"{pair}00")[0][1].get("bban", "") for pair in pairs}
    lengths = {pair: 4 + sum(map(int, findall("[0-9]+", bban))) for pair, bban in about.items() if bban}
    assert lengths == IBAN_LENGTHS
    assert {pair for pair, bban in about.items() if bban and not {"a", "c"} & {*bban}} == IBAN_DIGITS.keys()
