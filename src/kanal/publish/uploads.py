"""What one channel's posts need on the network before they are published; it may be made ready long before that.

It must not know the ledger: nothing in here is seen by anybody.
"""

from kanal.abilities.sending import TellsProgress
from kanal.adapter import Adapter
from kanal.errors import Rejected, Unavailable
from kanal.fitting import Fit
from kanal.model import DeliveryKey, Outcome, Part, Prepared
from kanal.publish.afterwards import Afterwards
from kanal.publish.conditions import Conditions, Moment, Result, Uploading
from kanal.publish.not_sent import later
from kanal.publish.planning import Step
from kanal.publish.reasons import with_words


class Uploads:
    """Prepares posts, and keeps what was made ready. Used by one thread."""

    def __init__(self, adapter: Adapter, fit: Fit, conditions: Conditions, afterwards: Afterwards) -> None:
        self._adapter = adapter
        self._fit = fit
        self._on = conditions
        self._afterwards = afterwards
        self._ready: dict[DeliveryKey, Prepared] = {}

    def make_ready(self, step: Step) -> Result | None:
        """Prepare `step` for later; the result if it cannot go out. A doubt must be settled before anything is."""
        if step.post is None or step.doubt:
            return None
        try:
            self._ready[step.key] = self._prepare(step.key, step.post.part)
        except Rejected as error:
            return Result(step, Outcome.REJECTED, with_words(error))
        except Unavailable as error:
            return later(step, with_words(error), error.retry_at)
        return None

    def take(self, key: DeliveryKey, part: Part) -> Prepared:
        """What was made ready, once, or is now. Raises `Rejected`, `Unavailable`."""
        return self._ready.pop(key, None) or self._prepare(key, part)

    def drop(self) -> None:
        """What was made ready is not needed after all."""
        while self._ready:
            self._afterwards.tidy(self._ready.popitem()[1])

    def _prepare(self, key: DeliveryKey, part: Part) -> Prepared:
        self._on.watch(Moment.PREPARE, key, None)
        if isinstance(self._adapter, TellsProgress):
            self._adapter.tell_progress(lambda *sent: self._on.watch(Moment.UPLOADING, key, Uploading(*sent)))
        prepared = self._adapter.prepare(self._fit(part))
        self._on.watch(Moment.PREPARED, key, None)
        return prepared
