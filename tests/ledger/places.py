"""An office in a clone, with servers for git and PostgreSQL: its ledger's guard must not care where that lies."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from kanal.config.office import LedgerName
from kanal.ledger.office import fresh_name, new_office_ledger
from kanal.ledger.stores import Site
from tests.ledger.git.clones import SETTINGS, Office, git, made
from tests.postgres_server import Server

STORES = ("sqlite", "git", "postgres")


@dataclass
class Place:
    """An office at work in a clone of its repository, and perhaps in others, as on other computers."""

    office: Office
    environ: dict[str, str]
    server: Server | None = None

    def site(self, clone: str = "redaktion", **environ: str) -> Site:
        """A clone, made when it is missing."""
        root = self.office.folder / clone
        if not root.exists():
            self.office.clone(clone)
        return Site(root, root / ".kanal", {**self.environ, **environ})

    @property
    def config(self) -> Path:
        return self.office.folder / "kanal.yaml"

    def make(self, store: str) -> LedgerName:
        """The office's ledger, as `kanal ledger init` makes it."""
        self.config.write_text("office: Landkreis\n", encoding="utf-8")
        wanted = fresh_name("Presse", store, None)
        with new_office_ledger(self.site(), self.config, None, wanted):
            return wanted

    def lose(self, store: str) -> None:
        """The ledger is gone."""
        if store == "sqlite":
            shutil.rmtree(self.site().state)
        elif store == "git":
            for branch in ("ledger", "ledger-seen"):
                git(self.office.server, "update-ref", "-d", f"refs/heads/kanal/{branch}")
        else:
            assert self.server
            self.environ["KANAL_LEDGER_URL"] = self.server.new_database()

    def back_up(self, store: str) -> Callable[[], None]:
        """Keep the state of now; what comes back puts it in the place of a later one."""
        if store == "sqlite":
            return self._back_up_folder()
        if store == "git":
            older = self.office.branch()
            branches = [f"update refs/heads/kanal/{name} {older}\n" for name in ("ledger", "ledger-seen")]

            def restore() -> None:
                git(self.office.server, "update-ref", "--stdin", given="".join(branches))

            return restore
        return self._back_up_database()

    def _back_up_folder(self) -> Callable[[], None]:
        state, copy = self.site().state, self.office.folder / "backup"
        with closing(sqlite3.connect(self.site().file)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(state, copy)

        def restore() -> None:
            shutil.rmtree(state)
            shutil.copytree(copy, state)

        return restore

    def _back_up_database(self) -> Callable[[], None]:
        assert self.server
        name = self.environ["KANAL_LEDGER_URL"].rpartition("/")[2]
        self.server.sql(f"CREATE DATABASE {name}_backup TEMPLATE {name}")

        def restore() -> None:
            assert self.server
            self.environ["KANAL_LEDGER_URL"] = self.server.url(f"{name}_backup")

        return restore


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Place:
    """PostgreSQL is started only where the test's `store` is one."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    environ = {**SETTINGS, "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    found = Place(made(tmp_path), environ)
    callspec = getattr(request.node, "callspec", None)
    if callspec and "postgres" in callspec.params.values():
        found.server = request.getfixturevalue("postgres")
        environ["KANAL_LEDGER_URL"] = found.server.new_database()
    return found
