"""Threads of which something is out, and a part was refused: whoever reads them sees half of what was meant.

It must not know networks; whether such a thread goes on or is taken back, the office decides.
"""

from collections.abc import Iterable

from kanal.message import Message
from kanal.model import DeliveryKey, Outcome
from kanal.publish.conditions import Result

_OUT = frozenset({Outcome.PUBLISHED, Outcome.ALREADY})


def broken_threads(results: Iterable[Result]) -> dict[DeliveryKey, Message | None]:
    """Why each of them broke off, by the key of its first part.

    A part that only waits goes out with the next run, and one that is uncertain must be settled first; neither is
    broken.
    """
    threads: dict[DeliveryKey, list[Result]] = {}
    for result in results:
        threads.setdefault(result.step.key._replace(part=1), []).append(result)
    return {
        key: next(part.reason for part in parts if part.outcome is Outcome.REJECTED)
        for key, parts in threads.items()
        if not _OUT.isdisjoint(outcomes := {part.outcome for part in parts})
        and Outcome.REJECTED in outcomes
        and Outcome.UNCERTAIN not in outcomes
    }
