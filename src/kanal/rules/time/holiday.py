"""Rule: a post on a public holiday is meant to go out then."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import DraftType, Problem
from kanal.rules import Subject, rule
from kanal.rules.public_holidays import holiday_on

_SUNDAY = 6


@rule("info", when="planned")
def check(subject: Subject, *, sundays: bool = False, catholic: bool = False) -> Iterator[Problem]:
    """A post that is planned for a public holiday of the office's Land is meant for that day.

    On holidays the office is closed, and nobody answers. Greetings belong there; a note on new opening hours can mostly
    wait. Which Land it is stands in config/kanal.yaml (`state`).

    Options:
        sundays: whether Sundays count, too
        catholic: whether the office lies in a municipality of mostly Catholic people, where Bavaria has a holiday more
            (Mariä Himmelfahrt), and so have some places in Saxony and Thuringia (Fronleichnam)

    Source: laws of the Länder on Sundays and public holidays, as the Python library “holidays” knows them.

    Good:
        id: example
        channels: [mastodon]
        publish_at: 2026-12-24 08:00
        text: Das Bürgerbüro ist umgezogen.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2026-12-25 08:00
        text: Das Bürgerbüro ist umgezogen.
    """
    at = subject.draft.publish_at
    if at is None or subject.draft.type is DraftType.CRISIS:
        return
    name = holiday_on(at.date(), subject.office.state, catholic=catholic) if subject.office.state else None
    if name:
        yield Problem("publish_at", msg("That day is a public holiday ({name}). Is the post meant for it?", name=name))
    elif sundays and at.weekday() == _SUNDAY:
        yield Problem("publish_at", msg("That day is a Sunday. Is the post meant for it?"))
