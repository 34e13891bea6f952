"""File references of cases, behind their word; decisions, papers and plans are public."""

import pytest

from kanal.detect.case_numbers import case_numbers
from tests.detect.finding import found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Az. 32.1-123/2026", "32.1-123/2026"),
        ("Az.: 32.1-123/2026.", "32.1-123/2026"),
        ("AZ: 123 Js 456/26", "123 Js 456/26"),
        ("Az 123-45/26", "123-45/26"),
        ("Aktenzeichen: 51 F 123/26", "51 F 123/26"),
        ("unter Angabe des Aktenzeichens 4711/26, danke", "4711/26"),
        ("Das Aktenzeichen lautet 12-34/26.", "12-34/26"),
        ("Az. der Staatsanwaltschaft Stade: 123 Js 456/26", "123 Js 456/26"),
        ("Gz.: III B 4 - 123/26", "III B 4 - 123/26"),
        ("Geschäftszeichen 41-2026-0815", "41-2026-0815"),
        ("Unser Zeichen: 32-Mu/12", "32-Mu/12"),
        ("Kassenzeichen 5.1234.567890.1 angeben", "5.1234.567890.1"),
        ("Vorgangsnummer 2026-12345", "2026-12345"),
        ("Bußgeldnummer: 12.3456.789012.3", "12.3456.789012.3"),
        ("BG-Nummer 12345BG0001234", "12345BG0001234"),
        ("bescheid_az_123-45-26.pdf", "123-45-26"),
        ("Az.\u00a032/26", "32/26"),
        ("Az. 32/26 (Wohngeld)", "32/26"),
    ],
)
def test_a_reference_is_found_behind_its_word(text: str, number: str) -> None:
    assert found(case_numbers, text) == [number]
    assert [hit.kind for hit in case_numbers(text)] == ["case-number"]


@pytest.mark.parametrize(
    "text",
    [
        "VG Köln, 13 K 1419/23",
        "VG Köln, Az. 13 K 1419/23",
        "Az. 13 K 1419/23 (VG Köln)",
        "BVerwG 6 C 15.18",
        "BVerwG, Aktenzeichen 6 C 15.18",
        "Urteil vom 17.07.2025 – 13 K 1419/23",
        "Urteil vom 17.07.2025, Az.: 13 K 1419/23",
        "Das Verwaltungsgericht Stade (Az. 4 A 123/25) hat entschieden.",
        "Az. 1 BvR 2656/18 beim Bundesverfassungsgericht",
        "Entscheidung des Bundesgerichtshofs, Az. I ZR 97/21",
        "Aktenzeichen des Verwaltungsgerichts: 4 A 123/25",
        "AG Stade, Az. 61 C 123/26",
    ],
)
def test_decisions_of_courts_are_public(text: str) -> None:
    assert found(case_numbers, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Drucksache 21-1344",
        "Drs. 1718/4, Az. 12/26",
        "Vergabenummer 2026-012",
        "Ausschreibung, Az. 2026/12",
        "Bebauungsplan 12, Az. 61-26/12",
        "§ 12 Abs. 3 StVO, Art. 5 GG",
        "Bitte das Aktenzeichen angeben.",
        "Aktenzeichen XY … ungelöst",
        "Von A bis Z, AZ Medien 2026",
        "GZ-AB 123",
        "Azubi 2026",
        "Topaz. 2026/27",
        "12.03.2026, 8-12 Uhr",
        "Az. 5",
        "Az 12",
        "",
    ],
)
def test_papers_plans_laws_and_dates_are_no_references(text: str) -> None:
    assert found(case_numbers, text) == []
