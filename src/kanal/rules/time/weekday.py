"""Rule: weekday and date agree."""

from collections.abc import Collection, Iterator
from datetime import date

from kanal.detect.dates import MONTHS, WEEKDAYS, WrittenDate, dates, possible_days
from kanal.message import Message, msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule

LEAP_YEAR = 2024


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """The weekday beside a date is the right one, and there is such a day.

    People write down the weekday and come on it. The mistake mostly comes from a text of last year.

    Where no year stands in the text, the next such day after the post goes out is meant (or the last, if it was only
    just). As long as nobody knows when the post goes out, such dates are left alone.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        text: Der Kreistag tagt am Mittwoch, 10. März 2027.
    Bad:
        id: example
        channels: [mastodon]
        text: Der Kreistag tagt am Dienstag, 10. März 2027.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2026-11-24 08:00
        text: Der Kreistag tagt am Dienstag, 31. November.
    """
    out = subject.goes_out
    seen = out.date() if out else None
    for passage in subject.texts():
        written = dates(passage.text)
        years = {one.year for one in written if one.year is not None}
        for one in written:
            complaint = _complaint(one, years, seen)
            if complaint:
                yield Problem(passage.field, complaint, span=Span(one.start, one.end))


def _complaint(one: WrittenDate, years: Collection[int], seen: date | None) -> Message | None:
    if one.in_year(one.year or LEAP_YEAR) is None:
        return msg("There is no such day. Correct the date.")
    days = possible_days(one, years, seen)
    if one.weekday is None or not days or any(day.weekday() == one.weekday for day in days):
        return None
    day = days[0]
    return msg(
        "“{date}” is a “{right}”, not a “{wrong}”. Correct the weekday or the date.",
        date=f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
        right=WEEKDAYS[day.weekday()],
        wrong=WEEKDAYS[one.weekday],
    )
