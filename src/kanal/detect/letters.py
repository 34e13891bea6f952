"""Letters and blanks that are not what they look like: mathematical “bold”, circled letters, no-break blanks.

Screen readers skip them or spell them out, searches do not find them. This module must not know who may use which of
them; ornaments made of ordinary signs stand in `decoration`.
"""

import re
import unicodedata

from kanal.detect import Hit
from kanal.detect.decoration import decorated
from kanal.text.pattern import Pattern

__all__ = ["decorated", "fancy", "odd_blanks", "plain_letters"]

# Mathematical letters and those of Letterlike Symbols that fill their gaps (ℋ, ℴ); enclosed letters and numbers
# (Enclosed Alphanumerics and their supplement, Dingbats); full width. ½, №, ², ₂, ℃, ™ are none of them (Unicode, code
# charts).
_GAPS = "\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2131\u2133\u2134\u2145-\u2149"
_RANGES = (
    rf"\U0001d400-\U0001d7ff{_GAPS}\u2460-\u24ff\u2776-\u2793\U0001f110-\U0001f12b\U0001f130-\U0001f189\uff01-\uff5e"
)
_LETTER = rf"(?:[{_RANGES}][\u0300-\u036f\ufe0f]*+)"
# Two regional indicators are a flag; one that is left over is a letter in a frame.
_FRAME = "[\U0001f1e6-\U0001f1ff]"
_LONELY_FRAME = rf"(?:(?<!{_FRAME}){_FRAME}(?>(?:{_FRAME}{_FRAME})*)(?!{_FRAME}))"
_SIGN = rf"(?:{_LETTER}|{_LONELY_FRAME})"
_SIGNS = Pattern(_SIGN)
_RUN = Pattern(rf"{_SIGN}(?>(?:(?:[^\W\d_]|[ \u00a0]){{0,3}}?{_SIGN})*)")
_EMOJI = frozenset("Ⓜ🅰🅱🅾🅿")
_VARIATION = "\ufe0f"

_FIRST_FRAME = 0x1F1E6
_WITHOUT_DECOMPOSITION = ((0x1F150, 0x1F169), (0x1F170, 0x1F189), (_FIRST_FRAME, 0x1F1FF))
"""White on black and regional indicators: 26 letters each, which NFKC leaves as they are."""

_ODD = Pattern(r"(?P<blank>[\u00a0\u2000-\u200a\u202f\u205f]++)|(?P<invisible>[\u00ad\u200b\u2060\ufeff]++)")


def fancy(text: str) -> tuple[Hit, ...]:
    """Runs of letters from mathematics, in circles and boxes, or of full width (kind `fancy`), a phrase as one hit.

    Emoji (Ⓜ️, 🅿️) alone, flags, and full-width punctuation without a letter are none.
    """
    if text.isascii():
        return ()
    return tuple(Hit(run.start(), run.end(), "fancy") for run in _RUN.finditer(text) if _is_fancy(run[0]))


def plain_letters(snippet: str) -> str:
    """`snippet` with the fancy letters as ordinary ones (NFKC, Unicode Annex #15); everything else stays as it is."""
    return _RUN.sub(lambda run: _SIGNS.sub(_plain, run[0]) if _is_fancy(run[0]) else run[0], snippet)


def odd_blanks(text: str) -> tuple[Hit, ...]:
    """Blanks of another kind than the space bar's (kind `blank`) and signs without width (kind `invisible`).

    The joiner inside emoji (U+200D) and marks of direction are none.
    """
    return tuple(Hit(found.start(), found.end(), str(found.lastgroup)) for found in _ODD.finditer(text))


def _is_fancy(run: str) -> bool:
    """Whether there is a letter or number among the fancy signs, and more than an emoji that shows one."""
    if run.strip(_VARIATION) in _EMOJI:
        return False
    return any(sign.isalnum() for found in _SIGNS.finditer(run) for sign in _plain(found))


def _plain(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", "".join(map(_plain_sign, found[0])))


def _plain_sign(sign: str) -> str:
    for first, last in _WITHOUT_DECOMPOSITION:
        if first <= ord(sign) <= last:
            return chr(ord("A") + ord(sign) - first)
    if sign == _VARIATION:
        return ""
    plain = unicodedata.normalize("NFKC", sign)
    number = unicodedata.numeric(sign, None)
    return f"{number:.0f}" if plain == sign and number is not None else plain
