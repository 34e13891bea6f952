"""Rule: nothing unfinished goes out."""

from collections.abc import Iterator

from kanal.detect.placeholders import placeholders
from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Sort, Subject, rule

_SAID = frozenset({Sort.TEXT, Sort.ALT, Sort.CREDIT, Sort.CAPTIONS})


@rule("warning")
def check(subject: Subject) -> Iterator[Problem]:
    """No placeholder is left in what goes out: no XX, TODO, [Name] or sample text.

    Templates are filled in a hurry. A post that invites everybody “am XX.XX. um XX Uhr” is seen at once, and shared.

    Put in what is missing, or take the sentence out.

    Source: kanal's own advice (no source beyond good practice)

    Good:
        id: example
        channels: [mastodon]
        text: Die XX. Kulturtage beginnen am 5. Dezember 2026 um 18 Uhr.
    Bad:
        id: example
        channels: [mastodon]
        text: Das Fest beginnt am XX.XX. um XX Uhr.
    Bad:
        id: example
        channels: [mastodon]
        text: Guten Tag [Name], Ihr Ausweis ist fertig.
    """
    for passage in subject.passages:
        if passage.sort not in _SAID:
            continue
        for found in placeholders(passage.text):
            yield Problem(
                passage.field,
                msg("Something is still missing here. Fill it in, or take the sentence out."),
                Span(found.start, found.end),
            )
