"""Emoji as readers count them, and where they get in the way."""

import pytest

from kanal.detect.emoji import beyond, bullets, emojis, inside_sentences, repeated
from tests.detect.finding import found


@pytest.mark.parametrize(
    "emoji",
    ["🌳", "👩‍👩‍👧‍👦", "👍🏽", "👨🏾‍🚒", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "❤️", "☀", "⚠️", "©️", "🏳️‍🌈", "✔", "📍", "🫠", "🅿️"],
)
def test_what_readers_see_as_one_is_one(emoji: str) -> None:
    assert found(emojis, f"a{emoji} {emoji}b") == [emoji, emoji]


@pytest.mark.parametrize("text", ["", "1 # * 2", "© ™ → ★ • ✓", "☀\ufe0e als Text", "ä ß € „“ –", "𝗔 Ⓐ H₂O", "🇩"])
def test_signs_that_are_text_are_no_emoji(text: str) -> None:
    assert found(emojis, text) == []


def test_only_those_beyond_the_limit_are_too_many() -> None:
    assert beyond("🌳 🇩🇪 👍🏽", 3) == ()
    assert found(lambda text: beyond(text, 2), "🌳 🇩🇪 👍🏽") == ["👍🏽"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Wir feiern 🎉 den Tag der offenen Tür", ["🎉"]),
        ("Wir 🎉🎈 feiern.", ["🎉🎈"]),
        ("Beginn: 🕐 8 Uhr", ["🕐"]),
        ("Wir laden 🎉 Sie und Ihre Kinder ein.", ["🎉"]),
        ("Am Abend 🎉 Feuerwerk", ["🎉"]),
        ("Unser Motto: 🎉 Wir feiern", ["🎉"]),
        ("Sommer im Kopf ☀️ Das Freibad öffnet", []),
        ("Kommt vorbei 🎉!", []),
        ("Kommt vorbei! 🎉", []),
        ("Der Eintritt ist frei. 📚 Mehr im Netz.", []),
        ("„Toll.“ 📚 Mehr im Netz.", []),
        ("Im März pflanzen wir neue. 🌳\n\nMehr", []),
        ("Wir freuen uns 🌳 #Musterbach #Bäume", []),
        ("Wir freuen uns 🌳 https://bund.de", []),
        ("Wir freuen uns 🌳 🌳", []),
        ("🎉 Wir feiern", []),
        ("Zeile\n  🎉 Wir feiern", []),
    ],
)
def test_an_emoji_belongs_at_the_end_of_what_it_is_about(text: str, inside: list[str]) -> None:
    assert found(inside_sentences, text) == inside


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("🎉 Wir feiern", ["🎉"]),
        ("Programm:\n👉 Musik\n\u00a0👉👉 Tanz\n🎈", ["👉", "👉👉"]),
        ("Wir feiern 🎉\n🎉", []),
        ("🎉", []),
        ("🎉 !", []),
    ],
)
def test_an_emoji_with_words_behind_it_at_the_start_of_a_line_is_a_bullet(text: str, lines: list[str]) -> None:
    assert found(bullets, text) == lines


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("👏👏👏 gut", ["👏👏👏"]),
        ("👏 👏", ["👏 👏"]),
        ("👏👍👏", []),
        ("👏 a 👏", []),
        ("👍🏽👍🏿", []),
        ("🇩🇪🇩🇪", ["🇩🇪🇩🇪"]),
    ],
)
def test_the_same_emoji_side_by_side_is_a_repetition(text: str, runs: list[str]) -> None:
    assert found(repeated, text) == runs
