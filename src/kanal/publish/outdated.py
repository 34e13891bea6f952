"""Which posts still say what their draft does not say any more. It makes no request.

Telling that needs the draft itself. So of a folder only those are looked at whose file is newer than the publication:
of ten thousand published drafts hardly any, except right after the repository was cloned.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from kanal.alike import CLOCKS_DIFFER
from kanal.compose import Mentions, compose, content_digest
from kanal.folder import Entry
from kanal.model import Channel, DeliveryKey, Draft, Outcome
from kanal.publish.conditions import Result


class Outdated(NamedTuple):
    """A post that says the old, and the digest of what its draft says now, none if it has no such part any more."""

    result: Result
    now: Collection[str]


def outdated(
    results: Iterable[Result],
    entries: Iterable[Entry],
    channels: Mapping[str, Channel],
    digests: Mapping[DeliveryKey, str],
    mentions: Mentions,
    *,
    everything: bool,
) -> Iterator[Outdated]:
    """Those of `results` that are out and whose draft says something else now; all are compared unless `everything`.

    `digests` are those of what went out, by the ledger; what it does not know cannot be compared.
    """
    by_file = {entry.file: entry for entry in entries}
    loaded: dict[str, Draft] = {}
    for result in results:
        key, entry = result.step.key, by_file.get(result.step.file)
        digest = digests.get(key)
        if entry is None or not digest or result.outcome is not Outcome.PUBLISHED:
            continue
        if everything and result.at and _changed(entry) < result.at - CLOCKS_DIFFER:
            continue
        if entry.file not in loaded:
            loaded[entry.file] = entry.load()
        now = _said(loaded[entry.file], channels[key.channel], mentions, key.part)
        if digest not in now:
            yield Outdated(result, now)


def _said(draft: Draft, channel: Channel, mentions: Mentions, part: int) -> Collection[str]:
    """The digest of what the draft says in that part, nothing if it has no such part."""
    return [content_digest(post.part) for post in compose(draft, channel, mentions) if post.part.number == part]


def _changed(entry: Entry) -> datetime:
    return datetime.fromtimestamp(entry.stat.mtime / 1e9, UTC)
