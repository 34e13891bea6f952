"""A draft at a certain moment, being written or about to go out. Not a test itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kanal.compose import compose
from kanal.config.registers import Registers
from kanal.media.gallery import Gallery
from kanal.model import Channel, Draft, DraftType, Problem
from kanal.rules import Rule, Subject
from kanal.rules.subject import passages_of
from tests.rules.drafted import CHANNELS, NOW, OFFICE, POSTS, ZONE


def at(text: str) -> datetime:
    """A time in the office's zone: `2026-11-24 08:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def subject_of(
    text: str = "Das Bürgerbüro öffnet am Montag.",
    *,
    now: datetime = NOW,
    publishing: bool = False,
    state: str | None = None,
    registers: Registers = Registers(),  # noqa: B008 - frozen
    channels: Mapping[str, Channel] = CHANNELS,
    **fields: Any,
) -> Subject:
    """A draft as rules see it; `fields` as in `Draft`."""
    kind: dict[str, Any] = {"channels": ("mastodon",), "language": "de", "type": DraftType.ANNOUNCEMENT}
    draft = Draft(id="example", path="posts/example.yaml", text=text, **(kind | fields))
    return Subject(
        draft=draft,
        posts=tuple(post for name in draft.channels for post in compose(draft, channels[name], {})),
        office=OFFICE._replace(state=state),
        channels=channels,
        registers=registers,
        now=now,
        passages=passages_of(draft, POSTS),
        gallery=Gallery(),
        publishing=publishing,
    )


def problems(rule: Rule, subject: Subject, **options: object) -> list[Problem]:
    """What a rule says about it."""
    return list(rule.check(subject, **options))


def fields(rule: Rule, subject: Subject, **options: object) -> list[str]:
    """The fields that a rule objects to."""
    return [problem.field for problem in problems(rule, subject, **options)]
