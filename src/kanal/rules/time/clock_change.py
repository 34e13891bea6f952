"""Rule: no appointment in the hour that a clock change skips or repeats."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from kanal.detect.dates import dates, meant_day
from kanal.local_time import parse_local
from kanal.message import Message
from kanal.model import Problem, Span
from kanal.rules import Passage, Subject, rule
from kanal.text.pattern import Pattern

_AT_NIGHT = Pattern(
    r"(?<![\d.:])0?(?P<hour>[0-3])(?:[.:](?P<minute>[0-5]\d))?\s?Uhr|(?<![\d.:])0(?P<h>[0-3]):(?P<m>[0-5]\d)(?!\d)"
)
_ABOUT_THE_CHANGE = Pattern(
    r"(?i)zeitumstellung|sommerzeit|winterzeit|normalzeit|(?<![^\W\d_])uhren|umgestellt|vorgestellt|zurückgestellt"
)
_BEHIND = 60


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
        meant = ((one, meant_day(one, years, seen)) for one in written)
        changes = [(one, day) for one, day in meant if day and _clocks_change(day, zone)]
        if changes and not _ABOUT_THE_CHANGE.search(passage.text):
            for one, day in changes:
                yield from _impossible_times(passage, one.end, f"{day}", zone)


@lru_cache(maxsize=512)
def _clocks_change(day: date, zone: ZoneInfo) -> bool:
    hours = (datetime(day.year, day.month, day.day, hour, tzinfo=zone) for hour in (0, 23))
    return len({hour.utcoffset() for hour in hours}) > 1


def _impossible_times(passage: Passage, start: int, day: str, zone: ZoneInfo) -> Iterator[Problem]:
    for found in _AT_NIGHT.finditer(passage.text, start, start + _BEHIND):
        hour, minute = found["hour"] or found["h"], found["minute"] or found["m"] or "00"
        reason = parse_local(f"{day} 0{hour}:{minute}", zone)
        if isinstance(reason, Message):
            yield Problem(passage.field, reason, span=Span(*found.span()))
