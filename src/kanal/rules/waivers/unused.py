"""Rule: a waiver silences something."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, names, rule


@rule("warning", when="waivers", last=True)
def check(subject: Subject) -> Iterator[Problem]:
    """A waiver stands in a draft only as long as it silences a finding there.

    A waiver that is left over would silence a mistake that somebody makes next year, and nobody would have decided
    that. Take it out.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        text: DAS BÜRGERBÜRO BLEIBT HEUTE LEIDER GESCHLOSSEN.
        waivers:
          - {rule: netiquette/shouting, reason: Zitat eines Schildes, name: Kim Muster}
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro bleibt geschlossen.
        waivers:
          - {rule: netiquette/shouting, reason: Zitat eines Schildes, name: Kim Muster}
    """
    for index in subject.idle_waivers:
        rule_name = subject.draft.waivers[index].rule
        if rule_name in names():
            yield Problem(
                f"waivers[{index}].rule",
                msg("“{rule}” finds nothing in this draft. Take the waiver out.", rule=rule_name),
            )
