"""The stand-in, on which posts can be deleted."""

from kanal.model import Channel, Receipt, Secret
from tests.publish.stand_in import CHANNEL, StandIn


class Deleting(StandIn):
    """A network that deletes. Each call of `retract` does what `deletions` says: raise, and delete or not."""

    def __init__(self, channel: Channel = CHANNEL, credentials: dict[str, Secret] | None = None) -> None:
        super().__init__(channel, credentials)
        self.deletions: list[tuple[Exception | None, bool]] = []
        self.deleted: list[str] = []
        self.shown_for: int = 0
        """How often a deleted post is still shown."""
        self.mute: Exception | None = None

    def retract(self, receipt: Receipt) -> None:
        self.calls.append("retract")
        error, deleted = self.deletions.pop(0) if self.deletions else (None, True)
        if deleted:
            self.deleted.append(receipt.id)
        if error:
            raise error

    def is_gone(self, receipt: Receipt) -> bool:
        self.calls.append("is_gone")
        if self.mute:
            raise self.mute
        if receipt.id in self.deleted and self.shown_for:
            self.shown_for -= 1
            return False
        return receipt.id in self.deleted

    @property
    def there(self) -> list[str]:
        """What readers see."""
        return [text for number, text in enumerate(self.posts) if f"{number}" not in self.deleted]
