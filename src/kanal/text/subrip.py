"""Captions in the form SubRip, which networks know that do not know WebVTT.

Sources: WebVTT (W3C), 4.1 and 4.2.2: blocks are parted by empty lines, the times of one stand in a line with an arrow,
tags are markup or names of speakers. SubRip has no specification; every player knows `<i>`, `<b>` and `<u>`. This
module must not know files, nor any network.
"""

from collections.abc import Sequence
from html import unescape

from kanal.text.pattern import Pattern

_TIMES = Pattern(
    r"[ \t]*(?:([0-9]{1,4}):)?([0-9]{2}):([0-9]{2})[.,]([0-9]{3})[ \t]+-->"
    r"[ \t]+(?:([0-9]{1,4}):)?([0-9]{2}):([0-9]{2})[.,]([0-9]{3}).*"
)
_SPEAKER = Pattern(r"<v(?:\.[^ >]*)?[ \t]+([^>]+)>")
_OTHER_TAG = Pattern(r"<(?!/?[ibu]>)[^>\n]*>")
_BLOCK = Pattern(r"\n[ \t]*\n+")


def as_subrip(captions: str) -> str:
    """The same captions as SubRip, numbered from 1; `captions` are WebVTT or SubRip. Speakers' names stay as text."""
    text = captions.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    blocks = (_block(block.split("\n")) for block in _BLOCK.compiled.split(text))
    said = (block for block in blocks if block)
    return "".join(f"{number}\n{block}\n\n" for number, block in enumerate(said, 1))


def _block(lines: list[str]) -> str:
    """Times and words of a block; nothing for a remark, a style, or a caption without words."""
    for place, line in enumerate(lines):
        times = _TIMES.fullmatch(line)
        if times:
            words = [word for word in map(_plain, lines[place + 1 :]) if word.strip()]
            return "\n".join([f"{_time(times.groups()[:4])} --> {_time(times.groups()[4:])}", *words]) if words else ""
    return ""


def _plain(line: str) -> str:
    named = _SPEAKER.sub(lambda found: f"{found[1].strip()}: ", line)
    return unescape(_OTHER_TAG.sub("", named))


def _time(numbers: Sequence[str | None]) -> str:
    hours, minutes, seconds, thousandths = (number or "0" for number in numbers)
    return f"{int(hours):02}:{minutes}:{seconds},{thousandths}"
