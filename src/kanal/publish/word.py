"""Who changes what is out already, and why: what the ledger keeps of it. Values only."""

from typing import NamedTuple

from kanal.message import Message, msg

BY_HAND = msg(
    "kanal cannot take this down: the network lets no program do so, or the ledger does not know the post's id there."
    " Take it down on the network, then: the same command with --by-hand"
)


class Word(NamedTuple):
    """Somebody's word; `reason` is a sentence of his or hers."""

    name: str
    reason: str

    @property
    def intent(self) -> Message:
        """What is written down before the request that deletes."""
        return msg("{name} takes it down: {reason}", name=self.name, reason=self.reason)

    @property
    def end(self) -> Message:
        """What is written down when it is gone."""
        return msg("{name} took it down: {reason}", name=self.name, reason=self.reason)

    @property
    def correcting(self) -> Message:
        """What is written down before the request that edits."""
        return msg("{name} corrects it: {reason}", name=self.name, reason=self.reason)

    @property
    def corrected(self) -> Message:
        """What is written down when it says the new."""
        return msg("{name} corrected it: {reason}", name=self.name, reason=self.reason)

    @property
    def making_way(self) -> Message:
        """What is written down before the request that deletes, where it is published anew."""
        return msg("{name} takes it down, to publish it anew: {reason}", name=self.name, reason=self.reason)

    @property
    def made_way(self) -> Message:
        """What is written down when the old one is gone."""
        return msg("{name} took it down, to publish it anew: {reason}", name=self.name, reason=self.reason)

    def answering(self, draft: str) -> Message:
        """What is written down before the reply `draft` is sent."""
        return msg(
            "{name} corrects it with the reply “{draft}”: {reason}", name=self.name, draft=draft, reason=self.reason
        )

    @property
    def end_by_hand(self) -> Message:
        """What is written down when he or she did that on the network."""
        return msg("{name} took it down by hand: {reason}", name=self.name, reason=self.reason)

    @property
    def cancelling(self) -> Message:
        """What is written down before the request that takes it back from its network."""
        return msg("{name} takes it back from the network: {reason}", name=self.name, reason=self.reason)

    @property
    def cancelled(self) -> Message:
        """What is written down when it does not lie there any more."""
        return msg("{name} took it back from the network: {reason}", name=self.name, reason=self.reason)

    @property
    def cancelled_by_hand(self) -> Message:
        """What is written down when he or she did that on the network."""
        return msg("{name} cancelled it on the network by hand: {reason}", name=self.name, reason=self.reason)
