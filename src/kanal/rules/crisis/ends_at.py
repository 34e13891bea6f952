"""Rule: a warning has an end that kanal knows."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import DraftType, Problem
from kanal.rules import Subject, rule


@rule("warning", when="crisis")
def check(subject: Subject) -> Iterator[Problem]:
    """A warning says under `ends_at` when the danger is expected to be over.

    While a warning holds, ordinary posts must wait (crisis/hold). kanal can only know until when if `ends_at` says it.
    If the danger lasts longer, change the time.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        type: crisis
        channels: [mastodon]
        text: Sturmwarnung für den Landkreis
        ends_at: 2026-12-09 06:00
    Bad:
        id: example
        type: crisis
        channels: [mastodon]
        text: Sturmwarnung für den Landkreis
    """
    if subject.draft.type is DraftType.CRISIS and subject.draft.ends_at is None:
        yield Problem(
            "ends_at",
            msg(
                "kanal does not know until when this warning holds, so other posts will not wait for it. Write the"
                " expected end under ends_at, such as 2026-12-09 06:00."
            ),
        )
