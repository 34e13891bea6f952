"""The server's disk is full while claiming and while settling.

Two tests run everywhere: a trigger stands in for the disk, with the server's own words and code. The third one, and
`tests/crash`, fill a real disk.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest

from kanal.errors import LedgerUnwritable
from kanal.ledger import State
from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import DeliveryKey, Secret
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, intent
from tests.ledger.small_disk import SmallDisk, mounted
from tests.optional import require_or_skip
from tests.postgres_server import Server, programs, running


def test_on_a_full_disk_nothing_is_half_written(postgres: Server, url: str, ledger: PostgresLedger) -> None:
    ledger.claim([intent(OTHER)], ALICE)
    postgres.sql(FULL, url)
    many = [intent(DeliveryKey("x", f"draft-{number}")) for number in range(5)]
    with pytest.raises(LedgerUnwritable, match="No space left on device") as refused:
        ledger.claim(many, ALICE)
    assert "database server" in str(refused.value.advice)
    assert ledger.states() == {OTHER: (State.CLAIMED, "d1")}
    postgres.sql("DROP TRIGGER full_disk ON kanal.event", url)
    assert len(ledger.claim(many, BOB)) == 5


FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF NEW.draft = 'draft-3' THEN
RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = 'disk_full';
END IF; RETURN NEW; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON kanal.event FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


def test_an_outcome_that_cannot_be_written_leaves_the_claim_open(
    postgres: Server, url: str, ledger: PostgresLedger
) -> None:
    key = DeliveryKey("x", "draft-3")
    ledger.claim([intent(key)], ALICE)
    postgres.sql(FULL, url)
    with pytest.raises(LedgerUnwritable):
        ledger.settle(key, RECEIPT, ALICE)
    (standing,) = ledger.open_claims()
    assert (standing.key, standing.state, standing.receipt) == (key, State.CLAIMED, None)


@pytest.fixture
def cramped() -> Iterator[tuple[SmallDisk, Server]]:
    """A server that lies on a small disk with all that it has, its log of changes included."""
    if programs() is None:
        require_or_skip("no PostgreSQL server is installed (Debian: apt install postgresql)")
    with mounted(megabytes=128) as disk, running(disk.path) as server:
        yield disk, server


def test_a_server_that_a_full_disk_brings_down_comes_back_with_what_it_had(cramped: tuple[SmallDisk, Server]) -> None:
    disk, server = cramped
    url = server.new_database()
    with closing(PostgresLedger.create(Secret(url), "main", "abc123")) as ledger:
        ledger.claim([intent()], ALICE)
        before = list(ledger.lines())
    with closing(PostgresLedger(Secret(url), patience=timedelta(seconds=0.5))) as ledger:
        disk.fill()
        with pytest.raises(psycopg.OperationalError):
            server.sql("SELECT pg_switch_wal(); CREATE TABLE nothing (); SELECT pg_switch_wal()", url)
        with pytest.raises(LedgerUnwritable):
            ledger.settle(KEY, RECEIPT, ALICE)
    disk.empty()
    server.kill()
    server.start()
    with closing(PostgresLedger(Secret(url))) as ledger:
        assert list(ledger.lines()) == before
        assert ledger.claim([intent()], BOB) == frozenset()
        ledger.settle(KEY, RECEIPT, ALICE)
        assert ledger.states() == {KEY: (State.PUBLISHED, "d1")}
