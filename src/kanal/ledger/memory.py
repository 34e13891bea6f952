"""The newest event that this computer has seen in a ledger, kept apart from it: so a ledger cannot go back unnoticed.

In the git directory where there is one: who restores a backup of `.kanal` does not restore that with it.
"""

import hashlib
import json
import secrets
from pathlib import Path

from kanal.errors import KanalError, LedgerUnwritable, LedgerWentBack
from kanal.ledger import Ledger
from kanal.ledger.chain import NOTHING, Head
from kanal.ledger.stores import Site
from kanal.message import msg


def refuse_older(ledger: Ledger, site: Site) -> None:
    """Raises `LedgerWentBack` unless the ledger holds the newest event that was seen in it here."""
    seen = _read(_file(ledger, site))
    if seen == NOTHING or ledger.mark_of(seen.number) == seen.mark:
        return
    if ledger.head().number < seen.number:
        what = msg(
            "The ledger “{name}” went back in time: it ends at event {now}, and {seen} were seen here.",
            name=ledger.name,
            now=ledger.head().number,
            seen=seen.number,
        )
    else:
        what = msg("The ledger “{name}” has another past than what was seen of it here.", name=ledger.name)
    raise LedgerWentBack(
        what,
        msg(
            "Restore the newest state. If that is lost for good, count the present drafts as published:"
            " kanal ledger accept-loss --name NAME --reason REASON"
        ),
    )


def remember(ledger: Ledger, site: Site, *, backwards: bool = False) -> None:
    """Keep the newest event; an older one than is kept already only if somebody answers for that (`backwards`)."""
    file, head = _file(ledger, site), ledger.head()
    kept = _read(file)
    if head == kept or (head.number < kept.number and not backwards):
        return
    new = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_text(json.dumps(head._asdict()), encoding="utf-8")
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise LedgerUnwritable(
            msg("{file} cannot be written: {reason}.", file=file, reason=error.strerror or error),
            msg("Check the disk and the rights of that folder, then run the command again."),
        ) from error


def _read(file: Path) -> Head:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return Head(int(kept["number"]), str(kept["mark"]))
    except (OSError, ValueError, KeyError, TypeError):  # never seen before, or not by us
        return NOTHING


def _file(ledger: Ledger, site: Site) -> Path:
    name = hashlib.sha256(ledger.id.encode()).hexdigest()[:16]
    return _folder(site) / f"seen-{name}.json"


def _folder(site: Site) -> Path:
    from kanal.ledger.git.commands import Git, own_folder

    try:
        return own_folder(Git(site.root, site.environ))
    except KanalError:  # no git, no repository, or one that nobody may write to
        return site.state
