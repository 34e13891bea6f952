"""Rule: no number of an identity card or passport goes out."""

from collections.abc import Iterator

from kanal.detect.identifiers import id_cards
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """No number of an identity card, passport or residence permit stands in any words that go out, links included.

    With such a number, somebody can pretend to be another person. The printed number has no check digit, so only what
    stands near a word like “Ausweis” or “Pass” is reported.

    Somebody lost a card? Say where it was handed in; the owner will know which one it is.

    Source: Art. 5(1)(c) GDPR (no more data than necessary) and Art. 6 GDPR (every publication needs a legal basis).

    Good:
        id: example
        channels: [mastodon]
        text: Ein Personalausweis wurde im Bürgerbüro abgegeben. Vermissen Sie Ihren? Dann kommen Sie bitte vorbei.
    Bad:
        id: example
        channels: [mastodon]
        text: "Im Bürgerbüro abgegeben: Personalausweis L01X00T47. Wer vermisst ihn?"
    """
    for passage, span in found(subject, id_cards, digits=1):
        yield Problem(
            passage.field,
            msg("This is the number of somebody's identity card or passport. {remedy}", remedy=remedy(passage)),
            span=span,
        )
