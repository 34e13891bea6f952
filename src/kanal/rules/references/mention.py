"""Rule: every mention that a draft makes is in config/kanal.yaml."""

from collections.abc import Iterator

from kanal.compose import MENTION
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.suggest import did_you_mean


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """A mention such as {@feuerwehr} is resolved per network from `mentions:` in config/kanal.yaml.

    The same institution has another name on each network; an unknown one would be posted as braces.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        text: Danke an die {@feuerwehr} für den Einsatz.
    Bad:
        id: example
        channels: [mastodon]
        text: Danke an die {@feuerwher} für den Einsatz.
    """
    for passage in subject.texts():
        for found in MENTION.finditer(passage.text):
            if found[1] not in subject.office.mentions:
                hint = did_you_mean(found[1], subject.office.mentions)
                yield Problem(passage.field, msg("There is no mention “{name}”. {hint}", name=found[1], hint=hint))
