"""Words that mean another day each time they are read: “heute”, “morgige”, “diesen Freitag”, “nächste Woche”.

This module must not know when a post goes out; it says what a word means on a given day.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum, auto
from typing import NamedTuple

from kanal.detect.dates import WEEKDAYS
from kanal.text.pattern import Pattern

# Without which there is no such word, and how many letters may stand in front of it: vorgestern, übermorgen.
_STEMS = {
    **dict.fromkeys(("heute", "heutig", "morgig", "gestrig", "dies", "kommend", "nächst", "vorig", "vergangen"), (0,)),
    "gestern": (0, len("vor")),
    "morgen": (0, len("über")),
}
_DAYS = {"vorgestern": -2, "gestern": -1, "heute": 0, "morgen": 1, "übermorgen": 2}
_INFLECTED = {"gestrig": -1, "heutig": 0, "morgig": 1}
# “Die heutige Sitzung” is today's; “das heutige Rathaus” and “die heutige Zeit” are of these years.
_OF_TODAY = (
    rf"(?:{'|'.join(WEEKDAYS)}|Sonnabend|Tage?s?|(?:Vor|Nach)?[Mm]ittags?|Morgens?|Abends?"
    r"|(?:[A-ZÄÖÜ][\w-]{0,40})?(?:[Aa]ktion|[Ff]ührung|[Gg]ottesdienst|[Kk]onferenz|[Kk]onzert|[Ll]esung|[Mm]arkt|[Pp]robe"
    r"|[Ss]itzung|[Ss]perrung|[Ss]piel|[Tt]agung|[Tt]ermin|[Tt]reffen|[Vv]eranstaltung|[Vv]ersammlung|[Vv]ortrag)"
    r"(?:e?s|en?)?)"
)
_WORD = Pattern(
    r"(?<![^\W_])(?<![#@])(?:(?P<day>[Vv]orgestern|[Gg]estern|[Hh]eute|HEUTE|MORGEN|[Mm]orgen|[Üü]bermorgen)"
    rf"|(?P<which>[Dd]ies|[Kk]ommend|[Nn]ächst|[Vv]orig|[Vv]ergangen)e[nmrs]?\s(?P<what>{'|'.join(WEEKDAYS)}"
    r"|Sonnabend|Woche|Wochenende)"
    rf"|(?P<inflected>(?:[Hh]eutige[nmrs]?(?=\s{_OF_TODAY}(?!\w))|(?:[Mm]orgig|[Gg]estrig)e[nmrs]?(?=\s\w))))"
    r"(?![^\W_]|-[^\W_])"
)
_UNTIL_TODAY = Pattern(r"(?i)(?<!\w)bis\s(?:zum|auf\sden|in\sden)\s\Z")
# What is no day but a way to speak: from now on, nowadays, overnight. “noch heute bis 18 Uhr” is a day.
_IDIOM_BEFORE = Pattern(r"(?i)(?<!\w)(?:noch|schon|bis|von|hier und|(?:damals|früher|gestern) (?:und|wie))\s\Z")
_IDIOM_BEHIND = Pattern(r"(?i)\s(?:noch|schon|auf morgen|wie (?:damals|früher)|und (?:in zukunft|morgen[.!?]))(?!\w)")
_CLOCK = Pattern(r"(?i)\s{1,2}(?:(?:noch\s)?(?:ab|bis|um|von|gegen)\s|früh|vormittag|mittag|nachmittag|abend|nacht|\d)")
_MORNING_BEFORE = Pattern(
    rf"(?i)(?:(?<!\w)(?:guten?|heute|gestern|vorgestern|am|vom|jeden|diesen|jedem|frühen?|der|den)|{'|'.join(WEEKDAYS)}s?)"
    r"\s\Z"
)
_FUTURE_BEFORE = Pattern(r"(?i)(?<!\w)(?:von|für)\s\Z")
_PHRASE_ENDS = Pattern(r"\s*(?:[.!?,;:#)“\"]|\Z|\n)")
_SENTENCE_BEGINS = Pattern(r"(?:\A|[.!?:…\n“„\"»(])[^\w\n]{0,6}\Z")
_AROUND = 24


class Unit(Enum):
    """How long the time is that a word means."""

    DAY = auto()
    WEEKDAY = auto()
    WEEK = auto()
    WEEKEND = auto()


class RelativeDay(NamedTuple):
    """A word in a text, `text[start:end]`. `number` counts days, weeks or weekends from now; a weekday from Monday.

    It is `inflected` where it belongs to a noun (“die morgige Sitzung”).
    """

    start: int
    end: int
    unit: Unit
    number: int
    past: bool = False
    inflected: bool = False

    def meaning(self, read: date) -> tuple[date, date] | None:
        """First and last day that a reader on `read` takes it for; None at the ends of the calendar."""
        try:
            return self._meaning(read)
        except OverflowError:
            return None

    def _meaning(self, read: date) -> tuple[date, date]:
        monday = read - timedelta(days=read.weekday())
        if self.unit is Unit.DAY:
            day = read + timedelta(days=self.number)
            return day, day
        if self.unit is Unit.WEEKDAY:
            # “Diesen Freitag” said on a Friday is today.
            back, ahead = (read.weekday() - self.number - 1) % 7 + 1, (self.number - read.weekday()) % 7
            day = read - timedelta(days=back) if self.past else read + timedelta(days=ahead)
            return day, day
        first = monday + timedelta(weeks=self.number, days=5 if self.unit is Unit.WEEKEND else 0)
        return first, monday + timedelta(weeks=self.number, days=6)


def relative_days(text: str) -> tuple[RelativeDay, ...]:
    """The words in order, without idioms (“bis heute”, “von heute auf morgen”) and without mornings."""
    return tuple(_read(found) for found in _words(text) if _is_meant(text, found))


def _words(text: str) -> Iterator[re.Match[str]]:
    small = text.replace("İ", "I").lower()  # which would be two signs
    places = {
        found.start() - length
        for stem, lengths in _STEMS.items()
        if stem in small
        for found in re.finditer(stem, small)
        for length in lengths
    }
    for place in sorted(places):
        found = _WORD.compiled.match(text, place) if place >= 0 else None
        if found:
            yield found


def _read(found: re.Match[str]) -> RelativeDay:
    start, end = found.span()
    if found["day"]:
        return RelativeDay(start, end, Unit.DAY, _DAYS[found["day"].lower()])
    if found["inflected"]:
        number = next(days for stem, days in _INFLECTED.items() if found[0].lower().startswith(stem))
        return RelativeDay(start, end, Unit.DAY, number, inflected=True)
    past = found["which"].lower() in {"vorig", "vergangen"}
    if found["what"] in {"Woche", "Wochenende"}:
        unit = Unit.WEEK if found["what"] == "Woche" else Unit.WEEKEND
        # The coming weekend is this week's; the coming week is the next.
        near = ("dies", "kommend") if unit is Unit.WEEKEND else ("dies",)
        return RelativeDay(start, end, unit, -1 if past else 0 if found["which"].lower() in near else 1)
    weekday = 5 if found["what"] == "Sonnabend" else WEEKDAYS.index(found["what"])
    return RelativeDay(start, end, Unit.WEEKDAY, weekday, past)


def _is_meant(text: str, found: re.Match[str]) -> bool:
    word = found["day"]
    if found["inflected"]:
        return not _UNTIL_TODAY.search(text[max(0, found.start() - _AROUND) : found.start()])
    if not word or word.lower() in {"vorgestern", "übermorgen"}:
        return True
    before = text[max(0, found.start() - _AROUND) : found.start()]
    if word.lower() == "morgen":
        return _is_tomorrow(text, found, before)
    if _CLOCK.compiled.match(text, found.end()):
        return True
    return not _IDIOM_BEFORE.search(before) and not _IDIOM_BEHIND.compiled.match(text, found.end())


def _is_tomorrow(text: str, found: re.Match[str], before: str) -> bool:
    """Whether “morgen” is the next day: not the morning, nor the future (“die Stadt von morgen”)."""
    if _MORNING_BEFORE.search(before) or before.endswith("auf "):
        return False
    if found[0] == "Morgen" and not _SENTENCE_BEGINS.search(before):
        return False
    future = _FUTURE_BEFORE.search(before) and _PHRASE_ENDS.compiled.match(text, found.end())
    return not future
