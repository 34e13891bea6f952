"""Where the quarter takes place: server, clones, machines, and the ledger's store with what can befall it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from kanal.ledger import Ledger
from kanal.ledger.git.store import GitLedger, GitPlace
from kanal.ledger.postgres.store import PostgresLedger
from kanal.ledger.sqlite import SqliteLedger
from kanal.model import Secret
from kanal.sandbox import Practice
from tests.ledger.git.clones import SETTINGS, Office, git
from tests.ledger.git.hooks import REFUSE_ALL_BUT_MAIN, hook, silent
from tests.postgres_server import Server
from tests.quarter.machines import Machine
from tests.quarter.office import secrets
from tests.quarter.plan import SYSTEMS
from tests.quarter.systems import System

Trouble = Callable[[], Callable[[], None]]
"""Begins a trouble; what comes back ends it."""
RESTART_AFTER_SECONDS = 0.1


@dataclass(frozen=True)
class Store:
    """Where the ledger lies, which variables lead there, and what may go wrong with it."""

    name: str
    environ: Mapping[str, str]
    troubles: Mapping[str, Trouble]
    open_ledger: Callable[[Path], Ledger]
    """From the press office's folder."""

    @property
    def alone(self) -> bool:
        """Whether all work in one folder, on one computer."""
        return self.name == "sqlite"


def sqlite_store() -> Store:
    return Store("sqlite", {}, {}, lambda folder: SqliteLedger(folder / ".kanal" / "ledger.sqlite3"))


def git_store(office: Office) -> Store:
    """In the repository that holds the drafts: if it is down, nobody gets those, either."""

    def down() -> Callable[[], None]:
        away = office.server.with_name("away.git")
        office.server.rename(away)
        return lambda: _back(away, office.server)

    def hooked(script: str) -> Callable[[], None]:
        hook(office, "pre-receive", script)
        return (office.server / "hooks" / "pre-receive").unlink

    def mute() -> Callable[[], None]:
        marker = office.folder / "mute"
        marker.unlink(missing_ok=True)
        return hooked(silent(marker))

    troubles: Mapping[str, Trouble] = {"down": down, "refusing": lambda: hooked(REFUSE_ALL_BUT_MAIN), "mute": mute}
    return Store("git", {}, troubles, lambda folder: GitLedger(GitPlace(folder, "origin")))


def _back(away: Path, place: Path) -> None:
    away.rename(place)


def postgres_store(server: Server) -> Store:
    url = server.new_database()

    def restarted() -> Callable[[], None]:
        timer = Timer(RESTART_AFTER_SECONDS, server.restart)
        timer.start()
        return timer.join

    return Store("postgres", {"KANAL_LEDGER_URL": url}, {"restarted": restarted}, lambda _: PostgresLedger(Secret(url)))


@dataclass(frozen=True)
class Ground:
    """The server with the drafts, the press office's clone and computer, and the two CI systems."""

    office: Office
    folder: Path
    person: Machine
    systems: tuple[System, ...]


@contextmanager
def prepared(office: Office, store: Store, practice: Practice) -> Iterator[Ground]:
    """Everything, until the block ends; `office` has a server with nothing in it."""
    folder = office.clone("presse")
    environ = {**SETTINGS, "KANAL_LANG": "en", **secrets(practice), **store.environ}
    jobs = environ if store.alone else {**environ, "CI": "true"}
    places = {name: folder if store.alone else office.folder / name for name in SYSTEMS}
    systems = tuple(System(name, office, places[name], Machine(jobs), alone=store.alone) for name in SYSTEMS)
    person = Machine(environ)
    try:
        yield Ground(office, folder, person, systems)
    finally:
        for machine in (person, *(system.machine for system in systems)):
            machine.stop()


def server_in(folder: Path) -> Office:
    """An empty repository on a server."""
    office = Office(folder)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(office.server))
    return office
