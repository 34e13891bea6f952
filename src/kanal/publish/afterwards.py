"""What comes after the ledger's write, and changes no outcome: captions, public addresses, staged files.

It must not publish; whatever goes wrong here is told, and no more.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from kanal.abilities.sending import CanComplete, CanLocate, CanTidy
from kanal.adapter import Adapter
from kanal.errors import KanalError
from kanal.ledger import Ledger
from kanal.model import DeliveryKey, Part, Prepared, Receipt
from kanal.publish.conditions import Conditions, Moment
from kanal.publish.reasons import surprise


class Afterwards:
    """Tidies up after the deliveries of one channel. Used by one thread."""

    def __init__(self, channel: str, adapter: Adapter, ledger: Ledger, conditions: Conditions) -> None:
        self._nobody = DeliveryKey(channel, "")
        self._adapter = adapter
        self._ledger = ledger
        self._on = conditions
        self._unlocated: dict[DeliveryKey, str] = {}

    def is_out(self, key: DeliveryKey, receipt: Receipt, prepared: Prepared | None, part: Part | None) -> None:
        """The delivery is out, and the ledger holds it. `part` is the draft's, where there is one still."""
        if receipt.url is None:
            self._unlocated[key] = receipt.id
        if part and isinstance(self._adapter, CanComplete):
            with self._nothing_lost():
                self._adapter.complete(receipt, part)
        self.tidy(prepared)

    def tidy(self, prepared: Prepared | None) -> None:
        """Nobody needs any more what was prepared, where that is known."""
        if prepared and isinstance(self._adapter, CanTidy):
            with self._nothing_lost():
                self._adapter.tidy(prepared)

    def locate(self) -> dict[DeliveryKey, str]:
        """The public addresses of this run's posts that their receipts lack."""
        urls: dict[DeliveryKey, str] = {}
        if self._unlocated and isinstance(self._adapter, CanLocate):
            with self._nothing_lost():
                found = self._adapter.locate(list(self._unlocated.values()))
                urls = {key: found[id_] for key, id_ in self._unlocated.items() if id_ in found}
                self._ledger.locate(urls, self._on.by)
        return urls

    @contextmanager
    def _nothing_lost(self) -> Iterator[None]:
        try:
            yield
        except KanalError as error:
            self._on.watch(Moment.NOTED, self._nobody, error.message)
        except Exception as error:  # noqa: BLE001 - the posts are out; a mistake of ours must not hide that
            self._on.watch(Moment.NOTED, self._nobody, surprise(error))
