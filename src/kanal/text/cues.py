"""The times and the language of captions in WebVTT and SubRip. This module must not know the video they belong to.

Sources: WebVTT (W3C), 4.1: hours may be missing, a full stop stands before the milliseconds; SubRip has a comma.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kanal.text.pattern import Pattern

_TIME = r"(?:([0-9]{1,4}):)?([0-9]{2}):([0-9]{2})[.,]([0-9]{3})"
_CUE = Pattern(rf"(?m)^[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}[^\n]*+\n[ \t]*+\S")


_NAMED = Pattern(r".+\.([A-Za-z]{2})(?:-[A-Za-z0-9]+)*\.[A-Za-z]+")


class Cue(NamedTuple):
    """One caption that says something: from when to when, in seconds of the video, and its line in the file from 1."""

    start: float
    end: float
    line: int


def cues(text: str) -> Iterator[Cue]:
    """The captions of a file, in its order; those without words are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for found in _CUE.finditer(text):
        numbers = [int(number or 0) for number in found.groups()]
        yield Cue(_seconds(*numbers[:4]), _seconds(*numbers[4:]), text.count("\n", 0, found.start()) + 1)


def language_named(file_name: str, otherwise: str) -> str:
    """The language of a caption file, in small letters: of `film.de-AT.vtt` de, without one that of `otherwise`."""
    named = _NAMED.fullmatch(file_name)
    return (named[1] if named else otherwise.partition("-")[0]).lower()


def _seconds(hours: int, minutes: int, seconds: int, thousandths: int) -> float:
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
