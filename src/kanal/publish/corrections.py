"""What there is to correct of one draft: what it says now, part by part, against what the ledger says went out.

It makes no request: whether a network can edit, and what of it, its adapter's class tells.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from kanal.abilities.changing import CanCorrect, CanRetract
from kanal.compose import Mentions, Post, compose, content_digest
from kanal.ledger import AWAY, OPEN, STANDS, WENT_OUT, Ledger, Standing, State
from kanal.message import Message, msg
from kanal.model import Channel, DeliveryKey, Draft, Edition, Extra, Outcome
from kanal.platforms import adapter_class, limits_of
from kanal.publish.anew import Hindrance, Old, anew
from kanal.publish.planning import Step, went_out
from kanal.publish.revisions import States, revisions
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
    *,
    repost: Hindrance | None = None,
) -> list[Step]:
    """A step for each delivery of `draft` that went out or may have, channel by channel, the first part of each first.

    `states` gives the ledger's states by channel. With `repost`, what cannot be edited is published anew, the whole
    post at once, unless `repost` tells what stands in the way of that.
    """
    return [
        step
        for channel in channels.values()
        for step in _on(channel, draft, states[channel.name], ledger_of, mentions, repost)
    ]


def edition_of(standing: Standing | None) -> Edition | None:
    """What the ledger says that the post says."""
    return Edition(standing.prepared, standing.media) if standing and standing.prepared else None


def _on(  # noqa: PLR0917 - what is compared, and with what
    channel: Channel,
    draft: Draft,
    states: States,
    ledger_of: Callable[[str], Ledger],
    mentions: Mentions,
    repost: Hindrance | None,
) -> Sequence[Step]:
    revision = revisions(states).get((channel.name, draft.id), 1)
    own = [key for key in states if (key.channel, key.draft, key.revision) == (channel.name, draft.id, revision)]
    keys = sorted(key for key in own if states[key][0] in WENT_OUT | OPEN | AWAY)
    if not keys and revision == 1:
        return []
    posts = compose(draft, channel, mentions) if channel.name in draft.channels else ()
    standings = [found for key in keys if (found := ledger_of(channel.name).standing(key))]
    steps = list(_steps(standings, draft, posts, channel))
    if not keys:
        steps = [_not_out_again(DeliveryKey(channel.name, draft.id, 1, revision), draft.path)]
    if repost is None or not posts:
        return steps
    return anew(Old(steps, standings, states, revision), posts, repost(draft, channel))


def _steps(standings: Sequence[Standing], draft: Draft, posts: Sequence[Post], channel: Channel) -> Iterator[Step]:
    by_part = {post.part.number: post for post in posts}
    for standing in standings:
        yield _step(standing, draft.path, by_part.get(standing.key.part), channel, named=bool(posts))


def _step(standing: Standing, file: str, post: Post | None, channel: Channel, *, named: bool) -> Step:
    key = standing.key
    if standing.state not in STANDS:
        return _not_out(standing, file, post)
    if post is None:
        return _said_no_more(standing, file, channel, named=named)
    if standing.state is State.PUBLISHED and standing.digest == content_digest(post.part):
        return Step(key, file, Outcome.ALREADY, msg("It says that already."), post)
    hindrance = _hindrance(standing, post, channel)
    if hindrance:
        reason = msg("{reason} {way}", reason=hindrance, way=_ways(standing, channel))
        return _held(key, file, reason, post, why=Why.UNEDITABLE)
    return Step(key, file, post=post, why=Why.CORRECTING if standing.state is State.CORRECTING else None)


def _not_out(standing: Standing, file: str, post: Post | None) -> Step:
    """What is not, or no longer, out, or may not be."""
    key = standing.key
    if standing.state in OPEN:
        return Step(key, file, Outcome.UNCERTAIN, SETTLE_FIRST)
    if standing.state in AWAY:
        return _held(key, file, msg("It is not out yet. To replace it: {way}", way=_replacing(key)), post)
    return went_out(key, file, standing.state)


def _said_no_more(standing: Standing, file: str, channel: Channel, *, named: bool) -> Step:
    key = standing.key
    if not named:
        return _held(key, file, msg("{reason} {way}", reason=_NOT_NAMED, way=_down(key)))
    gone = msg("The draft has no part {number} any more.", number=key.part)
    return _held(key, file, msg("{reason} {way}", reason=gone, way=_ways(standing, channel)), why=Why.UNEDITABLE)


def _held(key: DeliveryKey, file: str, reason: Message, post: Post | None = None, *, why: Why | None = None) -> Step:
    return Step(key, file, Outcome.HELD, reason, post, failed=True, why=why)


def _not_out_again(key: DeliveryKey, file: str) -> Step:
    reason = msg(
        "It was taken down, to be published anew, and is not out yet. This sends it, and so does the next publish:"
        " kanal correct {draft} --channel {channel} --repost",
        draft=key.draft,
        channel=key.channel,
    )
    return Step(key, file, Outcome.DEFERRED, reason, failed=True, why=Why.ANEW)


def _hindrance(standing: Standing, post: Post, channel: Channel) -> Message | None:
    """Why it cannot be edited."""
    adapter, before = adapter_class(channel.platform), edition_of(standing)
    if not issubclass(adapter, CanCorrect):
        return _NO_EDITS
    if before is None or standing.receipt is None:
        return _UNKNOWN
    return adapter.unchangeable(before, post.part)


def _ways(standing: Standing, channel: Channel) -> Message:
    """What can be done instead."""
    key = standing.key
    if standing.receipt is None or not issubclass(adapter_class(channel.platform), CanRetract):
        return _down(key)
    if Extra.REPLY_TO not in limits_of(channel).expresses:
        return msg(
            "You can take it down and publish it anew: kanal correct {draft} --channel {channel} --repost",
            draft=key.draft,
            channel=key.channel,
        )
    return msg(
        "You can answer it with a correction (kanal correct {draft} --channel {channel} --reply), or take it down and"
        " publish it anew (the same with --repost).",
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
