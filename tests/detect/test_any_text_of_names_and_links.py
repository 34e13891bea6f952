"""Whatever a text holds, the detectors of names, addresses, links and signs neither fail nor dawdle."""

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kanal.detect.addresses import addresses
from kanal.detect.decoration import decorated
from kanal.detect.emoji import beyond, bullets, emojis, inside_sentences, repeated
from kanal.detect.gender_signs import gender_signs
from kanal.detect.hashtag_words import is_long_and_flat, multi_word
from kanal.detect.letters import fancy, odd_blanks, plain_letters
from kanal.detect.links import links_in, redirector, third_party_service, tracking, without_tracking
from kanal.detect.people import people
from tests.detect.finding import Detector

DETECTORS: dict[str, Detector] = {
    "people": people,
    "people with a register": lambda text: people(text, ("Dr. Sabine Muster", text[:50])),
    "addresses": addresses,
    "addresses with a register": lambda text: addresses(text, ("Marktplatz 1, 12345 Musterstadt", text[:50])),
    "links": links_in,
    "fancy": fancy,
    "blanks": odd_blanks,
    "decorated": decorated,
    "emojis": emojis,
    "beyond": lambda text: beyond(text, 3),
    "inside": inside_sentences,
    "bullets": bullets,
    "repeated": repeated,
    "gender": gender_signs,
}
OTHERS: dict[str, Callable[[str], object]] = {
    "tracking": tracking,
    "without_tracking": without_tracking,
    "redirector": redirector,
    "third_party_service": third_party_service,
    "plain_letters": plain_letters,
    "multi_word": lambda text: multi_word(text, ("Musterstadt", text[:50])),
    "is_long_and_flat": is_long_and_flat,
}

_ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300)
_WORDS = [
    "Herr", "Frau ", "Dr.", "Prof. ", "Anna", "Müller", "von", "der", "Rosa", "Landrätin", "-Straße", "Schule", "’",
    "Am ", "An der ", "Markt", "Lindenallee", "Straße", "str.", "des ", "17.", "Juni", "12", " 3a", "–", "12345 Ort",
    "https://", "www.", "bund.de", "bit.ly/", "?", "#", "utm_a=1", "&amp;", "(", ")", "@", "/", "_", "*", ":", "·",
    "innen", "In", "r", "Bürger", "𝗔", "Ⓐ", "🇩", "🇪", "🅰", "Ａ", "\ufe0f", "\u20e3", "\u200d", "👍",
    "🏽", "👩", "\u0308",
    "\ud800", "\u200f", "\u00a0", "\u202f", "\u200b", "\n", " ", ".", "-", "=", "★", "彡", "ツ", "|", "ß", "İ", "ǅ",
    "stadt", "berlin", "tag", "offenen",
]  # fmt: skip
_PIECES = st.lists(st.sampled_from(_WORDS), max_size=30).map("".join)
_TEXTS = _ANYTHING | _PIECES

_REPEATED = [
    "a", "ä", "1", " ", "\n", "-", ".", "A", "\ud800", "\u0308", "\u200b", "𝗔", "👍", "🇩",
    "👩\u200d", "ツ", "★", "_", "*",
    "A ", "A-", "A'", "Anna ", "Anna-", "Anna M. ", "Herr ", "Dr. ", "Herr Dr. ", "Frau Müller ", "von ",
    "Anna von der ",
    "Anna Müller Schule ", "Landrätin ", "Rosa ", "Am 1 ", "A 1 ", "a 1 ", "Am Markt 3 ", "Lindenallee 12, ",
    "Straße der ",
    "12345 A ", "An der 1 ", "str.1", "Weg 1-2 ", " 1a", "https://", "http://a", "a.de ", "a.", "www.", "www.a",
    ".example",
    "a.example", "(https://a", "https://a)", "?utm_a=1", "&utm_a", "#utm_a=1", ";", "&amp;", "%41=1&", "://", "@",
    "*in",
    "Bürger*innen ", "Bürger-", ":innen", "In", "aIn", "Innen", "/-", "a_in", "🇩🇪", "1\u20e3", "🎉 a", "🎉\n", "🎉 #a ",
    "- ",
    "1.", "52.5", "*1.1.", "geb.1.1.",
    "/\\\n", "( o.o )\n", "(a)\n", "stadt", "tagder", "berlin", "s", "en", "𝗔 ", "𝗔aaa", "Ａ！", "🇩 ", "\u00a0a",
]  # fmt: skip


@pytest.mark.parametrize("name", DETECTORS)
@given(text=_TEXTS)
@example(text="\ud800" * 50)
@example(text="\u200f1" * 50)
def test_hits_lie_apart_in_order_and_inside_of_any_text(name: str, text: str) -> None:
    position = 0
    for hit in DETECTORS[name](text):
        assert position <= hit.start < hit.end <= len(text)
        position = hit.end


@pytest.mark.parametrize("name", OTHERS)
@given(text=_TEXTS)
def test_every_other_function_takes_any_text(name: str, text: str) -> None:
    OTHERS[name](text)


def _seconds(run: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    run(text)
    return time.process_time() - started


@pytest.mark.parametrize("name", [*DETECTORS, *OTHERS])
def test_no_text_takes_longer_than_50_milliseconds_per_kilobyte(name: str) -> None:
    run = (DETECTORS | OTHERS)[name]
    for piece in _REPEATED:
        text = (piece * 10_000)[:10_000]
        assert min(_seconds(run, text) for _ in range(2)) < len(text) / 1000 * 0.050, piece


@pytest.mark.parametrize("name", [*DETECTORS, *OTHERS])
@pytest.mark.parametrize(
    "piece", ["1", "a", "Anna ", "Am Markt 3 ", "https://a.de/?utm_a=1 ", "👍 a", "Bürger*innen ", "- "]
)
def test_a_hundred_thousand_characters_are_no_trouble(name: str, piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    (DETECTORS | OTHERS)[name](text)
    assert time.process_time() - started < 5.0
