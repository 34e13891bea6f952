"""Rule: a waiver names a rule that exists, once."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, names, rule
from kanal.suggest import did_you_mean


@rule("error", when="waivers")
def check(subject: Subject) -> Iterator[Problem]:
    """A waiver names one rule by its whole id, such as privacy/person-name, and each rule once.

    A misspelt name would silence nothing; a whole family cannot be silenced. What cannot be read cannot be sent, so
    that no waiver helps against format/… either.

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
          - {rule: netiquette/shoutin, reason: Zitat eines Schildes, name: Kim Muster}
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro bleibt geschlossen.
        waivers:
          - {rule: netiquette, reason: Zitat eines Schildes, name: Kim Muster}
    """
    seen: set[str] = set()
    for index, waiver in enumerate(subject.draft.waivers):
        field = f"waivers[{index}].rule"
        if waiver.rule not in names():
            hint = did_you_mean(waiver.rule, names())
            yield Problem(field, msg("There is no rule “{rule}”. {hint}", rule=waiver.rule, hint=hint))
        elif waiver.rule in seen:
            yield Problem(field, msg("“{rule}” is waived twice in this draft. Keep one.", rule=waiver.rule))
        seen.add(waiver.rule)
