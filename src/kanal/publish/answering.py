"""What a part stands beneath: the part before it in a thread, or the post of another draft, as the ledger knows it.

It must not know networks, nor send anything.
"""

from kanal.ledger import OPEN, STANDS, Ledger
from kanal.message import Message, msg
from kanal.model import DeliveryKey, Part

REPLY_TO = "reply_to"
"""The handle (`Prepared.handles`) under which an adapter finds the id of the post that is answered."""


def answered_by(part: Part, key: DeliveryKey) -> DeliveryKey | None:
    """The delivery that must be out before this one."""
    if part.number > 1:
        return key._replace(part=part.number - 1)
    return DeliveryKey(key.channel, part.reply_to) if part.reply_to else None


def handle(part: Part, key: DeliveryKey, ledger: Ledger) -> dict[str, str] | Message:
    """The handle that names what is answered, none for a post that answers nothing; or why it cannot go out yet."""
    before = answered_by(part, key)
    if before is None:
        return {}
    standing = ledger.standing(before)
    if standing and standing.state in STANDS and standing.receipt:
        return {REPLY_TO: standing.receipt.id}
    if standing and standing.state in STANDS:
        return msg("It answers “{draft}”, and the ledger does not know that post's id.", draft=before.draft)
    if standing and standing.state in OPEN:
        return msg("Nobody knows yet whether the post before it is out.")
    if part.number > 1:
        return msg("Part {number} of the thread is not out yet.", number=before.part)
    return msg("It answers “{draft}”, which is not out on this channel.", draft=before.draft)
