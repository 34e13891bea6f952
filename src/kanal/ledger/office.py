"""The office's ledger, guarded: a real channel never meets a ledger that nobody has vouched for.

On a second laptop, or a CI runner whose disk is new each time, an empty ledger would publish the whole archive again.
Practice networks make their own ledger without asking.
"""

import uuid
from collections.abc import Mapping
from pathlib import Path

from kanal.config.office import LedgerName
from kanal.errors import LedgerRefused
from kanal.ledger.sqlite import SqliteLedger
from kanal.message import msg

OFFICE_FILE = "ledger.sqlite3"
PRACTICE_FILE = "practice.sqlite3"


def open_office_ledger(state: Path, named: LedgerName | None, environ: Mapping[str, str]) -> SqliteLedger:
    """The ledger that the configuration names. Raises `LedgerRefused` with the way out."""
    path = state / OFFICE_FILE
    if named is None:
        raise LedgerRefused(
            msg("No ledger has been set up for this office, and without one nothing is published on real channels."),
            msg("Once, on the computer that publishes: kanal ledger init --name NAME. Then commit config/kanal.yaml."),
        )
    if environ.get("CI", "").lower() not in {"", "0", "false"}:
        raise LedgerRefused(
            msg("This is a CI job (CI is set), and the ledger is a file on this machine, which may be new each time."),
            msg("Publish from the computer where the ledger “{name}” is.", name=named.name),
        )
    if not path.exists():
        raise LedgerRefused(
            msg("The ledger “{name}” is not on this computer ({path}).", name=named.name, path=path),
            msg(
                "Publish from the computer where it is, or move the file here. If it is lost for good: remove “ledger:”"
                " from config/kanal.yaml and run kanal ledger init --name NAME --all-published."
            ),
        )
    ledger = SqliteLedger(path)
    if ledger.id != named.id:
        ledger.close()
        raise LedgerRefused(
            msg(
                "This is another ledger (“{found}”) than the one that config/kanal.yaml names (“{name}”).",
                found=ledger.name,
                name=named.name,
            ),
            msg("Put the right file at {path}, or correct “ledger:” in config/kanal.yaml.", path=path),
        )
    return ledger


def open_practice_ledger(state: Path) -> SqliteLedger:
    """The ledger of the practice networks, made when missing."""
    path = state / PRACTICE_FILE
    if path.exists():
        return SqliteLedger(path)
    return SqliteLedger.create(path, "practice", "practice")


def make_office_ledger(state: Path, config: Path, name: str, named: LedgerName | None) -> SqliteLedger:
    """Make the office's first ledger and name it in `config` (config/kanal.yaml). Raises `LedgerRefused`.

    The name is appended as text, so that comments and order of the file stay as they are.
    """
    if named is not None:
        raise LedgerRefused(
            msg("config/kanal.yaml names a ledger already: “{name}”.", name=named.name),
            msg("A second one would publish the archive again. Use the first, or remove “ledger:” if it is lost."),
        )
    identity = str(uuid.uuid4())
    ledger = SqliteLedger.create(state / OFFICE_FILE, name, identity)
    before = config.read_bytes()
    end = b"\r\n" if b"\r\n" in before else b"\n"
    quoted = "'" + name.replace("'", "''") + "'"
    lines = ["", "ledger:", f"  name: {quoted}", f"  id: {identity}", ""]
    block = end.join(line.encode() for line in lines)
    config.write_bytes(before + (b"" if before.endswith(b"\n") else end) + block)
    return ledger
