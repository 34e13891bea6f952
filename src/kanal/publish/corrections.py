"""What there is to correct of one draft: what it says now, part by part, against what the ledger says went out.

It makes no request: whether a network can edit, and what of it, its adapter's class tells.
"""

from collections.abc import Callable, Iterator, Mapping

from kanal.compose import Mentions, Post, compose, content_digest
from kanal.ledger import AWAY, OPEN, STANDS, WENT_OUT, Ledger, Standing, State
from kanal.message import Message, msg
from kanal.model import Channel, DeliveryKey, Draft, Edition, Extra, Outcome
from kanal.platforms import CanCorrect, adapter_class, limits_of
from kanal.publish.planning import States, Step, went_out
from kanal.publish.taken_down import SETTLE_FIRST
from kanal.publish.wait import Why

_UNKNOWN = msg("The ledger does not know what it says, or its id on the network.")
_NO_EDITS = msg("The network lets no program edit a post.")
_NOT_NAMED = msg("The draft does not name this channel any more.")


def corrections(
    draft: Draft,
    channels: Mapping[str, Channel],
    states: Mapping[str, States],
    ledger_of: Callable[[str], Ledger],
    mentions: Mentions,
) -> list[Step]:
    """A step for each delivery of `draft` that went out or may have, channel by channel, the first part of each first.

    `states` gives the ledger's states by channel.
    """
    return [
        step for name, channel in channels.items() for step in _on(channel, draft, states[name], ledger_of, mentions)
    ]


def edition_of(standing: Standing | None) -> Edition | None:
    """What the ledger says that the post says."""
    return Edition(standing.prepared, standing.media) if standing and standing.prepared else None


def _on(
    channel: Channel, draft: Draft, states: States, ledger_of: Callable[[str], Ledger], mentions: Mentions
) -> Iterator[Step]:
    known = [key for key, (state, _) in states.items() if key.draft == draft.id and state in WENT_OUT | OPEN | AWAY]
    keys = sorted(key for key in known if key.channel == channel.name)
    if not keys:
        return
    named = channel.name in draft.channels
    posts = {post.part.number: post for post in compose(draft, channel, mentions)} if named else {}
    for key in keys:
        standing = ledger_of(channel.name).standing(key)
        if standing:
            yield _step(key, draft.path, standing, posts.get(key.part), channel)


def _step(key: DeliveryKey, file: str, standing: Standing, post: Post | None, channel: Channel) -> Step:
    if standing.state not in STANDS:
        return _not_out(key, file, standing.state, post)
    if post is None:
        gone = msg("The draft has no part {number} any more.", number=key.part) if key.part > 1 else _NOT_NAMED
        return _held(key, file, msg("{reason} {way}", reason=gone, way=_down(key)))
    if standing.state is State.PUBLISHED and standing.digest == content_digest(post.part):
        return Step(key, file, Outcome.ALREADY, msg("It says that already."), post)
    hindrance = _hindrance(standing, post, channel)
    if hindrance:
        return _held(key, file, hindrance, post)
    return Step(key, file, post=post, why=Why.CORRECTING if standing.state is State.CORRECTING else None)


def _not_out(key: DeliveryKey, file: str, state: State, post: Post | None) -> Step:
    """What is not, or no longer, out, or may not be."""
    if state in OPEN:
        return Step(key, file, Outcome.UNCERTAIN, SETTLE_FIRST)
    if state in AWAY:
        return _held(key, file, msg("It is not out yet. To replace it: {way}", way=_replacing(key)), post)
    return went_out(key, file, state)


def _held(key: DeliveryKey, file: str, reason: Message, post: Post | None = None) -> Step:
    return Step(key, file, Outcome.HELD, reason, post, failed=True)


def _hindrance(standing: Standing, post: Post, channel: Channel) -> Message | None:
    """Why it cannot be edited, and what can be done instead."""
    adapter, before, key = adapter_class(channel.platform), edition_of(standing), standing.key
    if not issubclass(adapter, CanCorrect):
        return msg("{reason} {way}", reason=_NO_EDITS, way=_other_ways(key, channel))
    if before is None or standing.receipt is None:
        return msg("{reason} {way}", reason=_UNKNOWN, way=_other_ways(key, channel))
    reason = adapter.unchangeable(before, post.part)
    return msg("{reason} {way}", reason=reason, way=_other_ways(key, channel)) if reason else None


def _other_ways(key: DeliveryKey, channel: Channel) -> Message:
    if key.part > 1 or Extra.REPLY_TO not in limits_of(channel).expresses:
        return _down(key)
    return msg(
        "Answer it with a new draft (“type: correction”, “reply_to: {draft}”, “channels: [{channel}]”); or take it down"
        " (kanal retract {draft} --channel {channel}) and publish a new draft.",
        draft=key.draft,
        channel=key.channel,
    )


def _replacing(key: DeliveryKey) -> Message:
    return msg("kanal publish --hand-over --replace {draft} --channel {channel}", draft=key.draft, channel=key.channel)


def _down(key: DeliveryKey) -> Message:
    return msg(
        "You can take it down (kanal retract {draft} --channel {channel}) and publish a new draft.",
        draft=key.draft,
        channel=key.channel,
    )
