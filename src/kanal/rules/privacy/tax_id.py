"""Rule: no tax identification number goes out."""

from collections.abc import Iterator

from kanal.detect.identifiers import tax_ids
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", when="number", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """No tax identification number (Steuer-ID) stands in a text, an alternative text, a file name, captions or a link.

    Everybody keeps this number for life, and authorities use it to put data about one person together. Only numbers
    whose check digit is right are reported. The number of a whole business (USt-IdNr.) is not meant.

    Take it out, also from the picture if it can be read there.

    Source: § 139b AO (the number may be used for few purposes only); Art. 5(1)(c) and Art. 6 GDPR.

    Good:
        id: example
        channels: [mastodon]
        text: Ihre Steuer-ID steht auf jedem Steuerbescheid. Rechnungen an uns brauchen die USt-IdNr. DE136695976 nicht.
    Bad:
        id: example
        channels: [mastodon]
        text: Ihre Steuer-ID 86 095 742 719 haben wir erhalten.
    """
    for passage, span in found(subject, tax_ids, digits=8):
        yield Problem(
            passage.field,
            msg("This is somebody's tax identification number. {remedy}", remedy=remedy(passage)),
            span=span,
        )
