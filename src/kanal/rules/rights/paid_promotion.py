"""Rule: nobody pays for reach without a legal check."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="paid")
def check(subject: Subject) -> Iterator[Problem]:
    """A post that is promoted for money names the legal check that allows it.

    Since 10 October 2025 strict rules hold for paid messages that can count as political, and it is not settled how far
    an office's own information is exempt; Meta and Google take no such advertising in the EU any more. Let the legal
    office look at it, and write under `legal_check` where the result is kept; or leave out `paid_promotion`.

    Source: Regulation (EU) 2024/900 on the transparency and targeting of political advertising.

    Good:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro sucht Auszubildende.
        paid_promotion: true
        legal_check: Rechtsamt, Vermerk vom 3. November 2026
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro sucht Auszubildende.
        paid_promotion: true
    """
    if subject.draft.paid_promotion and not subject.draft.legal_check:
        yield Problem(
            "paid_promotion",
            msg(
                "Money is paid for this post, and nobody has checked whether that is allowed. Ask the legal office, and"
                " write under legal_check where the result is kept."
            ),
        )
