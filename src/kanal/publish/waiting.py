"""How long a channel may wait in this run, and the waiting itself."""

from datetime import datetime, timedelta

from kanal.message import Message
from kanal.model import DeliveryKey
from kanal.publish.conditions import Conditions, Moment


class Waiting:
    """One channel's budget for waiting (`--wait`), used up bit by bit."""

    def __init__(self, conditions: Conditions) -> None:
        self._on = conditions
        self._waited = timedelta()

    def until(self, wake: datetime, key: DeliveryKey, reason: Message | None) -> bool:
        """Sleep until `wake` if the budget allows; False when it does not, or when the run is interrupted."""
        pause = max(wake - self._on.now(), timedelta())
        if self._waited + pause > self._on.wait:
            return False
        self._waited += pause
        self._on.watch(Moment.WAITING, key, reason)
        return not self._on.stop.wait(pause.total_seconds())
