"""A PostgreSQL server that a test starts for itself, on loopback: a real one, to be killed, frozen and started again.

Needs the programs of an installed server (Debian: `apt install postgresql`; macOS: `brew install postgresql`). Its data
lie in a folder of their own and go away with it. Nothing here knows ledgers.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.peers.programs import free_port

OWNER = "amt"
PASSWORD = "geheim/Ä%&@:"
"""With everything that an address must encode: no message may show any spelling of it."""
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # killed processes lose nothing that the operating system has; only a power cut would
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "logging_collector": "off",
}


def programs() -> Path | None:
    """Where initdb and postgres are, if there is a server on this machine."""
    beside = shutil.which("initdb")
    places = [Path(beside).resolve().parent] if beside else []
    asked = shutil.which("pg_config")
    if asked:
        found = subprocess.run([asked, "--bindir"], capture_output=True, encoding="utf-8", check=False)
        places.append(Path(found.stdout.strip()))
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: float(bin_.parent.name), reverse=True)
    return next((place for place in places if any(place.glob("initdb*")) and any(place.glob("postgres*"))), None)


@contextmanager
def running(place: Path | None = None) -> Iterator["Server"]:
    """A server of its own, below `place`, until the block ends. Call it only where `programs` finds something."""
    bin_ = programs()
    assert bin_, "no PostgreSQL server is installed"
    with tempfile.TemporaryDirectory(prefix="kanal-postgres-", dir=place, ignore_cleanup_errors=True) as folder:
        server = Server(bin_, Path(folder), free_port())
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.kill()


@dataclass
class Server:
    """A server and its databases. `start` and `kill` may be called any number of times."""

    bin_: Path
    folder: Path
    port: int
    _process: subprocess.Popen[bytes] | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _starter: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def make(self) -> None:
        """The empty cluster. initdb and postgres refuse to work for root."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        for path in (self.folder, secret):
            self.own(path)
        options = ["--auth=scram-sha-256", f"--username={OWNER}", f"--pwfile={secret}", "--encoding=UTF8"]
        command = [str(self.bin_ / "initdb"), f"--pgdata={self.folder / 'data'}", *options, "--locale=C", "--no-sync"]
        self._run(command)
        with (self.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in _SETTINGS.items())

    def start(self) -> None:
        """Start, and wait until it answers. After `kill` it recovers first."""
        deadline = time.monotonic() + 60
        while True:
            self._process = self._starter.submit(self._launch).result()
            while self._process.poll() is None and time.monotonic() < deadline:
                if self._answers():
                    return
                time.sleep(0.02)
            # Killed processes may still hold its memory, or another program its port.
            assert time.monotonic() < deadline, (self.folder / "log").read_text(encoding="utf-8")[-2000:]
            time.sleep(0.1)

    def kill(self) -> None:
        """SIGKILL: no goodbye, to nobody."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """The polite way: connections are ended, what was committed is written."""
        assert self._process
        self._run([str(self.bin_ / "pg_ctl"), "stop", f"--pgdata={self.folder / 'data'}", "--mode=fast"])
        self._process.wait(60)
        self.start()

    def freeze(self) -> None:
        """Every process of the server stands still: connections stay open, nothing is answered. Not on Windows."""
        self._signal("SIGSTOP")

    def thaw(self) -> None:
        """The server goes on."""
        self._signal("SIGCONT")

    def _signal(self, name: str) -> None:
        for process in self._processes():
            with suppress(ProcessLookupError):  # it has ended meanwhile
                os.kill(process, getattr(signal, name))

    def own(self, folder: Path) -> None:
        """Let the server write there."""
        if _unprivileged():
            shutil.chown(folder, _unprivileged())

    def new_database(self, tablespace: str = "pg_default", **settings: str) -> str:
        """The address of a new, empty database. `settings` hold for whoever connects to it."""
        name = f"amt_{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} TABLESPACE {tablespace}")
        for setting, value in settings.items():
            self.sql(f"ALTER DATABASE {name} SET {setting} = '{value}'")
        return self.url(name)

    def drop_databases(self) -> None:
        """All that tests have made."""
        for (name,) in self.sql("SELECT datname FROM pg_database WHERE datname LIKE 'amt%'"):
            self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, database: str = "postgres", user: str = OWNER, password: str = PASSWORD, port: int = 0) -> str:
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{port or self.port}/{database}"

    def sql(self, statement: str, url: str = "") -> list[tuple[Any, ...]]:
        """Run a statement as the owner; its rows."""
        import psycopg

        with closing(psycopg.connect(url or self.url(), autocommit=True)) as db:
            # A test's own statement, written down in it.
            done = db.execute(statement.encode())
            return done.fetchall() if done.description else []

    def _launch(self) -> subprocess.Popen[bytes]:
        """Where the system can do it, the end of the tests is the server's end: that is, of the calling thread."""
        leash = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        command = [*leash, str(self.bin_ / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, **_as_user())

    def _answers(self) -> bool:
        import psycopg

        try:
            self.sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _processes(self) -> list[int]:
        """The main process, and its children."""
        if not self._process:
            return []
        main = self._process.pid
        listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, encoding="utf-8", check=True)
        pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
        return [main, *(pid for pid, parent in pairs if parent == main)]

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **_as_user())
        assert done.returncode == 0, done.stderr


def _unprivileged() -> str:
    """As whom the server runs when the tests run as root; "" for as ourselves."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return ""
    import pwd

    return "postgres" if any(user.pw_name == "postgres" for user in pwd.getpwall()) else "nobody"


def _as_user() -> dict[str, Any]:
    user = _unprivileged()
    here = {"cwd": tempfile.gettempdir(), "env": {**os.environ, "LC_ALL": "C"}}
    return {**here, "user": user, "extra_groups": []} if user else here
