"""How long a claim may be relied on: between claiming and sending a laptop may sleep, or a container stand still.

Who wakes up much later may find that another runner took the claim over meanwhile. So nothing is sent with a claim
that is not young, by both clocks: one goes on while the computer sleeps, the other cannot be set.
"""

from collections.abc import Callable
from datetime import timedelta

from kanal.publish.conditions import Conditions


def hold(on: Conditions) -> Callable[[], bool]:
    """Begin just before a claim; what comes back tells whether the claim may still be used for sending."""
    wall, ticks = on.now(), on.ticks()

    def is_young() -> bool:
        return max(abs(on.now() - wall), timedelta(seconds=on.ticks() - ticks)) < on.hold

    return is_young
