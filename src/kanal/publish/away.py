"""What is to be said of a delivery that lies with a network: nobody else sends it, whatever its draft says by now.

It must not ask the network, nor know ledgers.
"""

from kanal.alike import SAME_TIME
from kanal.compose import Post, content_digest
from kanal.ledger import Standing, State
from kanal.message import Message, msg
from kanal.model import DeliveryKey, Outcome
from kanal.publish.timing import planned_for
from kanal.publish.wait import Wait, Why


def away(key: DeliveryKey, standing: Standing | None, post: Post | None, held: Wait | None) -> Wait:
    """Where it is, and what somebody should know about it.

    `post` is what the draft says now, None where it says nothing any more on this channel; `held` what would hold it
    at the time at which it comes out.
    """
    if standing is None or standing.comes_out_at is None:
        return Wait(Outcome.HANDED_OVER, msg("It lies with the network."), Why.HANDED_OVER)
    if standing.state is State.CANCELLING:
        reason = msg("Somebody began to take it back from the network; whether it comes out is not known.")
        return Wait(Outcome.UNCERTAIN, reason, Why.CANCELLING, standing.at)
    at = standing.comes_out_at
    where = msg("It lies with the network, which publishes it at {time}.", time=at)
    if post is None:
        where = msg(
            "{where} The draft is gone, or does not name this channel any more. {back}", where=where, back=_back(key)
        )
        return Wait(Outcome.HANDED_OVER, where, Why.OTHERWISE, until=at)
    if says_otherwise(standing, post):
        where = msg(
            "{where} The draft says something else by now, or another time. To replace it: kanal publish --hand-over"
            " --replace {draft}",
            where=where,
            draft=key.draft,
        )
        return Wait(Outcome.HANDED_OVER, where, Why.OTHERWISE, until=at)
    if held:
        where = msg(
            "{where} {held} That does not stop the network. {back}", where=where, held=held.reason, back=_back(key)
        )
        return Wait(Outcome.HANDED_OVER, where, Why.OTHERWISE, until=at)
    return Wait(Outcome.HANDED_OVER, where, Why.HANDED_OVER, until=at)


def says_otherwise(standing: Standing, post: Post) -> bool:
    """Whether the network holds another content, or another time, than the draft names."""
    planned = planned_for(post.draft)
    at = standing.comes_out_at
    if planned is None or at is None or abs(planned - at) > SAME_TIME:
        return True
    try:
        return content_digest(post.part) != standing.digest
    except OSError:  # a picture is missing: lint tells, and what the network holds is not that
        return True


def _back(key: DeliveryKey) -> Message:
    return msg(
        "To take it back: kanal retract {draft} --channel {channel} --reason REASON",
        draft=key.draft,
        channel=key.channel,
    )
