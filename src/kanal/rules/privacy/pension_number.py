"""Rule: no pension insurance number goes out."""

from collections.abc import Iterator

from kanal.detect.identifiers import pension_numbers
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", when="number", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """No pension insurance number stands in a text, an alternative text, a file name, captions or a link.

    The number holds a person's date of birth and the first letter of the name at birth, and stays the same for life.
    Only numbers whose check digit is right are reported. Take it out, also from the picture if it can be read there.

    Source: § 147 SGB VI (what the number consists of); Art. 5(1)(c) and Art. 6 GDPR.

    Good:
        id: example
        channels: [mastodon]
        text: Ihre Rentenversicherungsnummer finden Sie auf dem Sozialversicherungsausweis.
    Bad:
        id: example
        channels: [mastodon]
        text: Zu Ihrer Versicherungsnummer 15 070649 C 103 liegt uns nichts vor.
    """
    for passage, span in found(subject, pension_numbers, digits=6):
        yield Problem(
            passage.field,
            msg("This is somebody's pension insurance number. {remedy}", remedy=remedy(passage)),
            span=span,
        )
