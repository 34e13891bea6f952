"""Which switched-on faults hit a request. The switches are kept in the state file and outlive a restart.

What a fault looks like on the wire is the business of `network` and of each network's own shapes.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, get_args

from kanal.sandbox import Deed, Fault, FaultKind
from kanal.sandbox.store import Store

INSTEAD = (FaultKind.TOO_MANY, FaultKind.EXPIRED, FaultKind.ERROR_BEFORE)
"""Faults that answer instead of the network; nothing is stored."""


class Switchboard:
    """The fault switches of one network."""

    def __init__(self, platform: str, store: Store) -> None:
        self._platform = platform
        self._switches = store.switches
        faults = [kept for kept in self._switches.of(platform) if "kind" in kept]  # the others are quirks
        self._faults = {FaultKind(kept["kind"]): fault_from(kept) for kept in faults}

    @property
    def down(self) -> bool:
        """Whether the network refuses connections."""
        return FaultKind.DOWN in self._faults

    def set(self, fault: Fault) -> None:
        """Switch `fault` on, in place of another of its kind."""
        self._faults[fault.kind] = fault
        self._switches.save(self._platform, fault.kind, asdict(fault))

    def heal(self) -> None:
        """Switch everything off."""
        for kind in list(self._faults):
            self._forget(kind)

    async def hit(self, deed: Callable[[], Awaitable[Deed | None]]) -> list[Fault]:
        """The faults for one request, used up by one: latency if there is one, and the oldest of the others."""
        if not self._faults:
            return []
        done = await deed()
        fitting = [fault for fault in self._faults.values() if fault.calls in (done, "all")]
        slow = [fault for fault in fitting if fault.kind is FaultKind.LATENCY]
        broken = [fault for fault in fitting if fault.kind not in (FaultKind.LATENCY, FaultKind.DOWN)]
        hits = slow + broken[:1]
        for fault in hits:
            self._use(fault)
        return hits

    def _use(self, fault: Fault) -> None:
        if fault.times is None:
            return
        if fault.times <= 1:
            self._forget(fault.kind)
        else:
            self.set(replace(fault, times=fault.times - 1))

    def _forget(self, kind: FaultKind) -> None:
        self._faults.pop(kind, None)
        self._switches.remove(self._platform, kind)


def fault_from(fields: Mapping[str, Any]) -> Fault:
    """A fault from JSON. Raises `ValueError` or `TypeError` when the fields are not one."""
    fault = Fault(**{**fields, "kind": FaultKind(fields["kind"])})
    if fault.calls not in (*get_args(Deed), "all"):
        raise ValueError(f"calls: {fault.calls}")
    if not (fault.times is None or fault.times >= 1) or fault.seconds < 0:
        raise ValueError("times must be at least 1 and seconds at least 0")
    return fault
