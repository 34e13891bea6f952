"""The ledger's name in config/kanal.yaml: written into the file as it is, so that comments and order stay.

What comes out is read again: it must say what it said, and name the ledger, or nothing is written.
"""

import re
from pathlib import Path

from kanal.config.office import LedgerName, office_from
from kanal.errors import LedgerRefused
from kanal.message import msg
from kanal.yaml12 import parse

_BLOCK = re.compile(rb"^ledger:[^\n]*(?:\n|\Z)(?:[ \t]+[^\n]*(?:\n|\Z)|[ \t\r]*\n(?=[ \t]))*", re.MULTILINE)
_PLACE = re.compile(rb"^([ \t]+)(?:store|remote):[^\n]*(?:\n|\Z)", re.MULTILINE)
_ID = re.compile(rb"^([ \t]+)id:[^\n]*(?:\n|\Z)", re.MULTILINE)


def with_ledger(config: Path, new: LedgerName) -> bytes:
    """What the file `config` would say if it named `new`. Raises `LedgerRefused` where that cannot be written."""
    before = config.read_bytes()
    end = b"\r\n" if b"\r\n" in before else b"\n"
    block = _BLOCK.search(before)
    if block is None:
        gap = end if before.endswith(b"\n") else end * 2
        after = before + gap + _lines(new, end)
    elif _ID.search(block[0]):
        after = before[: block.start()] + _moved(block[0], new, end) + before[block.end() :]
    else:
        after = before[: block.start()] + _lines(new, end) + before[block.end() :]
    if not _says(after, before, new, config.name):
        raise LedgerRefused(
            msg("The name “{name}” cannot be written into {file}.", name=new.name, file=config.name),
            msg(
                "Choose a simple name, and let the file consist of lines “key: value”, with “ledger:” as"
                " docs/configuration.md shows it, or without."
            ),
        )
    return after


def _lines(new: LedgerName, end: bytes) -> bytes:
    quoted = "'" + new.name.replace("'", "''") + "'"
    place = _place(new, "  ")
    return b"".join(line.encode() + end for line in ("ledger:", f"  name: {quoted}", f"  id: {new.id}", *place))


def _place(new: LedgerName, indent: str) -> list[str]:
    remote = [f"{indent}remote: '{new.remote}'"] if new.remote else []
    return [f"{indent}store: {new.store}", *remote]


def _moved(block: bytes, new: LedgerName, end: bytes) -> bytes:
    """The block with another place, and every other line as it is."""
    block = _PLACE.sub(b"", block)
    found = _ID.search(block)
    if found is None:  # the caller looked
        raise AssertionError(block)
    whole = found[0] if found[0].endswith(b"\n") else found[0] + end
    place = b"".join(line.encode() + end for line in _place(new, found[1].decode()))
    return block[: found.start()] + whole + place + block[found.end() :]


def _says(after: bytes, before: bytes, new: LedgerName, name: str) -> bool:
    try:
        was = office_from(parse(before.decode("utf-8-sig"), name))
        now = office_from(parse(after.decode("utf-8-sig"), name))
    except UnicodeDecodeError:
        return False
    return was is not None and now == was._replace(ledger=new, store=new.store)
