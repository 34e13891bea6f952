"""What the evidence says about a delivery of which nobody knows where it is. Values only."""

from dataclasses import dataclass
from datetime import datetime

from kanal.message import Message
from kanal.model import Receipt


@dataclass(frozen=True, slots=True)
class Verdict:
    """A receipt (out), `waits` (with the network), `absent` (not out, may be sent again), `rejected`, or still a doubt.

    For a doubt, `look_again` tells when asking anew may help; `lost` says that the network had it and does not show it
    any more, which only a person can explain. `late` says of what waits that its time is over.
    """

    reason: Message
    receipt: Receipt | None = None
    absent: bool = False
    rejected: bool = False
    look_again: datetime | None = None
    waits: Receipt | None = None
    late: bool = False
    lost: bool = False
