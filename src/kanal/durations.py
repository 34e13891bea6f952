"""Lengths of time as people write them: `6h`, `30 min`, `3 days`. It must not know what they are for."""

import re
from datetime import timedelta
from typing import NamedTuple

from kanal.message import msg
from kanal.schema import refuse

_FORM = re.compile(r"(\d{1,4}) ?(min|minutes?|h|hours?|d|days?|weeks?)")
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


class Duration(NamedTuple):
    """A length of time, and the words in which the office wrote it."""

    length: timedelta
    words: str


def duration(text: str) -> Duration:
    """What `text` means. Raises the refusal of a check (`kanal.schema.refuse`)."""
    words = " ".join(text.split())
    match = _FORM.fullmatch(words)
    if match is None:
        raise refuse(msg("“{text}” is not a length of time. Write it like 30 min, 6h or 3 days.", text=text))
    length = int(match[1]) * _UNITS[match[2][0]]
    if not length:
        raise refuse(msg("A length of time must be greater than zero."))
    return Duration(length, words)
