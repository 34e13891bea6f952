"""Drafts as rules about the whole folder see them: those whose time is not over, and what they refer to.

It must not know any single rule.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from kanal.folder import Entry, Folder, time_of
from kanal.model import Channel
from kanal.rules.subject import Reference, Summary


def summaries(folder: Folder, channels: Mapping[str, Channel], local: datetime) -> Iterator[Summary]:
    """A line about each draft that may still go out; `local` is now, in the office's zone.

    Of those without any time nobody knows whether they are out; they are looked at for what they refer to.
    """
    zone = local.tzinfo
    assert isinstance(zone, ZoneInfo)
    today = f"{local:%Y-%m-%d}"
    meant = {refers.id for entry in folder.referring() if _is_looked_at(entry, today) for refers in entry.refers}
    targets = {entry.id: _summary(entry, zone) for entry in (folder.each() if meant else ()) if entry.id in meant}
    everything = tuple(entry.id for entry in folder.each()) if meant.difference(targets) else ()
    for entry in folder.each():
        if _is_looked_at(entry, today):
            yield _summary(entry, zone, tuple(references(entry, channels, targets, everything)))


def references(
    draft: Entry, channels: Mapping[str, Channel], targets: Mapping[str, Summary], ids: Iterable[str]
) -> Iterator[Reference]:
    """What a draft refers to, and where; `ids` are those of all drafts, as far as one of them may have been meant."""
    known = [channels[name] for name in draft.channels if name in channels]
    for one in draft.refers:
        on = tuple(channel.name for channel in known if one.holds_on(channel))
        target = targets.get(one.id)
        yield Reference(one.key, one.id, on, target, () if target else tuple(name for name in ids if name != draft.id))


def _is_looked_at(entry: Entry, today: str) -> bool:
    latest = max(entry.publish_at or "", entry.ends_at or "")
    return latest >= today or (not latest and bool(entry.refers))


def _summary(entry: Entry, zone: ZoneInfo, refers: tuple[Reference, ...] = ()) -> Summary:
    times = (time_of(entry.publish_at, zone), time_of(entry.starts_at, zone), time_of(entry.ends_at, zone))
    return Summary(entry.file, entry.id, entry.type, entry.channels, *times, refers)
