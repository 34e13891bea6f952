"""Replies that correct what cannot be edited: drafts of their own, checked, approved and sent as any other.

Which draft it is, on whose word, and to what it corrects stands in the ledger beside the post that it answers; whether
it is out, its own delivery tells. It makes no request.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from kanal.compose import content_digest
from kanal.folder import Entry
from kanal.ledger import STANDS, WENT_OUT, EventKind, Ledger, Standing
from kanal.model import Channel, DeliveryKey, DraftType, Extra, Receipt
from kanal.platforms import limits_of
from kanal.publish.planning import Step
from kanal.publish.revisions import looked_up
from kanal.publish.wait import Why
from kanal.publish.word import Word


class Correction(NamedTuple):
    """Which parts of one post say the old, with the digests of what they should say."""

    channel: Channel
    digests: Mapping[DeliveryKey, str]

    @property
    def draft(self) -> str:
        """The id of the draft that is corrected."""
        return next(iter(self.digests)).draft


class Found(NamedTuple):
    """The draft that answers; `is_stale` if it was named for another correction than that of now."""

    entry: Entry
    is_stale: bool = False


def answerable(steps: Iterable[Step], channels: Mapping[str, Channel]) -> list[Correction]:
    """What a reply may correct: what cannot be edited, on networks where posts are answered; a post each."""
    found: dict[str, dict[DeliveryKey, str]] = {}
    for step in steps:
        if step.why is Why.UNEDITABLE and Extra.REPLY_TO in limits_of(channels[step.key.channel]).expresses:
            digest = content_digest(step.post.part) if step.post else ""
            found.setdefault(step.key.channel, {})[step.key] = digest
    return [Correction(channels[name], digests) for name, digests in found.items()]


def reply_to(correction: Correction, entries: Iterable[Entry], ledger: Ledger) -> Found | None:
    """The draft that corrects it: one that was named for just that, else one that is not out yet, if there is any.

    One that went out is only taken for it if nobody named it for another correction, and the draft was not changed
    since.
    """
    every = list(entries)
    notes = _notes(correction.draft, correction.channel.name, ledger)
    changed = {entry.id: entry.stat.mtime for entry in every}.get(correction.draft, 0)
    waiting: Found | None = None
    for entry in _answers(correction, every):
        key = DeliveryKey(correction.channel.name, entry.id)
        standing = ledger.standing(looked_up(key, ledger))
        noted = notes.get(entry.id, {})
        is_meant = noted and all(noted.get(key) == digest for key, digest in correction.digests.items())
        if standing is None or standing.state not in WENT_OUT:
            if is_meant:
                return Found(entry)
            waiting = Found(entry, is_stale=bool(noted))
        elif standing.state in STANDS and (is_meant or (not noted and _is_later(standing, changed))):
            return Found(entry)
    return waiting


def _is_later(standing: Standing, nanoseconds: int) -> bool:
    return standing.at > datetime.fromtimestamp(nanoseconds / 1e9, UTC)


def _answers(correction: Correction, entries: Iterable[Entry]) -> list[Entry]:
    name = correction.channel.name
    some = [one for one in entries if one.type is DraftType.CORRECTION and name in one.channels]
    return [one for one in some if one.load().reply_to == correction.draft]


def note(correction: Correction, reply: str, ledger: Ledger, word: Word) -> None:
    """Write down, before it is sent, that `reply` corrects the post; nothing where that stands there already."""
    noted = _notes(correction.draft, correction.channel.name, ledger).get(reply, {})
    for key, digest in correction.digests.items():
        if noted.get(key) != digest:
            ledger.note_reply(key, digest, reply, word.answering(reply), word.name)


def answered(key: DeliveryKey, digests: Collection[str], ledger: Ledger) -> Receipt | None:
    """The reply that is out beneath the post of `key` and corrects it to what has one of these digests."""
    for reply, noted in _notes(key.draft, key.channel, ledger).items():
        if noted.get(key) not in digests:
            continue
        standing = ledger.standing(looked_up(DeliveryKey(key.channel, reply), ledger))
        if standing and standing.state in STANDS and standing.receipt:
            return standing.receipt
    return None


def _notes(draft: str, channel: str, ledger: Ledger) -> dict[str, dict[DeliveryKey, str]]:
    """By reply: which parts it was last named for, and the digests of what it corrects them to."""
    found: dict[str, dict[DeliveryKey, str]] = {}
    for event in ledger.history(draft=draft, channel=channel):
        if event.kind is EventKind.ANSWERING and event.reply:
            found.setdefault(event.reply, {})[event.key] = event.digest
    return found
