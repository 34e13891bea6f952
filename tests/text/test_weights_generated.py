"""X's way to count, on generated text, against an independent port of X's library.

Left out is only where that port leaves the published rules: `test_weights` says where and pins what kanal does.
"""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kanal.text import weighted_length

from .conftest import Oracle

WORDS = st.sampled_from(
    [
        "Die",
        "Müllabfuhr",
        "kommt",
        "am",
        "Montag",
        "vorbei",
        "So",
        "Es",
        "Bürger*innen",
        "Bürger:innen",
        "z.B.",
        "d.h.",
        "8.00",
        "S.2",
        "„heute“",
        "–",
        "…",
        "€",
        "👍",
        "✓",
        "Straße",
        "bund.de",
        "www.stadt-köln.de",
        "https://www.bund.de/a",
        "https://t.co/Ab1",
        "stadt.koeln",
        "info@stadt.de",
        "@stadt",
        "#Müll",
        "xn--p1ai",
        "example.onion",
        "http://",
        "(https://de.wikipedia.org/wiki/Bonn_(Stadt))",
        "a_b.de",
        "한국",
        "日本.jp",
        "müll.xn--p1ai",
        "e\u0301",
    ]
)
GLUE = st.sampled_from(["", " ", ".", "/", "-", "_", ":", "?", "=", "(", ")", "\n", ",", "@", "#", "\u200e", "&", "80"])


@settings(deadline=None, max_examples=400)
@given(st.lists(st.tuples(WORDS, GLUE), max_size=12))
def test_running_text_with_links_counts_as_in_the_other_port(oracle: Oracle, pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + glue for word, glue in pieces)
    assert weighted_length(text) == oracle(text)


SHARDS = st.sampled_from(
    [
        "a",
        "ü",
        "ß",
        ".",
        ".",
        ".",
        "de",
        "So",
        "koeln",
        "/",
        "-",
        "_",
        "@",
        "#",
        "$",
        " ",
        ":",
        "80",
        "?",
        "=",
        "(",
        ")",
        "https://",
        "HTTP://",
        "t.co/",
        "xn--",
        "한국",
        "„",
        "…",
        "ε",
        "\u200e",
        "\ufeff",
        "+",
        "~",
        "!",
        "&",
        '"',
        "日",
        "。",
        "%",
        "*",
        "👍",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "[",
        "]",
        "vermögensberater",
        "онлайн",
        ";",
    ]
)


@settings(deadline=None, max_examples=800)
@given(st.lists(SHARDS, max_size=14).map("".join))
def test_shards_of_links_in_any_order_count_as_in_the_other_port(oracle: Oracle, text: str) -> None:
    assert weighted_length(text) == oracle(text)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60))
def test_any_characters_count_as_in_the_other_port(oracle: Oracle, text: str) -> None:
    # These make other sequences than those of Unicode 12, or an i of an ı.
    assume(not set(text) & set("ıſ\u200d\ufe0f\u20e3") and not any(0x1F1E6 <= ord(sign) <= 0x1F1FF for sign in text))
    assume(not any(0x1F3FB <= ord(sign) <= 0x1F3FF or 0xE0000 <= ord(sign) <= 0xE007F for sign in text))
    assert weighted_length(text) == oracle(text)


EMOJI = st.sampled_from(
    [
        "😀",
        "👩\u200d👩\u200d👧",
        "👨🏿\u200d🚒",
        "🕵🏻\u200d♂\ufe0f",
        "🏳\ufe0f\u200d🌈",
        "☎\ufe0f",
        "☎",
        "🇩🇪",
        "🇦🇹",
        "1\ufe0f⃣",
        "#\ufe0f⃣",
        "*⃣",
        "❤\ufe0f",
        "©",
        "®",
        "™",
        "‼",
        "♀\ufe0f",
        "⚕",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "👁\ufe0f\u200d🗨\ufe0f",
        "a",
        "1",
        "ä",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(EMOJI, max_size=10).map("".join))
def test_emoji_side_by_side_count_as_in_the_other_port(oracle: Oracle, text: str) -> None:
    assert weighted_length(text) == oracle(text)
