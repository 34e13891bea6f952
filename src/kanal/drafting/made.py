"""A draft made of a template and answers: its id, its file and its text, not written yet; and how it is written.

The text is read again before anybody gets it, as `kanal lint` reads it: what comes out of here is a draft.
"""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kanal.config import Project
from kanal.drafting.answers import Answers
from kanal.drafting.filling import Fields, Filler
from kanal.drafting.naming import free, free_file, short_name
from kanal.drafting.schema_files import schema_line
from kanal.drafting.yaml_writing import to_yaml
from kanal.drafts import parse_draft
from kanal.errors import UsageError
from kanal.message import Message, msg
from kanal.model import Channel, ChannelStatus, Draft, Owner
from kanal.platforms import limits_of


@dataclass(frozen=True, slots=True)
class Made:
    """A draft that is to be written: `file` is its whole path, `left_out` names channels that it does not fit."""

    id: str
    file: Path
    text: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """For which channels drafts are made; where nobody `chose` them, those that a draft cannot do are left out."""

    channels: tuple[Channel, ...]
    chosen: bool


def usual(channels: Mapping[str, Channel]) -> tuple[Channel, ...]:
    """The channels for which drafts are made where nobody says otherwise: the office's own that have not ended."""
    running = [channel for channel in channels.values() if channel.status is not ChannelStatus.ENDED]
    return tuple(channel for channel in running if channel.owner is Owner.OFFICE) or tuple(running)


class Maker:
    """Makes drafts of one template for one office; `taken` are ids that exist."""

    def __init__(self, project: Project, filler: Filler, wanted: Wanted, now: datetime, taken: Collection[str]) -> None:
        self._project = project
        self._filler = filler
        self._wanted = wanted
        self._now = now.astimezone(project.office.zone)
        self._ids = set(taken)
        self._files: set[Path] = set()

    def make(self, answers: Answers, id_: str | None = None) -> Made:
        """The draft; `id_` is one that is not taken. Raises `UsageError` where that makes no draft."""
        name = short_name(self._filler.title(answers))
        own_id = id_ or free(name, self._ids)
        fields = self._filler.fields(answers, self._wanted.channels)
        left_out = () if self._wanted.chosen else self._unfit(fields)
        if left_out:
            channels = [channel for channel in self._wanted.channels if channel not in left_out]
            fields = self._filler.fields(answers, channels)
        day = str(fields.get("publish_at") or f"{self._now:%Y-%m-%d}")[:10]
        folder = self._project.posts / self._filler.template.folder
        file = free_file(folder, day, name, self._files)
        text = schema_line(self._project.root, file, "draft") + to_yaml({"id": own_id, **fields})
        self._prove(text, file)
        self._ids.add(own_id)
        self._files.add(file)
        return Made(own_id, file, text, tuple(channel.name for channel in left_out))

    def _unfit(self, fields: Fields) -> tuple[Channel, ...]:
        """Channels that want a picture where there is none; all others stay, and lint says what is wrong with them."""
        if fields.get("media"):
            return ()
        unfit = tuple(channel for channel in self._wanted.channels if limits_of(channel).media_min)
        return unfit if len(unfit) < len(self._wanted.channels) else ()

    def _prove(self, text: str, file: Path) -> None:
        draft, findings = parse_draft(text, file.relative_to(self._project.root).as_posix(), self._project.setting)
        if draft is None:
            first = findings[0]
            raise UsageError(
                msg("With these answers, “{field}” is no good: {problem}", field=first.field, problem=first.message),
                msg("Correct the answers, or the template."),
            )
        complaint = _disorder(draft)
        if complaint:
            raise UsageError(complaint, msg("Correct the answers."))


def _disorder(draft: Draft) -> Message | None:
    """A time that no other can follow; it would keep the draft from going out, or let it go out too long."""
    if draft.starts_at and draft.ends_at and draft.ends_at <= draft.starts_at:
        return msg("It ends ({end}) before it begins ({start}).", end=draft.ends_at, start=draft.starts_at)
    if draft.publish_at and draft.ends_at and draft.ends_at <= draft.publish_at:
        return msg("It is over ({end}) when it is to go out ({start}).", end=draft.ends_at, start=draft.publish_at)
    return None


def write(made: Made) -> None:
    """Write the file, which must not be there. Raises `OSError`; nothing is left of it then."""
    made.file.parent.mkdir(parents=True, exist_ok=True)
    with made.file.open("xb") as file:
        try:
            file.write(made.text.encode())
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            file.close()
            made.file.unlink(missing_ok=True)
            raise
