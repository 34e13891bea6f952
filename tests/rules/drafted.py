"""A draft for one rule, without files and configuration around it. Not a test itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kanal.compose import compose
from kanal.config.office import Office
from kanal.config.registers import Registers
from kanal.media.gallery import Gallery
from kanal.model import Channel, ChannelStatus, Draft, DraftType, Picture, Variant
from kanal.rules import Rule, Subject
from kanal.rules.subject import passages_of

POSTS = Path("posts")
ZONE = ZoneInfo("Europe/Berlin")
OFFICE = Office("Landkreis Musterland", ZONE, "de")
NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)
CHANNELS = {
    name: Channel(name, name, "lk", ChannelStatus.ACTIVE) for name in ("mastodon", "x", "facebook", "instagram")
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says: the field, the words that are meant ("" without a span), the sentence, and the replacement."""

    field: str
    words: str
    said: str
    instead: str | None


def found(
    rule: Rule,
    text: str = "Das Bürgerbüro öffnet am Montag.",
    *,
    draft: Mapping[str, Any] | None = None,
    registers: Registers = Registers(),  # noqa: B008 - frozen
    **options: object,
) -> list[Found]:
    """What `rule` finds in a draft with this text; `draft` are more of its fields, as in `Draft`."""
    fields = {"channels": ("mastodon",), "language": "de", "type": DraftType.ANNOUNCEMENT, **(draft or {})}
    written = Draft(id="example", path="posts/example.yaml", text=text, **fields)
    passages = passages_of(written, POSTS)
    subject = Subject(
        draft=written,
        posts=tuple(post for name in written.channels for post in compose(written, CHANNELS[name], {})),
        office=OFFICE,
        channels=CHANNELS,
        registers=registers,
        now=NOW,
        passages=passages,
        gallery=Gallery(),
    )
    values = {passage.field: passage.text for passage in passages}
    return [
        Found(
            problem.field,
            values[problem.field][problem.span.start : problem.span.end] if problem.span else "",
            str(problem.message),
            problem.instead,
        )
        for problem in rule.check(subject, **options)
    ]


def words(rule: Rule, text: str, **more: Any) -> list[str]:
    """The words of a text that `rule` objects to."""
    return [one.words for one in found(rule, text, **more)]


def picture(file: str = "media/linden.jpg", alt: str = "Junge Linden an einer Landstraße", **more: Any) -> Picture:
    """A picture with everything that it needs."""
    return Picture(POSTS / file, alt, "Landkreis Musterland", "CC BY 4.0", **more)


def variant(text: str) -> Variant:
    """A channel's own text."""
    return Variant(text=text)
