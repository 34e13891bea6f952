"""Whatever a text holds, the detectors neither fail nor dawdle, and their hits lie inside of it."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kanal.detect.birth_dates import birth_dates, congratulations
from kanal.detect.case_numbers import case_numbers
from kanal.detect.contacts import emails, is_official, phones
from kanal.detect.coordinates import coordinates
from kanal.detect.identifiers import health_insurance_numbers, ibans, id_cards, pension_numbers, tax_ids
from kanal.detect.plates import plates
from tests.detect.finding import Detector

DETECTORS: list[Detector] = [
    birth_dates,
    case_numbers,
    congratulations,
    coordinates,
    emails,
    health_insurance_numbers,
    ibans,
    id_cards,
    pension_numbers,
    phones,
    plates,
    tax_ids,
]
OFFICIAL = ("presse@landkreis.example", "@amt.example", "030 23125-400", "+49 40 66969 *", "115")

_ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300)
_WORDS = [
    "DE02 1203 0000 0000 2020 51", "DE", "86 095 742 719", "15 070649 C 103", "A123456780", "Ausweis L01X00T47",
    "erika", "@", "(at)", "%40", "%20", "example.org", "030 23125-400", "+49", "(0)", "Tel.: ", "wa.me/49", "115",
    "HH-AB 1234", "Auto", "Az. ", "12/26", "VG Köln", "geboren am ", "1.2.1980", "*", "zum 90. Geburtstag",
    "Erna Muster", "gratuliert", "52.5163", ", ", "13.3777", "52° 31' N", "geo:", "0", "1", "٣", "１", "\u200f",
    "\ud800", "\u00a0", "\u202f", "\n", " ", ".", "-", "–", "/", "_", "=", "ä", "ß", "İ", "👍",
]  # fmt: skip
_PIECES = st.lists(st.sampled_from(_WORDS), max_size=30).map("".join)

_REPEATED = [
    "1", "-", "a", "ä", " ", "@", "*", "°", "(", "%20", "\ud800", "\u200f1", "👍",
    "a@", "a.", "a.a@a.a.", "a(at)b(dot)", "a%40b.de_", "a@b.jpg.jpg.", "foto_a@b.de.jpg",
    "a-015228817386.jpg ", "AA11", "DE02 ", "%20DE02%20", "DE02120300000000202051 ", "A1 ",
    "1 ", "1-", "12345678901 ", "86095742719 ", "Steuer 86 095 742 719 ", "15 070649 C 103 ", "A123456780 ",
    "KV A123456780 ", "L01X00T47 ", "Ausweis L01X00T47 ", "030 23125400, ", "030 23125400", "+49 30 23125 400 ",
    "0 ", "(0", "0/0", "Tel.: 23125-400 ", "Tel. ", "wa.me/4915228817386 ", "B B 1 ", "HH-AB 12 Auto ", "HH-AB 1234 ",
    "Az. ", "Az. 1/2 ", "Az.: AB AB AB 1 ", "Aktenzeichen: 1 1 1 1 1 1 ", "Gz.: A A A ", "VG Köln, Az. 1/2 ",
    "geb. 1.2.1980 ", "* 1.2.1980 ", "geboren ", "90. Geburtstag ", "90. Geburtstag Erna Muster ", "Goldene Hochzeit ",
    "Erna Muster ", "Erna Muster wird 90. ", "ist 90 Jahre alt ", "gratuliert der Kreisbibliothek zum 50. Geburtstag ",
    "1.2345 ", "52.5163, 13.3777 ", "52.5163,", "52° 30' ", "lat=52.5163&", "geo:",
]  # fmt: skip


@pytest.mark.parametrize("detect", DETECTORS)
@given(text=_ANYTHING | _PIECES)
@example(text="\ud800" * 50)
@example(text="\u200f1" * 50)
def test_hits_lie_apart_in_order_and_inside_of_any_text(detect: Detector, text: str) -> None:
    position = 0
    for hit in detect(text):
        assert position <= hit.start < hit.end <= len(text)
        position = hit.end


@given(_ANYTHING | _PIECES, st.lists(_ANYTHING, max_size=3))
def test_any_contact_can_be_compared_with_any_register(found: str, register: list[str]) -> None:
    assert is_official(found, (*OFFICIAL, *register)) in (True, False)


@pytest.mark.parametrize("detect", DETECTORS)
def test_no_text_takes_longer_than_50_milliseconds_per_kilobyte(detect: Detector) -> None:
    for piece in _REPEATED:
        text = (piece * 20_000)[:20_000]
        started = time.process_time()
        detect(text)
        assert time.process_time() - started < len(text) / 1000 * 0.050, piece


@pytest.mark.parametrize("detect", DETECTORS)
@pytest.mark.parametrize(
    "text", ["1" * 100_000, "DE02 " * 20_000, "a@" * 50_000, "a%40b.de_" * 11_000, "-" * 100_000, "Az. " * 25_000]
)
def test_a_hundred_thousand_characters_are_no_trouble(detect: Detector, text: str) -> None:
    started = time.process_time()
    hits = detect(text)
    assert time.process_time() - started < 5.0
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
