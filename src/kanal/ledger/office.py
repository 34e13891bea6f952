"""The office's ledger, guarded: a real channel never meets a ledger that nobody has vouched for.

On a second laptop, or a CI runner whose disk is new each time, an empty ledger would publish the whole archive again.
Practice networks make their own ledger without asking.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kanal.config.office import LedgerName, office_from
from kanal.errors import LedgerRefused, LedgerUnwritable
from kanal.ledger.sqlite import SqliteLedger
from kanal.message import msg
from kanal.yaml12 import parse

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
    if not path.exists() or not path.stat().st_size:
        try:
            return SqliteLedger.create(path, "practice", "practice")
        except (LedgerRefused, LedgerUnwritable):
            if not path.exists():
                raise
            # Another run made it at this very moment: then it can be opened now.
    return SqliteLedger(path)


@contextmanager
def new_office_ledger(state: Path, config: Path, name: str, named: LedgerName | None) -> Iterator[SqliteLedger]:
    """The office's first ledger. When the block ends well, `config` (config/kanal.yaml) names it; else it is removed.

    Raises `LedgerRefused` when there is one already, or when its name cannot be appended to `config`.
    """
    if named is not None:
        raise LedgerRefused(
            msg("config/kanal.yaml names a ledger already: “{name}”.", name=named.name),
            msg("A second one would publish the archive again. Use the first, or remove “ledger:” if it is lost."),
        )
    new = LedgerName(name, str(uuid.uuid4()))
    lines = _appendix(new, config)
    path = state / OFFICE_FILE
    ledger = SqliteLedger.create(path, new.name, new.id)
    try:
        try:
            yield ledger
        finally:
            ledger.close()
        with config.open("ab") as file:
            file.write(lines)
    except BaseException:
        path.unlink()
        raise


def _appendix(new: LedgerName, config: Path) -> bytes:
    """The lines that name the ledger, for the end of `config`: appended, so that comments and order stay as they are.

    Raises `LedgerRefused` when the file, with these lines, would not say what is meant.
    """
    before = config.read_bytes()
    end = b"\r\n" if b"\r\n" in before else b"\n"
    quoted = "'" + new.name.replace("'", "''") + "'"
    lines = ["", "ledger:", f"  name: {quoted}", f"  id: {new.id}", ""]
    block = (b"" if before.endswith(b"\n") else end) + end.join(line.encode() for line in lines)
    office = office_from(parse((before + block).decode("utf-8-sig"), config.name))
    if office is None or office.ledger != new:
        raise LedgerRefused(
            msg("The name “{name}” cannot be added at the end of {file}.", name=new.name, file=config.name),
            msg(
                "Choose a simple name, and let the file consist of lines “key: value”, without a “ledger:” of its own."
            ),
        )
    return block
