"""Ledgers in databases of their own, on the server that this process of the tests has started."""

from collections.abc import Iterator

import pytest

from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import Secret
from tests.postgres_server import Server


@pytest.fixture
def url(postgres: Server) -> str:
    """The address of a database with an empty ledger."""
    found = postgres.new_database()
    PostgresLedger.create(Secret(found), "main", "abc123").close()
    return found


@pytest.fixture
def ledger(url: str) -> Iterator[PostgresLedger]:
    opened = PostgresLedger(Secret(url))
    yield opened
    opened.close()
