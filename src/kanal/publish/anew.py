"""What is to be taken down and published anew, as the next revision of the whole post: never a part of it alone.

It makes no request, and decides nothing about networks that can edit.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kanal.abilities.changing import CanRetract
from kanal.compose import Post
from kanal.ledger import OPEN, WENT_OUT, Standing, State
from kanal.model import Channel, Draft
from kanal.platforms import adapter_class
from kanal.publish.planning import Step
from kanal.publish.revisions import States
from kanal.publish.wait import Wait, Why

Hindrance = Callable[[Draft, Channel], Wait | None]
"""What holds a draft back on a channel, so that nothing may be published anew now."""
_MUST_GIVE_WAY = frozenset({Why.UNEDITABLE, Why.REPOSTING})
_TAKEN_DOWN = frozenset({State.RETRACTING, State.RETRACTED})


class Old(NamedTuple):
    """A post's present revision: the steps to correct it, and how the ledger knows its parts."""

    steps: Sequence[Step]
    standings: Sequence[Standing]
    states: States
    revision: int


def anew(old: Old, posts: Sequence[Post], wait: Wait | None) -> Sequence[Step]:
    """The steps that publish it anew where that is needed and possible, the first part first; else those of `old`.

    `wait` is what stands in the way of that now: then nothing is taken down either.
    """
    if any(step.why in _MUST_GIVE_WAY for step in old.steps):
        return list(_next_revision(old, posts, wait)) if _can_give_way(old, posts[0].channel) else old.steps
    known = {one.key.part for one in old.standings if one.state in WENT_OUT}
    if old.revision > 1 and not known.issuperset(post.part.number for post in posts):
        return list(_go_on(old, posts, wait))
    return old.steps


def _can_give_way(old: Old, channel: Channel) -> bool:
    """Whether all of it can be taken down: what may be out, or is taken down for good, must be settled first."""
    can = issubclass(adapter_class(channel.platform), CanRetract)
    return can and all(one.receipt and one.state not in OPEN | _TAKEN_DOWN for one in old.standings)


def _next_revision(old: Old, posts: Sequence[Post], wait: Wait | None) -> Iterator[Step]:
    begun = any(one.state is State.REPOSTING for one in old.standings)
    for post in posts:
        key = old.standings[0].key._replace(part=post.part.number, revision=old.revision + 1)
        step = Step(key, post.draft.path, post=post, why=Why.REPOSTING if begun else Why.ANEW)
        yield step.waiting(wait, failed=True) if wait else step


def _go_on(old: Old, posts: Sequence[Post], wait: Wait | None) -> Iterator[Step]:
    """The one before is gone, and what is to take its place is not out, or not all of it, or nobody knows."""
    said = {step.key.part: step for step in old.steps}
    out = {one.key.part for one in old.standings if one.state in WENT_OUT}
    for post in posts:
        if post.part.number in out:
            yield said[post.part.number]
            continue
        key = old.steps[0].key._replace(part=post.part.number)
        doubt = old.states.get(key, (None, ""))[0] in OPEN
        step = Step(key, post.draft.path, post=post, why=Why.ANEW, doubt=doubt)
        yield step.waiting(wait, failed=True) if wait else step
