"""Rule: “heute” and “morgen” are still right when the post is read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from kanal.detect.dates import WEEKDAY, WrittenDate, dates, in_words, possible_days, weekday_of
from kanal.detect.relative_days import RelativeDay, Unit, relative_days
from kanal.message import Message, msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_SEPARATION = r"[\s,;:(–-]{0,4}(?:(?:am|den|dem|der|also(?: am)?)\s)?\(?"
_BETWEEN = Pattern(_SEPARATION)
_BETWEEN_BEFORE = Pattern(rf"{_SEPARATION}\Z")
_LONGEST_GAP = 16
_TO_WEEKDAY = Pattern(rf"{_SEPARATION}(?P<weekday>{WEEKDAY})(?!\w)")
_TO_CLOCK = Pattern(
    r"\s(?:(?:ab|um|von|abend|nachmittag|Abend|Nachmittag|früh)\s(?:um\s|ab\s)?)?(\d\d?)(?:[.:](\d\d))?\sUhr"
)
_HOURS = 24
_MINUTES = 60


@rule("error", when="relative-day")
def check(subject: Subject) -> Iterator[Problem]:
    """A word such as “heute”, “morgen” or “diesen Freitag” means the right day when the post goes out.

    A post that is written today and goes out tomorrow is read tomorrow, and networks show it for days. So if a post is
    planned for another day than today, the date must stand beside such a word or elsewhere in the text, or `starts_at`
    must say it; and it must agree with the day on which the post goes out. Beside a “heute” with its date, “morgen” is
    clear. A post that goes out later than planned is looked at again.

    Idioms (“noch heute”, “bis heute”, “von heute auf morgen”) and mornings (“am Montag morgen”) are left alone.
    Words of other languages are not known.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        publish_at: 2026-11-24 08:00
        text: Heute, am 24. November, tagt um 17 Uhr der Kreistag.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2026-11-24 08:00
        text: Heute um 17 Uhr tagt der Kreistag.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2026-11-24 08:00
        text: Morgen, am 24. November, tagt um 17 Uhr der Kreistag.
    """
    if subject.goes_out is None:
        return
    for passage in subject.texts():
        words = relative_days(passage.text)
        reading = _reading(subject, passage.text, subject.goes_out.date()) if words else None
        for word in words:
            complaint = _complaint(reading, word, words) if reading else None
            if complaint:
                yield Problem(passage.field, complaint, span=Span(word.start, word.end))


class _Reading(NamedTuple):
    """A text as somebody reads it on `day`, with the dates in it, where they begin and end, and the days they mean."""

    subject: Subject
    text: str
    day: date
    starting: Mapping[int, WrittenDate]
    ending: Mapping[int, WrittenDate]
    years: frozenset[int]
    days: frozenset[date]


def _reading(subject: Subject, text: str, day: date) -> _Reading:
    written = dates(text)
    years = frozenset(one.year for one in written if one.year is not None)
    own = {at.date() for at in (subject.draft.starts_at, subject.draft.ends_at) if at}
    return _Reading(
        subject,
        text,
        day,
        starting={one.start: one for one in written},
        ending={one.end: one for one in written},
        years=years,
        days=frozenset(own.union(*(possible_days(one, years, day) for one in written))),
    )


def _complaint(reading: _Reading, word: RelativeDay, words: Sequence[RelativeDay]) -> Message | None:
    meaning = word.meaning(reading.day)
    if meaning is None:
        return None
    first, last = meaning
    named = {
        "word": reading.text[word.start : word.end],
        "day": f"{reading.day}",
        "meant": f"{first}" if first == last else msg("{first} to {last}", first=f"{first}", last=f"{last}"),
    }
    beside = _agrees_beside(reading, word, meaning)
    if beside is False:
        return msg(
            "This goes out on {day}, and “{word}” then means {meant}; what stands beside it says otherwise. Correct one"
            " of them.",
            **named,
        )
    begins = reading.subject.draft.starts_at
    if begins and not first <= begins.date() <= last and _clock_behind(reading.text, word) == begins.time():
        return msg(
            "This goes out on {day}, and “{word}” then means {meant}; but starts_at says {start}. Correct one of them.",
            **named,
            start=f"{begins.date()}",
        )
    if beside or any(first + timedelta(days=n) in reading.days for n in range((last - first).days + 1)):
        return None
    same = all(word.meaning(day) == meaning for day in _days_in_mind(reading.subject, reading.day))
    if same or any(_says_today(reading, other) for other in words):
        return None
    example = f"{named['word']}, {in_words(first)}" if first == last else f"{named['word']} (ab {in_words(first)})"
    if word.unit is Unit.WEEKDAY:
        example = f"{named['word']}, {in_words(first).partition(', ')[2]}"
    if word.inflected:
        example = f"am {in_words(first)}"
    return msg(
        "This goes out on {day}, and “{word}” then means {meant}. Write the date beside it, so that nobody is mistaken,"
        " such as “{example}”.",
        **named,
        example=example,
    )


def _says_today(reading: _Reading, word: RelativeDay) -> bool:
    """Whether the word is a “heute” whose date is known to be the day of the post: then “morgen” is clear as well."""
    if word.meaning(reading.day) != (reading.day, reading.day) or word.unit is not Unit.DAY:
        return False
    beside = _agrees_beside(reading, word, (reading.day, reading.day))
    return reading.day in reading.days if beside is None else beside


def _days_in_mind(subject: Subject, read: date) -> Iterator[date]:
    """On which day the writer may have thought: today, if the post is still ahead, and the day it was planned for."""
    if subject.now.date() < read:
        yield subject.now.date()
    if subject.draft.publish_at:
        yield subject.draft.publish_at.date()


def _agrees_beside(reading: _Reading, word: RelativeDay, meaning: tuple[date, date]) -> bool | None:
    """Whether the date or weekday right beside the word is the day it means; None if none stands there."""
    first, last = meaning
    beside = _date_beside(reading, word)
    if beside:
        days = possible_days(beside, reading.years, reading.day)
        return any(first <= day <= last for day in days) if days else None
    weekday = _TO_WEEKDAY.compiled.match(reading.text, word.end)
    return weekday_of(weekday["weekday"]) == first.weekday() if weekday and first == last else None


def _date_beside(reading: _Reading, word: RelativeDay) -> WrittenDate | None:
    behind = _BETWEEN.compiled.match(reading.text, word.end)
    before = _BETWEEN_BEFORE.search(reading.text[max(0, word.start - _LONGEST_GAP) : word.start])
    # “Diesen Freitag, 4. Dezember”: the weekday belongs to both.
    starts = (*range(word.start + 1, word.end), behind.end() if behind else -1)
    found = next((reading.starting[at] for at in starts if at in reading.starting), None)
    return found or (reading.ending.get(word.start - len(before[0])) if before else None)


def _clock_behind(text: str, word: RelativeDay) -> time | None:
    found = _TO_CLOCK.compiled.match(text, word.end)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (_HOURS, 0)
    return time(hour, minute) if hour < _HOURS and minute < _MINUTES else None
