"""50 drafts on 4 channels with 100 ms per request: do the channels run side by side, and waste no request."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from measure import Measured, once, peak
from office import make_office

from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice

DRAFTS = 50
TRIPS = 50
LATENCY = 0.1
PUBLISH = ("-m", "kanal", "publish", "--sandbox", "--format", "json")
PER_POST = {"mastodon": 2, "x": 3, "facebook": 2, "instagram": 3}
"""Requests that each network's protocol needs for a post with one picture (docs of each adapter)."""


def side_by_side(folder: Path) -> str:
    """The report's section."""
    make_office(folder, DRAFTS)
    with slow_networks(folder) as practice:
        done = once(PUBLISH, folder)
        counts = practice.request_counts()
        trip = _round_trip(practice)
        memory = _memory(folder)
    assert json.loads(done.output)["summary"]["published"] == DRAFTS * len(PLATFORMS)
    return _section(done, counts, trip, memory)


@contextmanager
def slow_networks(folder: Path) -> Iterator[Practice]:
    """Practice networks in a process of their own, slow on every request."""
    state = folder / ".kanal" / "sandbox"
    state.mkdir(parents=True)
    command = [sys.executable, str(Path(__file__).with_name("networks.py")), str(state)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        practice = Practice((state / "address").read_text(encoding="utf-8"))
        for network in PLATFORMS:
            practice.set_fault(network, Fault(FaultKind.LATENCY, None, LATENCY, "all"))
        practice.reset_counts()
        yield practice
        process.stdin.close()


def _section(done: Measured, counts: Mapping[str, int], trip: float, memory: float) -> str:
    slowest = max(counts[network] for network in PLATFORMS)
    chain = slowest * LATENCY
    rows = "\n".join(_row(network, counts[network]) for network in PLATFORMS)
    real = slowest * trip
    return f"""
## {DRAFTS} drafts on {len(PLATFORMS)} channels, {LATENCY * 1000:.0f} ms per request

`python bench/run.py`: `kanal publish --sandbox` against `kanal sandbox` with the fault `latency` on every request.
Each draft carries one picture with alternative text.

| network | requests | per post | needed per post | chain at {LATENCY * 1000:.0f} ms |
|---|---|---|---|---|
{rows}

What goes beyond the need is once per run: Mastodon's `/api/v2/instance`, Instagram's listing that tells addresses.

A request takes {trip * 1000:.1f} ms here, measured with a plain httpx loop on a kept connection: the latency, and what
the practice network and the client need themselves. The slowest channel's own chain of {slowest} requests is thus
{real:.1f} s.

Wall time of the whole command, from start-up to the last line: **{done.seconds:.1f} s**, that is
**{done.seconds / real:.2f} ×** that chain; the target is at most 1.15 ×. Against the bare latency ({chain:.1f} s) it is
{done.seconds / chain:.2f} ×. Peak memory of `publish`: {memory:.0f} MiB.
"""


def _row(network: str, count: int) -> str:
    return f"| {network} | {count} | {count / DRAFTS:.2f} | {PER_POST[network]} | {count * LATENCY:.1f} s |"


def _memory(folder: Path) -> float:
    """Peak memory of publishing everything once more, for a ledger that knows nothing of it."""
    for file in (folder / ".kanal").glob("practice.sqlite3*"):
        file.unlink()
    Practice((folder / ".kanal" / "sandbox" / "address").read_text(encoding="utf-8")).heal()
    for draft in (folder / "posts").rglob("*.yaml"):
        draft.write_text(draft.read_text(encoding="utf-8").replace("Meldung", "Nochmals, Meldung"), encoding="utf-8")
    return peak(PUBLISH, folder)


def _round_trip(practice: Practice) -> float:
    """Seconds that one publishing request takes, without kanal."""
    import httpx

    token = practice.admit("mastodon", "bench@social.example", "Bench")["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=practice.urls("mastodon")["api"], headers=headers, trust_env=False) as client:
        client.get("/api/v2/instance")
        started = time.perf_counter()
        for number in range(TRIPS):
            client.post("/api/v1/statuses", data={"status": f"Meldung {number}"}).raise_for_status()
        return (time.perf_counter() - started) / TRIPS
