"""Many runners at once: started, killed in the middle of their work, started again until nothing is left to do."""

import multiprocessing
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from kanal.ledger import Ledger, State
from tests.many_runners.runner import OpenLedger, publish_due

_PRELOADED = ("tests.many_runners.runner", "kanal.cli.publish", "kanal.publish.outlet", "kanal.lint.inspecting")
_LIBRARIES = ("tweepy", "mastodon", "httpx", "PIL.Image", "psycopg", "rich.console")


def clean_processes() -> BaseContext:
    """Processes that begin clean: forked from a server that has imported everything, or spawned where there is none."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_PRELOADED, *_LIBRARIES])
    return context


@dataclass(frozen=True)
class Desk:
    """Where a runner works: the office's folder on one computer, and how the ledger is opened there."""

    store: str
    folder: Path
    open_ledger: OpenLedger


@dataclass
class Crowd:
    """Runner number `n` works at desk `n % len(desks)`. `kills` are dealt out while the work goes on, to the end.

    Every second one goes to a runner that is sending at that moment, according to the ledger; the others hit anyone,
    who may read, plan, or have just begun. `seed` decides whom.
    """

    desks: Sequence[Desk]
    size: int
    kills: int
    seed: int = 4
    killed: int = 0
    started: int = 0
    _alive: dict[BaseProcess, Desk] = field(default_factory=dict)
    _context: BaseContext = field(default_factory=clean_processes)

    def work(self, ledger: Ledger, deliveries: int, seconds: float) -> None:
        """Until all deliveries are published and all kills dealt out, and all runners have ended by themselves."""
        chance = Random(self.seed)  # noqa: S311 - the same kills in every run
        deadline = time.monotonic() + seconds
        for number in range(self.size):
            self._start(self.desks[number % len(self.desks)])
        while self._alive:
            assert time.monotonic() < deadline, f"not through after {seconds} seconds"
            wait([runner.sentinel for runner in self._alive], timeout=chance.uniform(0.02, 0.2))
            published = _published(ledger)
            for desk in self._ended():
                if published < deliveries:
                    self._start(desk)
            if self.killed < self.kills * published / deliveries and published < deliveries:
                self._kill(chance, ledger)

    def stop(self) -> None:
        """Nobody outlives the test."""
        for runner in self._alive:
            runner.kill()
            runner.join()
        self._alive.clear()

    def _start(self, desk: Desk) -> None:
        log = desk.folder / f"runner-{self.started}.log"
        runner = self._context.Process(  # type: ignore[attr-defined]
            target=publish_due, args=(desk.folder, desk.open_ledger, log)
        )
        runner.start()
        self.started += 1
        self._alive[runner] = desk

    def _ended(self) -> list[Desk]:
        """The desks of runners that are through."""
        over = [runner for runner in self._alive if not runner.is_alive()]
        return [self._alive.pop(runner) for runner in over]

    def _kill(self, chance: Random, ledger: Ledger) -> None:
        """SIGKILL for one, if there is somebody to hit; another takes the place."""
        among = (_sending(ledger, self._alive) if self.killed % 2 else []) or list(self._alive)
        if among:
            victim = chance.choice(among)
            victim.kill()
            victim.join()
            self.killed += 1
            self._start(self._alive.pop(victim))


def _sending(ledger: Ledger, runners: Iterable[BaseProcess]) -> list[BaseProcess]:
    claimed = {standing.by.split("/")[1] for standing in ledger.open_claims() if standing.state is State.CLAIMED}
    return [runner for runner in runners if str(runner.pid) in claimed]


def _published(ledger: Ledger) -> int:
    return sum(state is State.PUBLISHED for state, _ in ledger.states().values())
