"""Rule: no health insurance number goes out."""

from collections.abc import Iterator

from kanal.detect.identifiers import health_insurance_numbers
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", when="number", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """No health insurance number stands in a text, an alternative text, a file name, captions or a link.

    The number on the health card leads to a person's medical data and stays the same for life. Only numbers whose check
    digit is right are reported. Take it out, also from the picture if a card can be read there.

    Source: § 290 SGB V (what the number consists of); Art. 5(1)(c) and Art. 6 GDPR.

    Good:
        id: example
        channels: [mastodon]
        text: Bringen Sie zur Impfung bitte Ihre Gesundheitskarte mit.
    Bad:
        id: example
        channels: [mastodon]
        text: Gefunden wurde eine Gesundheitskarte mit der Versichertennummer A123456780.
    """
    for passage, span in found(subject, health_insurance_numbers, digits=8):
        yield Problem(
            passage.field,
            msg("This is somebody's health insurance number. {remedy}", remedy=remedy(passage)),
            span=span,
        )
