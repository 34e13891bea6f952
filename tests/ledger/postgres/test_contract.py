from functools import partial

import pytest

from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import Secret
from kanal.testing.ledger_contract import LedgerPromises
from kanal.testing.ledger_contract.claiming import ClaimsAreExclusive
from kanal.testing.ledger_contract.subject import Opener
from kanal.testing.ledger_contract.taking_over import DoubtsChangeHands
from tests.postgres_server import Server


def _opener(url: str) -> Opener:
    PostgresLedger.create(Secret(url), "main", "abc123").close()
    return partial(PostgresLedger, Secret(url))


class TestPostgresLedger(LedgerPromises):
    @pytest.fixture
    def opener(self, postgres: Server) -> Opener:
        return _opener(postgres.new_database())

    @pytest.fixture
    def spare(self, postgres: Server) -> Opener:
        return _opener(postgres.new_database())


@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
class TestClaimsInAStricterDatabase(ClaimsAreExclusive, DoubtsChangeHands):
    """What the database's own default is must not matter."""

    @pytest.fixture
    def opener(self, postgres: Server, isolation: str) -> Opener:
        return _opener(postgres.new_database(default_transaction_isolation=isolation))
