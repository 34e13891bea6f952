"""Many runners with one ledger in PostgreSQL: does it go faster with each, until the networks are the bound."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from channels import LATENCY, slow_networks

sys.path.insert(0, str(Path(__file__).parents[1]))  # server and runners are those of the tests

from tests import postgres_server
from tests.many_runners.crowd import Crowd, Desk
from tests.many_runners.office import make_office

from kanal.ledger import EventKind
from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import Secret
from kanal.sandbox import PLATFORMS, Practice

DRAFTS = int(os.environ.get("KANAL_MANY_DRAFTS", "200"))
RUNNERS = (1, 2, 4, 8)
PLAIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Rate:
    """What `runners` did: `seconds` from the first claim to the last receipt, and the requests that it took.

    `bound` is what as many plain clients could have done at the same networks, in deliveries a second.
    """

    runners: int
    seconds: float
    requests: int
    plain: float

    @property
    def deliveries(self) -> float:
        """A second."""
        return DRAFTS * len(PLATFORMS) / self.seconds

    @property
    def bound(self) -> float:
        """Deliveries a second, if nothing but the requests had to be made."""
        return self.plain * DRAFTS * len(PLATFORMS) / self.requests


def many_runners(folder: Path) -> str:
    """The report's section."""
    if postgres_server.programs() is None:
        return "\n## Many runners with PostgreSQL\n\nNot measured: no PostgreSQL server is installed here.\n"
    with postgres_server.running() as server:
        version = server.sql("SHOW server_version")[0][0].split()[0]
        rates = [_rate(folder / f"{runners}", runners, server) for runners in RUNNERS]
    return _section(rates, version)


def _rate(folder: Path, runners: int, server: postgres_server.Server) -> Rate:
    make_office(folder, DRAFTS)
    url = Secret(server.new_database())
    ledger = PostgresLedger.create(url, "bench", "bench")
    with slow_networks(folder) as practice:
        plain = _plain(practice, runners)
        practice.reset_counts()
        crowd = Crowd([Desk("postgres", folder, partial(PostgresLedger, url))], runners, kills=0)
        try:
            crowd.work(ledger, DRAFTS * len(PLATFORMS), 600)
        finally:
            crowd.stop()
        requests = sum(practice.request_counts()[network] for network in PLATFORMS)
    times = [event.at for event in ledger.history()]
    published = sum(event.kind is EventKind.PUBLISHED for event in ledger.history())
    assert published == DRAFTS * len(PLATFORMS), published
    ledger.close()
    return Rate(runners, (times[-1] - times[0]).total_seconds(), requests, plain)


def _plain(practice: Practice, runners: int) -> float:
    """Requests a second of as many plain clients, each with a connection for every channel."""
    command = [sys.executable, str(Path(__file__).with_name("plain.py")), practice.address, str(PLAIN_SECONDS)]
    started = time.perf_counter()
    clients = [
        subprocess.Popen([*command, str(len(PLATFORMS))], stdout=subprocess.PIPE, text=True)  # noqa: S603
        for _ in range(runners)
    ]
    done = sum(int(client.communicate()[0]) for client in clients)
    assert time.perf_counter() - started < PLAIN_SECONDS * 10
    return done / PLAIN_SECONDS


def _section(rates: list[Rate], version: str) -> str:
    rows = "\n".join(_row(rate, rates[0]) for rate in rates)
    return f"""
## Many runners with PostgreSQL, {LATENCY * 1000:.0f} ms per request

`python bench/run.py`: {DRAFTS} drafts on {len(PLATFORMS)} channels, `kanal publish --due --sandbox` in as many
processes, one ledger in PostgreSQL {version}, from the first claim to the last receipt. All of it, networks and server
included, runs on the {os.cpu_count()} cores of this machine. The last columns are the networks' own bound: what as many
plain httpx clients get through on kept connections, one for each channel, at the requests that a delivery took.

| runners | time | deliveries a second | of one runner | requests per delivery | the networks' bound | share |
|---|---|---|---|---|---|---|
{rows}
"""


def _row(rate: Rate, alone: Rate) -> str:
    faster, share = rate.deliveries / alone.deliveries, rate.deliveries / rate.bound
    each = rate.requests / DRAFTS / len(PLATFORMS)
    return (
        f"| {rate.runners} | {rate.seconds:.1f} s | {rate.deliveries:.1f} | {faster:.2f} × | {each:.2f}"
        f" | {rate.bound:.1f} | {share:.0%} |"
    )
