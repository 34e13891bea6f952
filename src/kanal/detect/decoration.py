"""Ornaments made of signs: ruled lines, rows of stars, faces and pictures of punctuation.

Screen readers read them out sign by sign. This module must not know letters in disguise (`letters`) or emoji.
"""

from collections.abc import Iterator
from itertools import groupby

from kanal.detect import Hit
from kanal.detect.hits import apart
from kanal.text.pattern import Pattern
from kanal.text.signs import highest

# Arrows, box drawing, blocks, shapes, stars, notes, dingbats (Unicode, code charts), brackets and joints of ornaments,
# and what a keyboard has. Emoji of these ranges count by themselves (`emoji`); dots and “!!!!” are no ornament.
_SIGN = (
    r"[*~=_+#<>|^\\/\u00a4\u00ac\u00af\u00b0\u00b7\u2010-\u2015\u2020-\u2023\u203b\u203f\u2190-\u21ff\u2500-\u25f9\u2605"
    r"\u2606\u2619\u2669-\u266f\u2722-\u2727\u2729-\u2732\u2735-\u2743\u2745\u2746\u2748-\u274b\u2756\u2758-\u275a"
    r"\u2761\u2766\u2767\u2794\u2798-\u27a0\u27a2-\u27af\u0f3a-\u0f3d\ua9c1\ua9c2\u5f61\u30df\uff5e-]"
)
_ROW = Pattern(rf"{_SIGN}(?>(?:[ \u00a0]?{_SIGN}){{3,}})|[★☆✩-✰]{{1,3}}+[彡ミ]|[彡ミ][★☆✩-✰]{{1,3}}+")
_FACE = Pattern(r"(?<!\S)(?=\S{0,20}[ツ◕‿╯╰益ಠʖ︵ᴥ◔ಥ])\S{1,40}+", *"ツ◕‿╯╰益ಠʖ︵ᴥ◔ಥ")
_FIRST_SIGN_OF_A_FACE = "ʖ"
_KEYS = "*~=_+#<>|^\\/\u00a4\u00ac\u00af\u00b0\u00b7-"
"""The signs of `_SIGN` before the first symbol."""
_FIRST_SYMBOL = "\u0f3a"
_FEWEST_IN_A_ROW = 4

_STROKES = frozenset("/\\|_^")
_STROKES_AND_DOTS = _STROKES | frozenset("()<>~=*+#-'`\"[]{}:;.,°´¯@")
_FEWEST_STROKES = 3
_LONGEST_LINE = 200
_SHARE_OF_STROKES = 0.6


def decorated(text: str) -> tuple[Hit, ...]:
    """Ornaments in order: pictures of punctuation over two lines or more, faces (kinds `art`), rows of signs (`row`).

    A row has more than three signs, blanks between them or not: "-----", "★ ☆ ★ ☆"; "★彡" is one, too.
    """
    found = list(_pictures(text))
    if highest(text) >= _FIRST_SIGN_OF_A_FACE:
        found += [Hit(face.start(), face.end(), "art") for face in _FACE.finditer(text)]
    if _may_have_rows(text):
        found += [Hit(row.start(), row.end(), "row") for row in _ROW.finditer(text)]
    return tuple(apart(found))


def _may_have_rows(text: str) -> bool:
    """Whether it is worth searching: most texts hold a hashtag or a hyphen or two, and no symbol."""
    return highest(text) >= _FIRST_SYMBOL or sum(text.count(key) for key in _KEYS if key in text) >= _FEWEST_IN_A_ROW


def _pictures(text: str) -> Iterator[Hit]:
    if not any(map(text.__contains__, _STROKES)):
        return
    for is_drawn, group in groupby(_lines(text), key=lambda line: line[2] is not None):
        block = list(group)
        if is_drawn and len(block) > 1 and any(has_strokes for _, _, has_strokes in block):
            yield Hit(block[0][0], block[-1][1], "art")


def _lines(text: str) -> Iterator[tuple[int, int, bool | None]]:
    """Where each line starts and ends; `None` unless it may be drawn, else whether it has strokes rather than dots."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line), _strokes(line)
        start += len(line) + 1


def _strokes(line: str) -> bool | None:
    if len(line) > _LONGEST_LINE or sum(map(str.isalnum, line)) > (1 - _SHARE_OF_STROKES) * len(line):
        return None
    signs = [sign for sign in line if not sign.isspace()]
    drawn = sum(sign in _STROKES_AND_DOTS for sign in signs)
    if drawn < _FEWEST_STROKES or drawn < _SHARE_OF_STROKES * len(signs) or len(set(signs)) == 1:
        return None
    return not _STROKES.isdisjoint(signs)
