"""Letters in disguise and odd blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.detect.letters import fancy, odd_blanks, plain_letters
from tests.detect.finding import found

_TEXTS = st.text(st.sampled_from("aÄ 1𝗔𝒶ℋⒶ①❶🅐🅰🅿🇩🇪Ａ！\ufe0f\u0308²₂½№"), max_size=20)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("𝗛𝗮𝗹𝗹𝗼 𝗪𝗲𝗹𝘁", "Hallo Welt"),
        ("𝓢𝓸𝓶𝓶𝓮𝓻", "Sommer"),
        ("ℋ𝒶𝓁𝓁ℴ", "Hallo"),
        ("𝗚𝗿ü𝗻", "Grün"),
        ("𝗙𝘂̈𝗿", "Für"),
        ("𝟭𝟮", "12"),
        ("ⒽⒶⓁⓁⓄ", "HALLO"),
        ("🅗🅐🅛🅛🅞", "HALLO"),
        ("🅷🅰🅻🅻🅾", "HALLO"),
        ("①②❸⓫", "12311"),
        ("ＨＡＬＬＯ！", "HALLO!"),
        ("🇭 🇦 🇱 🇱 🇴", "H A L L O"),
    ],
)
def test_a_phrase_of_fancy_letters_is_one_hit_with_a_plain_form(text: str, plain: str) -> None:
    sentence = f"Wir sagen {text} zu allen."
    assert found(fancy, sentence) == [text]
    assert plain_letters(sentence) == f"Wir sagen {plain} zu allen."


@pytest.mark.parametrize(
    "text",
    [
        "H₂O und CO₂",
        "m², km³, 20 °C, ℃",
        "½ Liter, № 5, 3 ‰, ™, ©",
        "Ä Ö Ü ß é ı Ł",
        "🅿️ Parken, Ⓜ️ Bahn, 🅰",
        "🇩🇪 🇫🇷🇵🇱",
        "，。！",
        "",
    ],
)
def test_signs_with_a_meaning_of_their_own_are_not_fancy(text: str) -> None:
    assert found(fancy, text) == []
    assert plain_letters(text) == text


@given(_TEXTS)
def test_plain_letters_leave_nothing_fancy_and_change_nothing_else(text: str) -> None:
    plain = plain_letters(text)
    assert fancy(plain) == ()
    assert (plain == text) == (fancy(text) == ())


def test_odd_blanks_are_told_from_invisible_signs() -> None:
    text = "10\u00a0%\u202f5\u2007a\u200b\u00adb\u2060c\ufeff"
    assert [(text[hit.start : hit.end], hit.kind) for hit in odd_blanks(text)] == [
        ("\u00a0", "blank"),
        ("\u202f", "blank"),
        ("\u2007", "blank"),
        ("\u200b\u00ad", "invisible"),
        ("\u2060", "invisible"),
        ("\ufeff", "invisible"),
    ]


@pytest.mark.parametrize("text", ["ganz normal\n\tText", "👩‍👩‍👧‍👦 👨🏽‍🚒", "עברית \u200f\u200e"])
def test_emoji_and_directions_need_their_signs(text: str) -> None:
    assert odd_blanks(text) == ()
