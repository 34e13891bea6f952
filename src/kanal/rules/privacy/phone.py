"""Rule: only the office's own telephone numbers go out."""

from collections.abc import Iterator

from kanal.detect.contacts import phones
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """Every telephone number that goes out is one of the office's own, as its register of contacts lists them.

    A private number in a post is called by strangers, and stays in the net when the post is long deleted. The register
    stands in config/policy.yaml under `registers`, `contacts`; `030 23125 *` there stands for all extensions. Emergency
    and service numbers (110, 112, 115, 116117) are known, and so are help lines for the whole country, such as
    TelefonSeelsorge (0800 111 0 111).

    A partner's number (a hospital, a club) may be entered there, too, when the partner wants to be called.

    Source: Art. 5(1)(c) GDPR (no more data than necessary) and Art. 6 GDPR (every publication needs a legal basis).

    Good:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro erreichen Sie unter 030 23125-115, im Notfall gilt 112.
    Bad:
        id: example
        channels: [mastodon]
        text: "Wer hat den Hund gesehen? Bitte melden: 0173 0651165"
    """
    contacts = subject.registers.contacts
    for passage, span in found(subject, lambda text: phones(text, contacts), digits=4):
        yield Problem(
            passage.field,
            msg(
                "This telephone number is not in the register of contacts. {remedy} If it is an official one, enter it"
                " under “contacts” in config/policy.yaml.",
                remedy=remedy(passage),
            ),
            span=span,
        )
