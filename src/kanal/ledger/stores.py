"""Which store a ledger lies in: the one place that knows all three, and imports only the one that is needed.

It must not know whether a ledger may be used; that is for `kanal.ledger.office`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kanal.config.office import AUTO, LedgerName
from kanal.config.secrets import credentials
from kanal.errors import ConfigError, KanalError, LedgerRefused
from kanal.ledger.sqlite import SqliteLedger
from kanal.ledger.stored import StoredLedger, utc_now
from kanal.message import msg
from kanal.model import Secret

OFFICE_FILE = "ledger.sqlite3"


@dataclass(frozen=True, slots=True)
class Site:
    """Where an office works: its folder, what kanal keeps there (`.kanal`), the environment, and the clock.

    `clock` (aware) dates the ledger's events; whatever is compared with them later goes by the same one.
    """

    root: Path
    state: Path
    environ: Mapping[str, str]
    clock: Callable[[], datetime] = utc_now

    @property
    def file(self) -> Path:
        """Where the SQLite ledger lies."""
        return self.state / OFFICE_FILE


def chosen(wish: str, site: Site) -> str:
    """The store that is meant: with `auto`, git where the repository has a remote, and sqlite elsewhere."""
    if wish != AUTO:
        return wish
    try:
        return "git" if _usual_remote(site) else "sqlite"
    except KanalError:  # no git on this computer
        return "sqlite"


def open_store(named: LedgerName, site: Site, *, trusting: bool = False) -> StoredLedger:
    """The ledger in the store that `named` tells; whether it is the one that is meant is not looked at.

    With `trusting`, one that is broken or was set back opens, too, so that it can be looked at.
    """
    if named.store == "git":
        from kanal.ledger.git.store import GitLedger, GitPlace

        kept = site.state / "cache" / "ledger.json"
        place = GitPlace(site.root, _remote(named, site), kept, site.environ)
        return GitLedger(place, site.clock, trusting=trusting)
    if named.store == "postgres":
        from kanal.ledger.postgres.store import PostgresLedger

        return PostgresLedger(_url(site), site.clock)
    return SqliteLedger(site.file, site.clock)


def create_store(new: LedgerName, site: Site) -> StoredLedger:
    """A new, empty ledger. Raises `LedgerRefused` if there is one already."""
    if new.store == "git":
        from kanal.ledger.git.store import GitLedger, GitPlace

        kept = site.state / "cache" / "ledger.json"
        place = GitPlace(site.root, _remote(new, site), kept, site.environ)
        return GitLedger.create(place, new.name, new.id, site.clock)
    if new.store == "postgres":
        from kanal.ledger.postgres.store import PostgresLedger

        return PostgresLedger.create(_url(site), new.name, new.id, site.clock)
    return SqliteLedger.create(site.file, new.name, new.id, site.clock)


def _remote(named: LedgerName, site: Site) -> str:
    from kanal.ledger.git.commands import Git
    from kanal.ledger.git.remote import remotes

    if named.remote and named.remote not in remotes(Git(site.root, site.environ)):
        raise LedgerRefused(
            msg("There is no git remote “{remote}” here.", remote=named.remote),
            msg(
                "Add it (git remote add {remote} URL), or correct “remote:” in config/kanal.yaml.", remote=named.remote
            ),
        )
    found = named.remote or _usual_remote(site)
    if found is None:
        raise LedgerRefused(
            msg("A git ledger needs a remote, and this repository has none, or several of which none is “origin”."),
            msg("Add one (git remote add origin URL), or name it: “remote:” below “ledger:” in config/kanal.yaml."),
        )
    return found


def _usual_remote(site: Site) -> str | None:
    from kanal.ledger.git.commands import Git
    from kanal.ledger.git.remote import remote_of

    return remote_of(Git(site.root, site.environ))


def _url(site: Site) -> Secret:
    """The address of the PostgreSQL server, from where credentials come from: it holds a password."""
    found = credentials("ledger", ["url"], site.environ)
    if found.missing:
        raise ConfigError(
            msg("The address of the PostgreSQL server is missing: {names}.", names=", ".join(found.missing)),
            msg("Set the variable (postgresql://USER:PASSWORD@HOST/DATABASE), or NAME_FILE with the path of a file."),
        )
    return found.found["url"]
