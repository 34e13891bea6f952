"""Rule: every channel that a draft names is in config/channels.yaml."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.suggest import did_you_mean


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """A draft goes to channels that exist, and its variants belong to one of them.

    A misspelt channel would be a post that silently never goes out; a misspelt variant would send the wrong text.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon, x]
        text: Das Bürgerbüro öffnet am Montag um 8 Uhr.
        variants:
          x:
            text: Bürgerbüro öffnet Montag um 8 Uhr.
    Bad:
        id: example
        channels: [mastodn]
        text: Das Bürgerbüro öffnet am Montag um 8 Uhr.
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro öffnet am Montag um 8 Uhr.
        variants:
          facebook:
            text: Dieser Text käme nie an.
    """
    for index, name in enumerate(subject.draft.channels):
        if name not in subject.channels:
            hint = did_you_mean(name, subject.channels)
            yield Problem(f"channels[{index}]", msg("There is no channel “{name}”. {hint}", name=name, hint=hint))
    if not subject.draft.variants:
        return
    named = [subject.channels[name] for name in subject.draft.channels if name in subject.channels]
    usable = {channel.name for channel in named} | {channel.platform for channel in named}
    for key in subject.draft.variants:
        if key not in usable:
            hint = did_you_mean(key, usable)
            yield Problem(
                f"variants.{key}:key", msg("“{name}” is not among this draft's channels. {hint}", name=key, hint=hint)
            )
