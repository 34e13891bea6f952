"""What a part stands beneath or shows within itself: the part before it in a thread, or the post of another draft.

As the ledger knows it. It must not know networks, nor send anything.
"""

from kanal.ledger import OPEN, STANDS, Ledger
from kanal.message import Message, msg
from kanal.model import DeliveryKey, Part
from kanal.publish.revisions import looked_up

REPLY_TO = "reply_to"
QUOTE = "quote"
"""The handles (`Prepared.handles`) under which an adapter finds the ids of the posts that are answered and quoted."""


def handles(part: Part, key: DeliveryKey, ledger: Ledger) -> dict[str, str] | Message:
    """The handles that name what is answered and quoted, as far as anything is; or why it cannot go out yet."""
    found: dict[str, str] = {}
    for handle, other in _others(part, key).items():
        post = _id_of(other, key, ledger)
        if isinstance(post, Message):
            return post
        found[handle] = post
    return found


def _others(part: Part, key: DeliveryKey) -> dict[str, DeliveryKey]:
    """The deliveries that must be out before this one."""
    before = key._replace(part=part.number - 1) if part.number > 1 else None
    answered = before or (DeliveryKey(key.channel, part.reply_to) if part.reply_to else None)
    quoted = DeliveryKey(key.channel, part.quote) if part.quote else None
    return {name: other for name, other in ((REPLY_TO, answered), (QUOTE, quoted)) if other}


def _id_of(other: DeliveryKey, key: DeliveryKey, ledger: Ledger) -> str | Message:
    standing = ledger.standing(other if other.draft == key.draft else looked_up(other, ledger))
    if standing and standing.state in STANDS and standing.receipt:
        return standing.receipt.id
    if standing and standing.state in STANDS:
        return msg("It refers to “{draft}”, and the ledger does not know that post's id.", draft=other.draft)
    if standing and standing.state in OPEN:
        return msg("Nobody knows yet whether the post before it is out.")
    if other.draft == key.draft:
        return msg("Part {number} of the thread is not out yet.", number=other.part)
    return msg("It refers to “{draft}”, which is not out on this channel.", draft=other.draft)
