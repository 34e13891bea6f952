"""`publish` with nothing due over an archive of 10,000 published drafts: what a CI job does every few minutes."""

import subprocess
import sys
import time
from pathlib import Path

from office import make_office

from kanal.ledger.office import open_practice_ledger
from kanal.message import msg
from kanal.model import DeliveryKey

DRAFTS = 10_000
MEASURE = """
import runpy, resource, sys
sys.argv = ["kanal", *sys.argv[1:]]
try:
    runpy.run_module("kanal", run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sys.stderr.write(f"peak {peak}\\n")
"""


def archive_of_published_drafts(folder: Path) -> str:
    """The report's section. Peak memory needs `resource`, which Windows lacks."""
    make_office(folder, DRAFTS)
    ledger = open_practice_ledger(folder / ".kanal")
    channels = ("mastodon", "x", "facebook", "instagram")
    keys = [DeliveryKey(channel, f"meldung-{number}") for number in range(DRAFTS) for channel in channels]
    ledger.vouch(keys, msg("Counted as published for the benchmark."), "bench")
    ledger.close()
    time.sleep(2.5)  # younger files are not trusted to the cache
    rows = "\n".join(
        f"| {name} | {seconds:.2f} s | {peak / 1024:.0f} MiB |"
        for name, (seconds, peak) in {
            "first run (nothing cached)": _once(folder),
            "next run": min(_once(folder) for _ in range(3)),
        }.items()
    )
    return f"""
## Nothing due over {DRAFTS:,} published drafts

`python bench/run.py`: `kanal publish --sandbox --due` in a folder of {DRAFTS:,} drafts on {len(channels)} channels,
all of them published according to the ledger. The target is at most 2 s.

| run | time | peak memory |
|---|---|---|
{rows}
"""


def _once(folder: Path) -> tuple[float, int]:
    started = time.perf_counter()
    arguments = ["--project", str(folder), "publish", "--sandbox", "--due"]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MEASURE, *arguments], check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - started
    assert "40000" in done.stdout, done.stdout
    return seconds, int(done.stderr.rsplit("peak ", 1)[1])
