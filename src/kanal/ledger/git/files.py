"""What lies in the ledger's branch: one readable file per event, one that says which ledger it is, one for people.

Only names and contents; it must not call git.
"""

import json
import re
from typing import Any, NamedTuple

from kanal.errors import LedgerRefused
from kanal.ledger.chain import Line
from kanal.message import msg

FORM = 3
"""The form of these files, kept in ledger.json: from 2 on posts may be taken down or corrected, from 3 on answered,
published anew, or handed over to a network that publishes them later; older versions do not know that."""
IDENTITY_FILE = "ledger.json"
README_FILE = "README.md"
README = b"""\
# The ledger of kanal

kanal writes down here what it publishes, before and after it does: one file per event, each holding the digest of
the one before. Do not edit, merge, rebase or delete this branch; kanal would notice, and refuse to publish.
`kanal log`, `kanal ledger check` and `kanal ledger export` read it.
"""
EVENT = r"events/\d{4,}/(\d{6,})\.json"


class Identity(NamedTuple):
    """Which ledger it is, where it is now if it was moved, and the form of the branch."""

    name: str
    id: str
    made_at: str
    version: str
    moved_to: str | None = None
    form: int = FORM


def event_path(number: int) -> str:
    """Where an event lies; a hundred to a folder, since git writes a folder's list anew with each event."""
    return f"events/{number // 100:04}/{number:06}.json"


def event_number(path: str) -> int | None:
    """The number of the event that lies there, if it is one."""
    found = re.fullmatch(EVENT, path)
    return int(found[1]) if found else None


def event_file(line: Line) -> bytes:
    """The event as a file. The detail stands there as what it is, if that gives the very same text again."""
    fields = line._asdict()
    detail = json.loads(line.detail)
    if _canonical(detail) == line.detail:
        fields["detail"] = detail
    return _readable(fields)


def line_in(content: bytes, path: str) -> Line:
    """Back from `event_file`. Raises `LedgerRefused`."""
    try:
        fields = json.loads(content)
        detail = fields["detail"]
        if not isinstance(detail, str):
            detail = _canonical(detail)
        line = Line(**{**fields, "detail": detail})
        well = all(isinstance(value, type(model)) for value, model in zip(line, _MODEL, strict=True))
    except (ValueError, KeyError, TypeError):
        well = False
    if not well or line.number != event_number(path):
        raise _unreadable(path)
    return line


_MODEL = Line(1, "", "", "", "", 1, 1, "", "", "", "")


def identity_file(identity: Identity) -> bytes:
    """The file that says which ledger it is."""
    return _readable({"form": identity.form, **identity._asdict()})


def identity_in(content: bytes) -> Identity:
    """Back from `identity_file`. Raises `LedgerRefused`, also for a form that this version does not know yet."""
    try:
        fields = json.loads(content)
        if fields["form"] <= FORM:
            return Identity(**fields)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(IDENTITY_FILE) from error
    raise LedgerRefused(
        msg("The ledger's branch was written by a newer version of kanal."),
        msg("Update kanal on this computer. The ledger was not touched."),
    )


def _unreadable(path: str) -> LedgerRefused:
    return LedgerRefused(
        msg("{path} in the ledger's branch cannot be read.", path=path),
        msg("Somebody edited the branch kanal/ledger. Put it back to the last state that kanal wrote (git log)."),
    )


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _readable(fields: dict[str, Any]) -> bytes:
    return (json.dumps(fields, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
