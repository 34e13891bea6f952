"""The server's disk is full while claiming and while settling.

A trigger stands in for the disk, with the server's own words and code: a real one would need a file system for itself.
"""

import pytest

from kanal.errors import LedgerUnwritable
from kanal.ledger import State
from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import DeliveryKey
from kanal.testing.ledger_contract.subject import ALICE, BOB, OTHER, RECEIPT, intent
from tests.postgres_server import Server


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
