"""The tables: made once, brought up to date by one, refused when they are newer or something else, and append-only."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from kanal.errors import LedgerRefused, LedgerUnwritable
from kanal.ledger import State
from kanal.ledger.postgres import connection, tables
from kanal.ledger.postgres.address import address_of
from kanal.ledger.postgres.connection import connect
from kanal.ledger.postgres.store import PostgresLedger
from kanal.ledger.postgres.tables import STEPS
from kanal.model import Secret
from kanal.testing.ledger_contract.subject import ALICE, KEY, OTHER, RECEIPT, WHY, intent
from tests.postgres_server import Server

NEXT = (*STEPS, "ALTER TABLE kanal.delivery ADD COLUMN waits_for text; CREATE TABLE kanal.novelty (day text)")
"""What a later version of kanal might do."""


def _refusal(url: str) -> LedgerRefused:
    with pytest.raises(LedgerRefused) as refused:
        PostgresLedger(Secret(url))
    return refused.value


def test_a_ledger_carries_its_name_and_identity(ledger: PostgresLedger) -> None:
    assert (ledger.name, ledger.id) == ("main", "abc123")


def test_the_times_are_those_of_the_clock(postgres: Server) -> None:
    start = datetime(2026, 11, 2, 7, 0, 0, 5, tzinfo=UTC)
    ticks = (start + timedelta(minutes=number) for number in range(9))
    with closing(PostgresLedger.create(Secret(postgres.new_database()), "main", "a", lambda: next(ticks))) as ledger:
        ledger.claim([intent()], ALICE)
        ledger.doubt(KEY, WHY, ALICE)
        assert [event.at - start for event in ledger.history()] == [timedelta(minutes=1), timedelta(minutes=2)]


def test_nothing_is_ever_made_in_place_of_a_ledger(url: str, ledger: PostgresLedger) -> None:
    ledger.claim([intent()], ALICE)
    with pytest.raises(LedgerRefused, match="There is a ledger already"):
        PostgresLedger.create(Secret(url), "main", "abc123")
    assert ledger.states() == {KEY: (State.CLAIMED, "d1")}


def test_of_many_who_make_one_at_once_one_wins(postgres: Server) -> None:
    url = Secret(postgres.new_database())

    def make(number: int) -> str:
        try:
            with closing(PostgresLedger.create(url, "main", f"id-{number}")) as made:
                return made.id
        except LedgerRefused as refused:
            return str(refused.message)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, range(4)))
    assert sorted("already" in one for one in made) == [False, True, True, True]
    with closing(PostgresLedger(url)) as ledger:
        assert ledger.id in made


def test_a_ledger_that_was_made_in_vain_leaves_nothing_behind(url: str, ledger: PostgresLedger) -> None:
    ledger.claim([intent()], ALICE)
    ledger.discard()
    ledger.discard()
    assert "There is no ledger of kanal" in str(_refusal(url).message)
    with closing(PostgresLedger.create(Secret(url), "main", "def456")) as anew:
        assert anew.states() == {}


def test_an_empty_schema_that_was_prepared_for_us_is_used(postgres: Server) -> None:
    url = postgres.new_database()
    postgres.sql("CREATE SCHEMA kanal", url)
    PostgresLedger.create(Secret(url), "main", "abc123").close()


def test_somebody_elses_schema_of_that_name_is_refused_and_left_as_it_is(postgres: Server) -> None:
    url = postgres.new_database()
    postgres.sql("CREATE SCHEMA kanal; CREATE TABLE kanal.ledger (pipe text)", url)
    with pytest.raises(LedgerRefused, match="There is a ledger already"):
        PostgresLedger.create(Secret(url), "main", "abc123")
    assert "There is no ledger of kanal" in str(_refusal(url).message)
    assert postgres.sql("SELECT relname FROM pg_class WHERE relnamespace = 'kanal'::regnamespace", url) == [("ledger",)]


def test_a_ledger_without_a_name_is_refused(postgres: Server, url: str) -> None:
    postgres.sql("DELETE FROM kanal.ledger", url)
    assert "There is no ledger of kanal" in str(_refusal(url).message)


def test_a_database_that_cannot_keep_every_letter_is_refused(postgres: Server) -> None:
    postgres.sql("CREATE DATABASE amt_old ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'")
    with pytest.raises(LedgerRefused, match="LATIN1"):
        PostgresLedger.create(Secret(postgres.url("amt_old")), "main", "abc123")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kanal.event SET by = 'x'",
        "DELETE FROM kanal.event",
        "TRUNCATE kanal.event",
        "TRUNCATE kanal.event, kanal.delivery CASCADE",
    ],
)
def test_no_event_is_ever_changed_or_removed(
    postgres: Server, url: str, ledger: PostgresLedger, statement: str
) -> None:
    ledger.claim([intent()], ALICE)
    before = list(ledger.lines())
    with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
        postgres.sql(statement, url)
    assert list(ledger.lines()) == before


def test_there_is_one_row_for_each_delivery(postgres: Server, url: str, ledger: PostgresLedger) -> None:
    ledger.claim([intent()], ALICE)
    with pytest.raises(psycopg.errors.UniqueViolation):
        postgres.sql("INSERT INTO kanal.delivery SELECT * FROM kanal.delivery", url)
    with pytest.raises(psycopg.errors.CheckViolation):
        postgres.sql("INSERT INTO kanal.ledger SELECT false, 1, 'n', 'i', 'm', 'v', 0, 'm', NULL", url)


def test_a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(postgres: Server, url: str) -> None:
    _update(url, NEXT)
    refused = _refusal(url)
    assert "written by a newer version" in str(refused.message)
    assert "Update kanal" in str(refused.advice)
    assert postgres.sql("SELECT form FROM kanal.ledger", url) == [(len(NEXT),)]


def test_a_ledger_of_an_older_version_is_brought_up_to_date_once(url: str, ledger: PostgresLedger) -> None:
    ledger.claim([intent()], ALICE)
    with ThreadPoolExecutor(4) as pool:  # the step would fail if it was gone twice
        list(pool.map(lambda _: _update(url, NEXT), range(4)))
    with closing(connect(address_of(Secret(url)))) as wire:
        assert wire.ask("SELECT form FROM kanal.ledger") == [(len(NEXT),)]
        assert wire.ask("SELECT draft, waits_for FROM kanal.delivery") == [(KEY.draft, None)]


def test_a_step_that_fails_leaves_the_older_form(postgres: Server, url: str) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        _update(url, (*STEPS, "CREATE TABLE kanal.novelty (day text); DROP TABLE kanal.nothing"))
    PostgresLedger(Secret(url)).close()
    assert postgres.sql("SELECT to_regclass('kanal.novelty')", url) == [(None,)]


def test_who_has_it_open_while_a_newer_version_updates_it_writes_nothing_any_more(
    url: str, ledger: PostgresLedger
) -> None:
    ledger.claim([intent()], ALICE)
    _update(url, NEXT)
    with pytest.raises(LedgerRefused, match="newer version"):
        ledger.settle(KEY, RECEIPT, ALICE)
    with pytest.raises(LedgerRefused, match="newer version"):
        ledger.claim([intent(OTHER)], ALICE)
    with closing(connect(address_of(Secret(url)))) as wire:
        assert wire.ask("SELECT count(*) FROM kanal.event") == [(1,)]


def _update(url: str, steps: tuple[str, ...]) -> None:
    address = address_of(Secret(url))
    with closing(connect(address)) as wire:
        tables.bring_up_to_date(wire, address, steps)


def test_a_server_that_is_too_old_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one test that pretends: nobody installs PostgreSQL 12 any more."""
    monkeypatch.setattr(connection, "server_version_of", lambda _: 120022)
    refused = _refusal(url)
    assert "too old (12); kanal needs version 13" in str(refused.message)
    assert "updated" in str(refused.advice)


def test_what_is_claimed_is_on_the_disk_even_where_the_database_would_not_care(postgres: Server) -> None:
    address = address_of(Secret(postgres.new_database(synchronous_commit="off")))
    with closing(connect(address)) as wire, wire.transaction(connection.WRITING):
        assert wire.ask("SHOW synchronous_commit") == [("on",)]


def test_a_computer_whose_clock_is_wrong_writes_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanal.ledger.postgres.store.apart", lambda _: timedelta(minutes=-7))
    with closing(PostgresLedger(Secret(url))) as ledger:
        assert ledger.states() == {}
        with pytest.raises(LedgerUnwritable, match="420 seconds apart"):
            ledger.claim([intent()], ALICE)
