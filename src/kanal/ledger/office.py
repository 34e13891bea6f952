"""The office's ledger, guarded: a real channel never meets a ledger that nobody has vouched for.

On a second laptop, or a CI runner whose disk is new each time, an empty ledger would publish the whole archive again;
so would one that went back in time. Practice networks make their own ledger without asking.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kanal.config.office import LedgerName
from kanal.errors import LedgerRefused, LedgerUnwritable, LedgerWentBack
from kanal.ledger.memory import refuse_older, remember
from kanal.ledger.naming import with_ledger
from kanal.ledger.sqlite import SqliteLedger
from kanal.ledger.stored import StoredLedger, refuse_moved, utc_now
from kanal.ledger.stores import Site, create_store, open_store
from kanal.message import Message, msg

PRACTICE_FILE = "practice.sqlite3"


@contextmanager
def office_ledger(site: Site, named: LedgerName | None) -> Iterator[StoredLedger]:
    """The ledger that the configuration names, for as long as the block runs.

    Raises `LedgerRefused` with the way out, `LedgerWentBack` when it lacks what was seen in it here, and
    `LedgerUnreachable`.
    """
    ledger = open_named(site, named)
    try:
        refuse_moved(ledger.name, ledger.moved_to)
        refuse_older(ledger, site)
        remember(ledger, site)
        yield ledger
        _remember_in_the_end(ledger, site)
    finally:
        ledger.close()


def _remember_in_the_end(ledger: StoredLedger, site: Site) -> None:
    """Where the disk filled up or the server went away, what the run has to say counts; the next one will not begin.

    Raises `LedgerWentBack` all the same.
    """
    try:
        remember(ledger, site)
    except LedgerWentBack:
        raise
    except (LedgerUnwritable, LedgerRefused):
        return


def open_named(site: Site, named: LedgerName | None, *, trusting: bool = False) -> StoredLedger:
    """The ledger that is meant, whatever happened to it. Raises `LedgerRefused` for a missing or foreign one."""
    if named is None:
        raise LedgerRefused(
            msg("No ledger has been set up for this office, and without one nothing is published on real channels."),
            msg("Once, on the computer that publishes: kanal ledger init --name NAME. Then commit config/kanal.yaml."),
        )
    if named.store == "sqlite":
        _refuse_elsewhere(site, named)
    ledger = open_store(named, site, trusting=trusting)
    if ledger.id != named.id:
        ledger.close()
        raise LedgerRefused(
            msg(
                "This is another ledger (“{found}”) than the one that config/kanal.yaml names (“{name}”).",
                found=ledger.name,
                name=named.name,
            ),
            _put_right(site, named),
        )
    return ledger


def _refuse_elsewhere(site: Site, named: LedgerName) -> None:
    """A file is on one computer only."""
    if site.environ.get("CI", "").lower() not in {"", "0", "false"}:
        raise LedgerRefused(
            msg("This is a CI job (CI is set), and the ledger is a file on this machine, which may be new each time."),
            msg(
                "Publish from the computer where the ledger “{name}” is; or move it there to where CI jobs can use it:"
                " kanal ledger move --to git",
                name=named.name,
            ),
        )
    if not site.file.exists():
        raise LedgerRefused(
            msg("The ledger “{name}” is not on this computer ({path}).", name=named.name, path=site.file),
            msg(
                "Publish from the computer where it is, or move the file here. If it is lost for good: remove “ledger:”"
                " from config/kanal.yaml and run kanal ledger init --name NAME --all-published."
            ),
        )


def _put_right(site: Site, named: LedgerName) -> Message:
    if named.store == "sqlite":
        return msg("Put the right file at {path}, or correct “ledger:” in config/kanal.yaml.", path=site.file)
    return msg("Correct “ledger:” in config/kanal.yaml, or the place that it names.")


def open_practice_ledger(state: Path, clock: Callable[[], datetime] = utc_now) -> SqliteLedger:
    """The ledger of the practice networks, made when missing."""
    path = state / PRACTICE_FILE
    if not path.exists() or not path.stat().st_size:
        try:
            return SqliteLedger.create(path, "practice", "practice", clock)
        except (LedgerRefused, LedgerUnwritable):
            if not path.exists():
                raise
            # Another run made it at this very moment: then it can be opened now.
    return SqliteLedger(path, clock)


@contextmanager
def new_office_ledger(site: Site, config: Path, named: LedgerName | None, wanted: LedgerName) -> Iterator[StoredLedger]:
    """The office's first ledger. When the block ends well, `config` (config/kanal.yaml) names it; else it is removed.

    Raises `LedgerRefused` when there is one already, or when its name cannot be written into `config`.
    """
    if named is not None:
        raise LedgerRefused(
            msg("config/kanal.yaml names a ledger already: “{name}”.", name=named.name),
            msg("A second one would publish the archive again. Use the first, or remove “ledger:” if it is lost."),
        )
    text = with_ledger(config, wanted)
    ledger = create_store(wanted, site)
    try:
        try:
            yield ledger
            remember(ledger, site)
            config.write_bytes(text)
        except BaseException:
            ledger.discard()
            raise
    finally:
        ledger.close()


def fresh_name(name: str, store: str, remote: str | None) -> LedgerName:
    """A ledger that never was before."""
    return LedgerName(name, str(uuid.uuid4()), store, remote)
