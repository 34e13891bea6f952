"""50 drafts on 4 channels with 100 ms per request: do the channels run side by side, and waste no request."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from measure import Measured, once
from office import make_office

from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice

DRAFTS = 50
LATENCY = 0.1
PER_POST = {"mastodon": 2, "x": 3, "facebook": 2, "instagram": 3}
"""Requests that each network's protocol needs for a post with one picture (docs of each adapter)."""


def side_by_side(folder: Path) -> str:
    """The report's section."""
    make_office(folder, DRAFTS)
    with _networks(folder) as practice:
        done = once([sys.executable, "-m", "kanal", "publish", "--sandbox", "--format", "json"], folder)
        counts = practice.request_counts()
    assert json.loads(done.output)["summary"]["published"] == DRAFTS * len(PLATFORMS)
    return _section(done, counts)


@contextmanager
def _networks(folder: Path) -> Iterator[Practice]:
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


def _section(done: Measured, counts: Mapping[str, int]) -> str:
    slowest = max(counts[network] for network in PLATFORMS)
    chain = slowest * LATENCY
    rows = "\n".join(_row(network, counts[network]) for network in PLATFORMS)
    ratio = done.seconds / chain
    return f"""
## {DRAFTS} drafts on {len(PLATFORMS)} channels, {LATENCY * 1000:.0f} ms per request

`python bench/run.py`: `kanal publish --sandbox` against `kanal sandbox` with the fault `latency` on every request.
Each draft carries one picture with alternative text.

| network | requests | per post | needed per post | chain at {LATENCY * 1000:.0f} ms |
|---|---|---|---|---|
{rows}

What goes beyond the need is once per run: Mastodon's `/api/v2/instance`, Instagram's listing that tells addresses.

Wall time of the whole command: **{done.seconds:.1f} s**, that is **{ratio:.2f} ×** the slowest channel's own chain
({chain:.1f} s); the target is at most 1.15 ×. Peak memory of `publish`: {done.peak:.0f} MiB.
"""


def _row(network: str, count: int) -> str:
    return f"| {network} | {count} | {count / DRAFTS:.2f} | {PER_POST[network]} | {count * LATENCY:.1f} s |"
