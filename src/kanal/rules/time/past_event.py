"""Rule: nobody is invited to what is over."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from kanal.detect.dates import WrittenDate, dates, meant_day
from kanal.message import Message, msg
from kanal.model import DraftType, Problem, Span
from kanal.rules import Passage, Subject, rule

_LOOKING_BACK = (DraftType.CORRECTION, DraftType.REPLY, DraftType.STORY)
_OF_THE_EVENT = timedelta(days=366)
"""Dates further back are history that the event is about."""


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """What a post announces still lies ahead when it goes out.

    Posts stay in the folder, times get moved, and then an office invites people to last week. `ends_at` must not be
    over when the post goes out; an event (`type: event`) without it must not have begun on an earlier day. An event
    that has neither is over when all dates in its text are.

    Corrections, replies and stories may look back.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        type: event
        channels: [mastodon]
        starts_at: 2026-12-06 13:00
        text: Adventsmarkt im Hof des Kreishauses
    Bad:
        id: example
        type: event
        channels: [mastodon]
        starts_at: 2026-11-21 13:00
        text: Adventsmarkt im Hof des Kreishauses
    Bad:
        id: example
        type: event
        channels: [mastodon]
        text: Adventsmarkt im Hof des Kreishauses am Samstag, 21. November 2026
    """
    draft, seen = subject.draft, subject.goes_out
    if seen is None or draft.type in _LOOKING_BACK:
        return
    if draft.ends_at is not None:
        if draft.ends_at < seen:
            yield Problem("ends_at", _over(seen))
    elif draft.type is DraftType.EVENT and draft.starts_at is not None:
        if draft.starts_at.date() < seen.date():
            yield Problem("starts_at", _over(seen))
    elif draft.type is DraftType.EVENT:
        for passage in subject.texts():
            last = _last_date(passage, seen.date())
            if last:
                yield Problem(passage.field, _over(seen), span=Span(last.start, last.end))


def _over(seen: datetime) -> Message:
    return msg("When this goes out ({time}), it will be over. Correct the date, or leave the post out.", time=seen)


def _last_date(passage: Passage, seen: date) -> WrittenDate | None:
    """The latest date of the text, if all are over on the day `seen`."""
    written = dates(passage.text)
    years = {one.year for one in written if one.year is not None}
    known = [(day, one) for day, one in ((meant_day(one, years, seen), one) for one in written) if day]
    near = [(day, one) for day, one in known if day > seen or seen - day <= _OF_THE_EVENT]
    if not near or max(day for day, _ in near) >= seen:
        return None
    return max(near, key=lambda pair: pair[0])[1]
