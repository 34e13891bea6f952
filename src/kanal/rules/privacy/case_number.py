"""Rule: no reference of somebody's case goes out."""

from collections.abc import Iterator

from kanal.detect.case_numbers import case_numbers
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("warning", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """No file reference (Aktenzeichen, Geschäftszeichen, Kassenzeichen) of a person's case stands in words that go out.

    Whoever knows the reference can call and ask how the case is going. References of court decisions, council papers,
    plans and tenders are public and are left alone. So this is a warning: somebody has to decide whose case it is.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        text: Das Verwaltungsgericht hat entschieden (VG Köln, Urteil vom 17. Juli 2025, 13 K 1419/23).
    Bad:
        id: example
        channels: [mastodon]
        text: "Ihr Antrag liegt vor, Aktenzeichen: 51.2-4711/26."
    """
    for passage, span in found(subject, case_numbers, digits=1):
        yield Problem(
            passage.field,
            msg(
                "This looks like the reference of somebody's case. {remedy} If it is meant to be public, say so in a"
                " waiver.",
                remedy=remedy(passage),
            ),
            span=span,
        )
