"""The tables of the ledger in PostgreSQL: how they are made, and brought up to date, in the schema `kanal`.

A database holds one ledger. Its one row in `kanal.ledger` says who it is, of which form the tables are, and where the
chain ends; whoever writes locks that row first. It must not know what events mean.
"""

from typing import Any, NamedTuple

from kanal import __version__
from kanal.errors import LedgerRefused
from kanal.ledger.chain import NOTHING, Head
from kanal.ledger.postgres.address import Address
from kanal.ledger.postgres.connection import WRITING
from kanal.ledger.postgres.saying import no_ledger
from kanal.ledger.postgres.wire import Wire
from kanal.message import msg

STEPS = (
    """
CREATE TABLE kanal.ledger (
    alone boolean PRIMARY KEY DEFAULT true CHECK (alone),
    form integer NOT NULL, name text NOT NULL, id text NOT NULL, made_at text NOT NULL, version text NOT NULL,
    number bigint NOT NULL, mark text NOT NULL, moved_to text
);
CREATE TABLE kanal.event (
    number bigint PRIMARY KEY, at text NOT NULL, kind text NOT NULL,
    channel text NOT NULL, draft text NOT NULL, part integer NOT NULL, revision integer NOT NULL,
    digest text NOT NULL, by text NOT NULL, version text NOT NULL, detail text NOT NULL,
    previous text NOT NULL, mark text NOT NULL
);
CREATE INDEX event_of_draft ON kanal.event (draft, channel);
CREATE TABLE kanal.delivery (
    channel text NOT NULL, draft text NOT NULL, part integer NOT NULL, revision integer NOT NULL,
    state text NOT NULL, digest text NOT NULL, claim bigint, last bigint NOT NULL, receipt bigint, by text NOT NULL,
    PRIMARY KEY (channel, draft, part, revision)
);
CREATE INDEX open_delivery ON kanal.delivery (last) WHERE state IN ('claimed', 'uncertain');
CREATE FUNCTION kanal.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE ON kanal.event FOR EACH ROW EXECUTE FUNCTION kanal.refuse();
CREATE TRIGGER event_remains BEFORE TRUNCATE ON kanal.event FOR EACH STATEMENT EXECUTE FUNCTION kanal.refuse();
""",
    # The tables stay, but posts may be taken down or corrected, and older versions would not understand those events.
    "SELECT 1",
    # The same, for posts that are corrected with a reply, published anew, or handed over to be published later.
    "SELECT 1",
)
"""What leads from one form of the tables to the next; a step that was ever released is never changed.

Every version of kanal reads `form`, `name` and `id` of `kanal.ledger`, so they stay, too.
"""


END = "SELECT form, number, mark, moved_to FROM kanal.ledger"
"""Where the ledger ends; see `end_in`."""
LOCKING = f"{WRITING}{END} FOR UPDATE"
"""Begins a transaction in which nobody else writes, and tells the same."""
_BEGIN_HERE = """
INSERT INTO kanal.ledger (form, name, id, made_at, version, number, mark) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


class Identity(NamedTuple):
    """Which ledger it is, and of which form its tables are."""

    form: int
    name: str
    id: str


class End(NamedTuple):
    """Where the chain ends, and where the ledger was moved to."""

    head: Head
    moved_to: str | None


def make(wire: Wire, address: Address, name: str, identity: str, made_at: str) -> None:
    """New tables with an empty ledger; the schema may be there already if it is empty.

    Raises `LedgerRefused` if there is a ledger or something else, `psycopg.Error`.
    """
    with wire.transaction(WRITING):
        wire.ask("SELECT pg_advisory_xact_lock(hashtext('kanal'))")  # of two that make one, one is later
        _refuse_encoding(wire, address)
        if not wire.ask("SELECT 1 FROM pg_namespace WHERE nspname = 'kanal'"):
            wire.ask("CREATE SCHEMA kanal")
        if wire.ask("SELECT 1 FROM pg_class WHERE relnamespace = 'kanal'::regnamespace"):
            raise LedgerRefused(
                msg("There is a ledger already: {path}.", path=address.place), msg("Nothing was changed.")
            )
        for step in STEPS:
            wire.ask(step)
        wire.ask(_BEGIN_HERE, (len(STEPS), name, identity, made_at, __version__, *NOTHING))


def remove(wire: Wire) -> None:
    """Take all tables away. Raises `psycopg.Error`."""
    with wire.transaction(WRITING):
        wire.ask("DROP TABLE IF EXISTS kanal.ledger, kanal.event, kanal.delivery")
        wire.ask("DROP FUNCTION IF EXISTS kanal.refuse()")


def identity_of(wire: Wire, address: Address, known: int = len(STEPS)) -> Identity:
    """Who the ledger is. Raises `LedgerRefused` for one that a newer version of kanal keeps, `psycopg.Error`."""
    rows = wire.ask("SELECT form, name, id FROM kanal.ledger")
    if not rows:
        raise no_ledger(address)
    found = Identity(*rows[0])
    refuse_newer(found.form, address, known)
    return found


def bring_up_to_date(wire: Wire, address: Address, steps: tuple[str, ...] = STEPS) -> None:
    """Go the steps that this ledger lacks, while nobody writes. Raises `LedgerRefused`, `psycopg.Error`."""
    if identity_of(wire, address, len(steps)).form == len(steps):
        return
    with wire.transaction(WRITING):
        ((form,),) = wire.ask("SELECT form FROM kanal.ledger FOR UPDATE")
        for step in steps[form:]:
            wire.ask(step)
        wire.ask("UPDATE kanal.ledger SET form = %s", (max(form, len(steps)),))


def end_in(rows: list[tuple[Any, ...]], address: Address) -> End:
    """Where the ledger ends, from the rows of `END`.

    Raises `LedgerRefused` if a newer version of kanal brought the tables up to date meanwhile.
    """
    if not rows:
        raise no_ledger(address)
    form, number, mark, moved_to = rows[0]
    refuse_newer(form, address)
    return End(Head(number, mark), moved_to)


def refuse_newer(form: int, address: Address, known: int = len(STEPS)) -> None:
    """Raises `LedgerRefused` if this version does not know the form of the tables yet."""
    if form > known:
        raise LedgerRefused(
            msg("{path} was written by a newer version of kanal.", path=address.place),
            msg("Update kanal on this computer. The ledger was not touched."),
        )


def _refuse_encoding(wire: Wire, address: Address) -> None:
    ((encoding,),) = wire.ask("SHOW server_encoding")
    if encoding != "UTF8":
        raise LedgerRefused(
            msg(
                "The database {place} keeps text as {encoding}; posts need UTF8.",
                place=address.place,
                encoding=encoding,
            ),
            msg("Let a database be made with the encoding UTF8."),
        )
