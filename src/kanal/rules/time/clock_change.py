"""Rule: no appointment in the hour that a clock change skips or repeats."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from kanal.detect.dates import WrittenDate, dates, meant_day
from kanal.local_time import parse_local
from kanal.message import Message
from kanal.model import Problem, Span
from kanal.rules import Passage, Subject, rule
from kanal.text.pattern import Pattern

_AT_NIGHT = Pattern(
    r"(?<![\d.:])0?(?P<hour>[0-3])(?:[.:](?P<minute>[0-5]\d))?"
    r"(?:\s?Uhr|\s?(?:bis|–|-)\s?[0-2]?\d(?:[.:][0-5]\d)?\s?Uhr)|(?<![\d.:])0(?P<h>[0-3]):(?P<m>[0-5]\d)(?!\d)"
)
_ABOUT_THE_CHANGE = Pattern(
    r"(?i)zeitumstellung|sommerzeit|winterzeit|normalzeit|(?<![^\W\d_])uhren|umgestellt|vorgestellt|zurückgestellt"
)
_SENTENCE_ENDS = Pattern(r"[.!?]\s|\n")
_BEFORE, _BEHIND = 40, 60


@rule("warning")
def check(subject: Subject) -> Iterator[Problem]:
    """A time of day in the text exists on that day, and exists once.

    In the night in which the clocks go forward there is no half past two, and in the one in which they go back there
    are two. Write another time, or say which one is meant. (In the fields of a draft, such times are refused anyway.)

    Posts about the clock change itself are left alone.

    Source: §§ 4 and 5 EinhZeitG; Directive 2000/84/EC.

    Good:
        id: example
        channels: [mastodon]
        text: Die Straße ist am Sonntag, 28. März 2027, ab 3.30 Uhr gesperrt.
    Bad:
        id: example
        channels: [mastodon]
        text: Die Straße ist am Sonntag, 28. März 2027, ab 2.30 Uhr gesperrt.
    """
    out = subject.goes_out
    seen = out.date() if out else None
    zone = subject.office.zone
    for passage in subject.texts():
        written = dates(passage.text)
        years = {one.year for one in written if one.year is not None}
        earlier = (0, *(one.end for one in written))
        meant = ((one, end, meant_day(one, years, seen)) for one, end in zip(written, earlier, strict=False))
        changes = [(one, end, day) for one, end, day in meant if day and _clocks_change(day, zone)]
        if changes and not _ABOUT_THE_CHANGE.search(passage.text):
            for one, last, day in changes:
                begin, end = _beside(one, last, passage.text)
                yield from _impossible_times(passage, begin, end, f"{day}", zone)


@lru_cache(maxsize=512)
def _clocks_change(day: date, zone: ZoneInfo) -> bool:
    hours = (datetime(day.year, day.month, day.day, hour, tzinfo=zone) for hour in (0, 23))
    return len({hour.utcoffset() for hour in hours}) > 1


def _beside(one: WrittenDate, last: int, text: str) -> tuple[int, int]:
    """Where its time of day may stand: behind it, or before it in the sentence if no date ends there (at `last`)."""
    begin = max(0, one.start - _BEFORE)
    begin = max((found.end() for found in _SENTENCE_ENDS.finditer(text, begin, one.start)), default=begin)
    return (one.end if last > begin else begin), one.end + _BEHIND


def _impossible_times(passage: Passage, start: int, end: int, day: str, zone: ZoneInfo) -> Iterator[Problem]:
    for found in _AT_NIGHT.finditer(passage.text, start, end):
        hour, minute = found["hour"] or found["h"], found["minute"] or found["m"] or "00"
        reason = parse_local(f"{day} 0{hour}:{minute}", zone)
        if isinstance(reason, Message):
            yield Problem(passage.field, reason, span=Span(*found.span()))
