import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kanal.config.policy import PACKS
from kanal.detect.parties import parties

NAMES = tuple(yaml.safe_load((PACKS / "default.yaml").read_text(encoding="utf-8"))["registers"]["parties"])


def _found(text: str, names: tuple[str, ...] = NAMES) -> list[str]:
    return [text[hit.start : hit.end] for hit in parties(text, names)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die CDU-Fraktion lädt ein.", ["CDU"]),
        ("ein SPD-geführtes Haus", ["SPD"]),
        ("CDU/CSU und AfD", ["CDU", "CSU", "AfD"]),
        ("Bündnis 90/Die Grünen", ["Bündnis 90/Die Grünen"]),
        ("BÜNDNIS\u00a090 / DIE GRÜNEN", ["BÜNDNIS\u00a090 / DIE GRÜNEN"]),
        ("Das fordern die Grünen im Kreistag.", ["die Grünen"]),
        ("„Die Grünen“", ["Die Grünen"]),
        ("eine Grünen-Chefin", ["Grünen"]),
        ("Antrag der Grünen", ["Antrag der Grünen"]),
        ("Die Linke fordert mehr Busse.", ["Die Linke"]),
        ("Antrag der Linken", ["Antrag der Linken"]),
        ("die Vorsitzende der Linken", ["Vorsitzende der Linken"]),
        ("die Volt-Fraktion", ["Volt"]),
        ("Die PARTEI", ["Die PARTEI"]),
        ("Anfrage der Freien Wähler", ["Freien Wähler"]),
        ("Das BSW stimmt zu.", ["BSW"]),
        ("#CDU #SPDMusterstadt", ["CDU", "SPDMusterstadt"]),
        ("@spd_musterland @gruene_musterstadt @die_linke", ["spd_musterland", "gruene_musterstadt", "die_linke"]),
        ("https://www.cdu.example/termine", ["cdu"]),
    ],
)
def test_a_party_is_found_as_word_compound_tag_and_site(text: str, found: list[str]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Die Grüne Tonne wird am Montag geleert.",
        "Grüne Welle auf der B 73",
        "die Grünen Damen im Krankenhaus",
        "Ein Tag im Grünen",
        "Der Ausflug führt ins Grüne.",
        "Grüne und gelbe Tonnen",
        "Linke Spur gesperrt",
        "Die Linke Spur ist gesperrt.",
        "die linke Straßenseite",
        "zu seiner Linken",
        "Frau Linke aus dem Bürgerbüro",
        "230 Volt",
        "Die Partei, die das Grundstück kauft",
        "Bündnis für Familie",
        "Freie Wählerinnen und Wähler",
        "freie Wähler",
        "ab der 12. SSW",
        "in der SSW 20",
        "der Verband BSW-Solar",
        "Piraten in der Bibliothek",
        "Europäische Union",
        "afd",
        "#LinkedIn #GrüneWoche #Volt",
        "@linkedin",
        "https://www.landkreis-musterland.example/gruene-tonne",
        "presse@spdb.example",
    ],
)
def test_ordinary_words_are_no_parties(text: str) -> None:
    assert _found(text) == []


def test_an_offices_own_groups_are_found_as_they_are_written() -> None:
    assert _found("Die Bürgerliste Musterstadt lädt ein.", ("Bürgerliste Musterstadt",)) == ["Bürgerliste Musterstadt"]
    assert _found("#BuergerlisteMusterstadt", ("Bürgerliste Musterstadt",)) == ["BuergerlisteMusterstadt"]
    assert _found("Die CDU lädt ein.", ()) == []


def test_a_group_may_have_a_name_without_letters() -> None:
    assert _found("Die Gruppe 1848 lädt ein.", ("1848", "CDU")) == ["1848"]


@given(st.lists(st.sampled_from([*NAMES, "#", "@", "//", " ", "-Fraktion", "die ", "\ud800", "ẞ", "İ"])))
def test_hits_lie_in_the_text_one_after_the_other(pieces: list[str]) -> None:
    text, end = "".join(pieces), 0
    for hit in parties(text, NAMES):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end
