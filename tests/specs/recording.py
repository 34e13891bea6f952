"""Listens to practice networks and keeps what was not according to specification.

Hook it in with `running(..., record=recorder)`, and assert at the end that `recorder.violations()` is empty.
"""

from threading import Lock

from kanal.sandbox import Exchange

from .checking import Specs, check


class Recorder:
    """Callable with each exchange, from any thread."""

    def __init__(self, specs: Specs) -> None:
        self._specs = specs
        self._lock = Lock()
        self._exchanges: list[Exchange] = []

    def __call__(self, exchange: Exchange) -> None:
        with self._lock:
            self._exchanges.append(exchange)

    def exchanges(self) -> list[Exchange]:
        """What was heard so far, in order."""
        with self._lock:
            return list(self._exchanges)

    def violations(self) -> list[str]:
        """Violations of all exchanges so far, each with its request and answer; equal ones once."""
        found = (
            f"{one.platform}: {one.method} {one.path} → {one.status}: {words}"
            for one in self.exchanges()
            for words in check(one, self._specs)
        )
        return list(dict.fromkeys(found))
