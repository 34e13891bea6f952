"""Emoji, fancy letters, ornaments."""

import pytest

from kanal.rules.accessibility.decoration import check as decoration
from kanal.rules.accessibility.emoji import check as emoji
from kanal.rules.accessibility.fancy_letters import check as fancy
from tests.rules.drafted import found, picture, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kommt! 🎈 Bald! 🎉 Hier! 🎂 Wir! 🎁 Ihr! 🎊", ["🎁"]),
        ("Kommt! 🎈🎈", ["🎈🎈"]),
        ("Das gibt es:\n🎈 Ballons\n🎂 Kuchen", ["🎈"]),
        ("Wir laden 🎈 alle ein.", ["🎈"]),
        ("Wir 🎈 laden 🎂 alle 🎂 ein.", ["🎈"]),
    ],
)
def test_each_kind_of_bad_emoji_is_told_once(text: str, said: list[str]) -> None:
    assert words(emoji, text) == said


@pytest.mark.parametrize(
    "text", ["Kommt alle! 🎈🎉🎂 #Fest", "Wir feiern 👨\u200d👩\u200d👧", "5 © 2026, 3 × 4 → 12", "Nur Text."]
)
def test_few_emoji_at_the_end_are_fine(text: str) -> None:
    assert words(emoji, text) == []


def test_the_option_sets_the_number_of_emoji() -> None:
    assert words(emoji, "Kommt alle! 🎈🎉", most=1) == ["🎉"]


def test_fancy_letters_become_plain_ones() -> None:
    [one] = found(fancy, "Neu: 𝗪𝗶𝗰𝗵𝘁𝗶𝗴! CO₂, 20 m²")
    assert (one.words, one.instead) == ("𝗪𝗶𝗰𝗵𝘁𝗶𝗴", "Wichtig")
    assert [one.field for one in found(fancy, draft={"media": (picture(alt="Ⓦⓘⓝⓣⓔⓡ im Park"),)})] == ["media[0].alt"]


def test_ornaments_are_found_and_lists_are_not() -> None:
    assert words(decoration, "Neu!\n★━━━━━━━★\nAm Montag") == ["★━━━━━━━★"]
    assert words(decoration, "Bitte mitbringen:\n- Ausweis\n- Foto\nMontag – Freitag") == []
