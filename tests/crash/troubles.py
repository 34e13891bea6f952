"""What can befall a ledger while a run works with it, for each of the three stores, and how it is put right again.

Real ones: disks that are full, servers that refuse, files and tables that a newer version has brought up to date.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kanal.errors import LedgerUnwritable
from kanal.ledger import Ledger
from kanal.ledger.git.files import FORM as GIT_FORM
from kanal.ledger.git.store import GitLedger
from kanal.ledger.office import PRACTICE_FILE, open_practice_ledger
from kanal.ledger.postgres.store import PostgresLedger
from kanal.ledger.sqlite_file import FORM
from kanal.message import msg
from kanal.model import DeliveryKey, Secret
from tests.ledger.git.clones import Office, git, made
from tests.ledger.git.hooks import REFUSE_ALL_BUT_MAIN, hook
from tests.ledger.small_disk import SmallDisk
from tests.postgres_server import Server

FILLING = 2000
END_THE_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True)
class Trouble:
    """`begin` brings it about, `end` puts it right; `fingerprint` tells whether anything in the ledger has changed."""

    begin: Callable[[], object]
    end: Callable[[], object]
    fingerprint: Callable[[], object]


@dataclass(frozen=True)
class Home:
    """Where a ledger lies, as a scene's `ledger` says it, and the troubles it may have, by name."""

    ledger: str
    troubles: dict[str, Trouble]


def sqlite_home(disk: SmallDisk) -> Home:
    folder = disk.path / "kanal"
    open_practice_ledger(folder).close()
    file = folder / PRACTICE_FILE

    def become(form: int) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as db:
            db.execute(f"PRAGMA user_version = {form}")

    def content() -> object:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    return Home(
        str(folder),
        {
            "disk full": Trouble(disk.fill, disk.empty, content),
            "read-only": Trouble(disk.protect, lambda: disk.protect(read_only=False), content),
            "newer version": Trouble(lambda: become(FORM + 1), lambda: become(FORM), content),
        },
    )


def git_home(disk: SmallDisk, folder: Path) -> Home:
    """The server lies on an ordinary disk, the clone on the small one."""
    office = made(folder)
    clone = disk.path / "klon"
    git(folder, "clone", "--quiet", office.server.as_uri(), str(clone))
    GitLedger.create(office.place("redaktion"), "main", "abc123").close()
    return Home(str(clone), {**_clone_troubles(disk, office), **_server_troubles(office)})


def git_home_of_a_small_server(disk: SmallDisk, folder: Path) -> Home:
    """The server lies on the small disk, the clone elsewhere."""
    office = made(disk.path)
    clone = folder / "klon"
    git(folder, "clone", "--quiet", office.server.as_uri(), str(clone))
    GitLedger.create(office.place("redaktion"), "main", "abc123").close()
    return Home(str(clone), {"disk full": Trouble(disk.fill, disk.empty, office.branch)})


def _clone_troubles(disk: SmallDisk, office: Office) -> dict[str, Trouble]:
    return {
        "disk full": Trouble(disk.fill, disk.empty, office.branch),
        "read-only": Trouble(disk.protect, lambda: disk.protect(read_only=False), office.branch),
    }


def _server_troubles(office: Office) -> dict[str, Trouble]:
    return {
        "server refuses": Trouble(
            lambda: hook(office, "pre-receive", REFUSE_ALL_BUT_MAIN),
            (office.server / "hooks" / "pre-receive").unlink,
            office.branch,
        ),
        "newer version": Trouble(
            lambda: _become(office, GIT_FORM, GIT_FORM + 1),
            lambda: _become(office, GIT_FORM + 1, GIT_FORM),
            office.branch,
        ),
    }


def _become(office: Office, old: int, new: int) -> None:
    """Somebody's newer kanal brings the branch up to date; or, to put it right, the opposite."""
    clone = office.folder / "neuer"
    if not clone.exists():
        office.clone("neuer")
    git(clone, "fetch", "--quiet", "origin", "kanal/ledger")
    git(clone, "checkout", "--quiet", "--detach", "FETCH_HEAD")
    file = clone / "ledger.json"
    file.write_text(file.read_text(encoding="utf-8").replace(f'"form": {old}', f'"form": {new}'), encoding="utf-8")
    git(clone, "commit", "--quiet", "--all", "--message=Form")
    git(clone, "push", "--quiet", "origin", "HEAD:kanal/ledger", "HEAD:kanal/ledger-seen")


@contextmanager
def postgres_home(disk: SmallDisk, server: Server) -> Iterator[Home]:
    """A database whose tables lie on the small disk."""
    place = disk.path / "tables"
    place.mkdir()
    server.own(place)
    server.sql(f"CREATE TABLESPACE small LOCATION '{place}'")
    url = server.new_database(tablespace="small")
    name = urlsplit(url).path[1:]
    PostgresLedger.create(Secret(url), "main", "abc123").close()

    def fill() -> None:
        disk.fill()
        with closing(PostgresLedger(Secret(url))) as ledger:
            use_up(ledger)

    def read_only(word: str) -> None:
        server.sql(f"ALTER DATABASE {name} SET default_transaction_read_only = {word}")
        server.sql(END_THE_OTHERS, url)

    def content() -> object:
        return [server.sql(f"TABLE kanal.{table}", url) for table in ("event", "delivery", "ledger")]

    try:
        yield Home(
            url,
            {
                "disk full": Trouble(fill, disk.empty, content),
                "read-only": Trouble(lambda: read_only("on"), lambda: read_only("off"), content),
                "newer version": Trouble(
                    lambda: server.sql("UPDATE kanal.ledger SET form = form + 1", url),
                    lambda: server.sql("UPDATE kanal.ledger SET form = form - 1", url),
                    content,
                ),
            },
        )
    finally:
        server.sql(f"DROP DATABASE {name} WITH (FORCE)")
        server.sql("DROP TABLESPACE small")


def use_up(ledger: Ledger) -> None:
    """Write into the room that is left inside of tables, until there is none for an outcome either."""
    with suppress(LedgerUnwritable):
        for number in range(FILLING):
            ledger.vouch([DeliveryKey("a", f"{number}")], msg("."), "a")
        raise AssertionError("the disk never fills up")
