"""Emoji as readers see them: a flag, a family or a hand with a skin tone is one.

The `emoji` package is not used, because its import takes longer (0.16 s) than a whole lint. This module must not know
how many emoji are too many.
"""

from collections.abc import Iterator

from kanal.detect import Hit
from kanal.detect.surroundings import BLANK
from kanal.text.pattern import Pattern

# Emoji_Presentation, and of the others those of Miscellaneous Symbols and Dingbats, which phones show as emoji anyway
# (Unicode 17, emoji-data.txt). Beyond the BMP whole blocks, so that next year's emoji count, too.
_PICTURE = (
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620\u2622\u2623"
    "\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e\u267f"
    "\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26ce\u26cf"
    "\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f\u2712\u2714\u2716\u271d"
    "\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c"
    "\u2b50\u2b55\U0001f004\U0001f0cf\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a\U0001f201"
    "\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f64f\U0001f680-\U0001f6ff"
    "\U0001f7e0-\U0001f7f0\U0001f900-\U0001f9ff\U0001fa70-\U0001faff]"
)
_TEXT_BY_DEFAULT = (
    "[\xa9\xae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u2328\u23cf\u23ed-\u23ef\u23f1\u23f2\u23f8-\u23fa\u24c2"
    "\u25aa\u25ab\u25b6\u25c0\u25fb\u25fc\u27a1\u2934\u2935\u2b05-\u2b07\u3030\u303d\u3297\u3299]"
)
_TAGS = "(?:[\U000e0020-\U000e007e]++\U000e007f)?"
_ONE = rf"(?:{_PICTURE}(?!\ufe0e)\ufe0f?[\U0001f3fb-\U0001f3ff]?{_TAGS}|{_TEXT_BY_DEFAULT}\ufe0f)"
# UTS #51, section 1.4.9: flags, keycaps, and what a zero-width joiner binds together.
_EMOJI = Pattern(rf"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_ONE}(?>(?:\u200d{_ONE})*)")
_BETWEEN = Pattern(rf"{BLANK}*+")

_ENDS = frozenset(".!?…")
_CLOSING = " \t\u00a0\u202f\"'“”‘’»«)]}"
_MARGIN = 300
"""How far to look for the ends of a sentence; a longer line without one is not searched to its end."""

_ONLY_TAGS_AND_LINKS = Pattern(r"(?>(?:\s*+(?:[#@]\S++|https?://\S++|www\.\S++))*)\s*+")
_WORD = Pattern(r"[^\W_]")
# Small words have a capital where a sentence begins. “Sie” and “Ihr” have it everywhere.
_BEGINNING = Pattern(
    r"(?:Ab|Alle|Am|Auch|Auf|Bei|Bitte|Da|Das|Der|Die|Dort|Ein|Eine|Es|Für|Hier|Im|In|Jetzt|Mehr|Mit|Nach|Und|Von|Wann|Warum"
    r"|Was|Wenn|Wer|Wie|Wir|Wo|Zu|Zum|Zur)\s"
)
_GOES_ON_BEHIND = (":", ",", ";", "(")


def emojis(text: str) -> tuple[Hit, ...]:
    """Every emoji (kind `emoji`), each as the one sign that readers see."""
    if text.isascii():
        return ()
    return tuple(Hit(found.start(), found.end(), "emoji") for found in _EMOJI.finditer(text))


def beyond(text: str, most: int) -> tuple[Hit, ...]:
    """The emoji that are too many if `most` are allowed."""
    return emojis(text)[most:]


def bullets(text: str) -> tuple[Hit, ...]:
    """Emoji at the start of a line with words behind them; several side by side are one hit."""
    return tuple(hit for hit in _groups(text) if _starts_line(text, hit) and _WORD.search(_rest_of_line(text, hit.end)))


def inside_sentences(text: str) -> tuple[Hit, ...]:
    """Emoji behind which their sentence goes on; several side by side are one hit.

    Those at the start of a line (`bullets`) are not meant, nor those that only hashtags or links follow.
    """
    return tuple(
        hit
        for hit in _groups(text)
        if not _starts_line(text, hit) and not _ends_before(text, hit.start) and _goes_on(text, hit.end)
        if not _stands_for_a_full_stop(text, hit)
    )


def repeated(text: str) -> tuple[Hit, ...]:
    """The same emoji two times or more side by side, as one hit."""
    hits: list[Hit] = []
    last = ""
    for emoji in emojis(text):
        sign = text[emoji.start : emoji.end]
        if hits and sign == last and _touches(text, hits[-1], emoji):
            hits[-1] = Hit(hits[-1].start, emoji.end, "emoji")
        else:
            hits.append(emoji)
        last = sign
    return tuple(hit for hit in hits if len(_EMOJI.compiled.findall(text, hit.start, hit.end)) > 1)


def _groups(text: str) -> Iterator[Hit]:
    group: Hit | None = None
    for emoji in emojis(text):
        if group and _touches(text, group, emoji):
            group = Hit(group.start, emoji.end, "emoji")
            continue
        if group:
            yield group
        group = emoji
    if group:
        yield group


def _touches(text: str, before: Hit, after: Hit) -> bool:
    return _BETWEEN.compiled.fullmatch(text, before.end, after.start) is not None


def _starts_line(text: str, hit: Hit) -> bool:
    before = text[max(0, hit.start - _MARGIN) : hit.start].rstrip(" \t\u00a0\u202f")
    return before.endswith("\n") or (not before and hit.start < _MARGIN)


def _ends_before(text: str, start: int) -> bool:
    before = text[max(0, start - _MARGIN) : start].rstrip(_CLOSING)
    return not before or before[-1] in _ENDS


def _stands_for_a_full_stop(text: str, hit: Hit) -> bool:
    """Whether the next sentence begins behind the emoji, as in “Toll 🎉 Der Eintritt ist frei”."""
    if text[: hit.start].rstrip(_CLOSING).endswith(_GOES_ON_BEHIND):
        return False
    return _BEGINNING.compiled.match(_rest_of_line(text, hit.end).lstrip(_CLOSING)) is not None


def _goes_on(text: str, end: int) -> bool:
    rest = _rest_of_line(text, end).lstrip(_CLOSING)
    if not rest or rest[0] in _ENDS or _ONLY_TAGS_AND_LINKS.fullmatch(rest):
        return False
    return _WORD.search(rest) is not None


def _rest_of_line(text: str, start: int) -> str:
    return text[start : start + _MARGIN].partition("\n")[0]
