"""Hashtags of several words, and compounds that are one."""

import pytest

from kanal.detect.hashtag_words import is_long_and_flat, multi_word

KNOWN = ("NachtDerBibliothek", "#StadtRadeln", "Musterstadt", "Feuerwehr")


@pytest.mark.parametrize(
    ("tag", "suggestion"),
    [
        ("stadtverwaltungberlin", "StadtverwaltungBerlin"), ("#stadtverwaltungberlin", "StadtverwaltungBerlin"),
        ("Stadtverwaltungberlin", "StadtverwaltungBerlin"), ("STADTVERWALTUNGBERLIN", "StadtverwaltungBerlin"),
        ("tagderoffenentür", "TagDerOffenenTür"), ("tagderoffenentuer", "TagDerOffenenTuer"),
        ("tagderoffenentür2026", "TagDerOffenenTür2026"), ("tagdesehrenamts", "TagDesEhrenamts"),
        ("landkreisstade", "LandkreisStade"), ("feuerwehrmusterstadt", "FeuerwehrMusterstadt"),
        ("jugendfeuerwehrmusterstadt", "JugendfeuerwehrMusterstadt"), ("musterstadthilft", "MusterstadtHilft"),
        ("lebeninmusterstadt", "LebenInMusterstadt"), ("nordrheinwestfalen", "NordrheinWestfalen"),
        ("nachtderbibliothek", "NachtDerBibliothek"), ("stadtradeln", "StadtRadeln"), ("stayhome", "StayHome"),
        ("flattenthecurve", "FlattenTheCurve"), ("wirbleibenzuhause", "WirBleibenZuhause"),
        ("langenachtdermuseen", "LangeNachtDerMuseen"), ("gemeinsamgegenrassismus", "GemeinsamGegenRassismus"),
    ],
)  # fmt: skip
def test_several_words_get_a_capital_each(tag: str, suggestion: str) -> None:
    assert multi_word(tag, KNOWN) == suggestion


@pytest.mark.parametrize(
    "tag",
    [
        "Tiergarten", "tiergarten", "Kreistagswahl", "kreistagswahl", "Feuerwehr", "polizei110", "gesundheitsamt",
        "Bürgerbüro", "stadtmitte", "sporthalle", "mittagessen", "mitarbeit", "einbahnstraße", "feuerwehrausbildung",
        "starkregen", "altenpflege", "bürgerin", "spielsucht", "gegenverkehr", "europawahl", "Musterstadt", "Berlin",
        "bundestagswahl", "kinderheim", "denkmal", "dienstag", "StadtverwaltungBerlin", "TagDerOffenenTür", "NINA",
        "b73",
        "tag_der_offenen_tür", "", "#", "x" * 500,
    ],
)  # fmt: skip
def test_one_word_and_what_is_not_certain_get_no_suggestion(tag: str) -> None:
    assert multi_word(tag, KNOWN) is None


def test_a_known_word_alone_makes_no_compound_two_words() -> None:
    assert multi_word("jugendfeuerwehr", ("Feuerwehr", "Jugend")) is None


@pytest.mark.parametrize("tag", ["kreisstraßenmeistereiprobendorf", "#Sachbearbeitungbauanträge"])
def test_a_long_tag_without_capitals_can_be_told_without_a_suggestion(tag: str) -> None:
    assert is_long_and_flat(tag)


@pytest.mark.parametrize(
    "tag", ["kreistagswahl", "StadtverwaltungMusterstadtAmSee", "tag_der_offenen_tür_im_rathaus", "1" * 30]
)
def test_short_ones_and_those_with_capitals_are_not_long_and_flat(tag: str) -> None:
    assert not is_long_and_flat(tag)
