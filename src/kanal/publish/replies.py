"""Replies that correct what cannot be edited: drafts of their own, checked, approved and sent as any other.

Which draft it is, on whose word, and to what it corrects stands in the ledger beside the post that it answers; whether
it is out, its own delivery tells. It makes no request.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from kanal.compose import content_digest
from kanal.folder import Entry
from kanal.ledger import STANDS, WENT_OUT, EventKind, Ledger
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
    file: str


def answerable(steps: Iterable[Step], channels: Mapping[str, Channel]) -> list[Correction]:
    """What a reply may correct: what cannot be edited, on networks where posts are answered; a post each."""
    found: dict[str, dict[DeliveryKey, str]] = {}
    file = ""
    for step in steps:
        if step.why is Why.UNEDITABLE and Extra.REPLY_TO in limits_of(channels[step.key.channel]).expresses:
            digest = content_digest(step.post.part) if step.post else ""
            found.setdefault(step.key.channel, {})[step.key] = digest
            file = step.file
    return [Correction(channels[name], digests, file) for name, digests in found.items()]


def reply_to(correction: Correction, entries: Iterable[Entry], ledger: Ledger) -> Entry | None:
    """The draft that corrects it: one that was named for just that, else one that is not out yet, if there is any.

    One that went out is only taken for it if nobody named it for another correction, and the draft was not changed
    since.
    """
    draft, name = next(iter(correction.digests)).draft, correction.channel.name
    notes = _notes(draft, name, ledger)
    changed = {entry.id: entry.stat.mtime for entry in entries}.get(draft, 0)
    waiting: Entry | None = None
    for entry in _answers(draft, name, entries):
        standing = ledger.standing(looked_up(DeliveryKey(name, entry.id), ledger))
        went_out = standing is not None and standing.state in WENT_OUT
        stands = standing is not None and standing.state in STANDS
        noted = notes.get(entry.id, {})
        if noted and all(noted.get(key) == digest for key, digest in correction.digests.items()):
            if stands or not went_out:
                return entry
        elif not went_out:
            waiting = entry
        elif stands and not noted and standing and standing.at > datetime.fromtimestamp(changed / 1e9, UTC):
            return entry
    return waiting


def _answers(draft: str, channel: str, entries: Iterable[Entry]) -> list[Entry]:
    mine = [one for one in entries if one.type is DraftType.CORRECTION and channel in one.channels]
    return [one for one in mine if one.load().reply_to == draft]


def note(correction: Correction, reply: str, ledger: Ledger, word: Word) -> None:
    """Write down, before it is sent, that `reply` corrects the post; nothing where that stands there already."""
    draft = next(iter(correction.digests)).draft
    noted = _notes(draft, correction.channel.name, ledger).get(reply, {})
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
