"""`publish` with nothing due over an archive of 10,000 published drafts: what a CI job does every few minutes."""

import time
from pathlib import Path

from measure import Measured, once, peak
from office import make_office

from kanal.ledger.office import open_practice_ledger
from kanal.message import msg
from kanal.model import DeliveryKey

DRAFTS = 10_000
PUBLISH = ("-m", "kanal", "publish", "--sandbox", "--due")


def archive_of_published_drafts(folder: Path) -> str:
    """The report's section."""
    make_office(folder, DRAFTS)
    ledger = open_practice_ledger(folder / ".kanal")
    channels = ("mastodon", "x", "facebook", "instagram")
    keys = [DeliveryKey(channel, f"meldung-{number}") for number in range(DRAFTS) for channel in channels]
    ledger.vouch(keys, msg("Counted as published for the benchmark."), "bench")
    ledger.close()
    time.sleep(2.5)  # younger files are not trusted to the cache
    first, runs = _publish(folder), [_publish(folder) for _ in range(3)]
    warm = peak(PUBLISH, folder)
    for cache in (folder / ".kanal" / "cache").iterdir():
        cache.unlink()
    cold = peak(PUBLISH, folder)
    rows = (
        f"| first run (nothing cached) | {first.seconds:.2f} s | {cold:.0f} MiB |\n"
        f"| next run | {min(run.seconds for run in runs):.2f} s | {warm:.0f} MiB |"
    )
    return f"""
## Nothing due over {DRAFTS:,} published drafts

`python bench/run.py`: `kanal publish --sandbox --due` in a folder of {DRAFTS:,} drafts on {len(channels)} channels,
all of them published according to the ledger. The target is at most 2 s.

| run | time | peak memory |
|---|---|---|
{rows}
"""


def _publish(folder: Path) -> Measured:
    found = once(PUBLISH, folder)
    assert "40000" in found.output, found.output
    return found
