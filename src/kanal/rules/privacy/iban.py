"""Rule: no account number goes out."""

from collections.abc import Iterator

from kanal.detect.identifiers import ibans
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", when="number", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """No account number (IBAN) stands in a text, an alternative text, a file name, captions or a link.

    With an account number and a name, somebody can order at another person's expense. What is posted is copied within
    minutes and cannot be taken back. Only numbers whose check digits are right are reported.

    Even an account of the office's own, for fees or donations, is safer on the office's website: there nobody can
    exchange it in a copy. Link to that page, or write a waiver into the draft.

    Source: Art. 5(1)(c) GDPR (no more data than necessary) and Art. 6 GDPR (every publication needs a legal basis).

    Good:
        id: example
        channels: [mastodon]
        text: Das Konto für die Gebühr steht auf Ihrem Bescheid. Eine IBAN hat in Deutschland 22 Stellen.
        link: https://www.landkreis-musterland.example/gebuehren
    Bad:
        id: example
        channels: [mastodon]
        text: Ihre Erstattung geht auf das Konto DE02 1203 0000 0000 2020 51.
    Bad:
        id: example
        channels: [mastodon]
        text: So füllen Sie das Formular aus.
        media:
          - {file: good.jpg, alt: "Ein Formular mit der IBAN DE02120300000000202051", credit: Kim Muster, licence: CC0}
    """
    for passage, span in found(subject, ibans, digits=8):
        yield Problem(
            passage.field,
            msg(
                "This is an account number (IBAN). {remedy} If it is the office's own, link to the page on which it"
                " stands.",
                remedy=remedy(passage),
            ),
            span=span,
        )
