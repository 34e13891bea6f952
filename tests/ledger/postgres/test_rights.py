"""Whoever may do less than everything: what is documented is enough, and what is missing is said."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kanal.errors import LedgerUnwritable
from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import Secret
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, WHY, intent
from tests.postgres_server import Server


def documented() -> str:
    """The grants in docs/configuration.md."""
    page = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")
    _, _, rest = page.partition("<!-- rights: tests/ledger/postgres/test_rights.py")
    return rest.partition("```sql\n")[2].partition("```")[0]


def test_the_least_rights_that_are_documented_are_enough(postgres: Server, url: str) -> None:
    own = _user(postgres, url, "runner", documented().replace("kanal_run", "{user}"))
    with closing(PostgresLedger(Secret(own))) as ledger:
        assert ledger.claim([intent(), intent(OTHER)], ALICE) == {KEY, OTHER}
        ledger.settle(KEY, RECEIPT, ALICE)
        assert ledger.retire(ledger.head(), "git") is True
        ledger.replay(list(ledger.lines()))
        assert [standing.key for standing in ledger.open_claims()] == [OTHER]


def test_who_may_only_read_can_read_and_is_told_what_is_missing(
    postgres: Server, url: str, ledger: PostgresLedger
) -> None:
    ledger.claim([intent()], ALICE)
    own = _user(
        postgres,
        url,
        "reader",
        "GRANT USAGE ON SCHEMA kanal TO {user}; GRANT SELECT ON ALL TABLES IN SCHEMA kanal TO {user}",
    )
    with closing(PostgresLedger(Secret(own))) as reader:
        assert reader.states() == ledger.states()
        assert list(reader.history()) == list(ledger.history())
        for attempt in _writes(reader):
            with pytest.raises(LedgerUnwritable, match="permission denied") as refused:
                attempt()
            assert "lacks rights" in str(refused.value.advice)
    assert len(list(ledger.lines())) == 1


def test_a_database_that_can_only_be_read_is_unwritable(postgres: Server, url: str, ledger: PostgresLedger) -> None:
    postgres.sql(f"ALTER DATABASE {urlsplit(url).path[1:]} SET default_transaction_read_only = on")
    with closing(PostgresLedger(Secret(url))) as copy:
        with pytest.raises(LedgerUnwritable, match="read-only") as refused:
            copy.claim([intent()], ALICE)
        assert "target_session_attrs=read-write" in str(refused.value.advice)
    assert ledger.states() == {}


def _writes(ledger: PostgresLedger) -> list[Callable[[], object]]:
    return [
        lambda: ledger.claim([intent(OTHER)], BOB),
        lambda: ledger.settle(KEY, RECEIPT, BOB),
        lambda: ledger.vouch([OTHER], WHY, BOB),
    ]


def _user(postgres: Server, url: str, name: str, rights: str) -> str:
    database = urlsplit(url).path[1:]
    user = f"{name}_{database}"
    postgres.sql(f"CREATE ROLE {user} LOGIN PASSWORD 'geheim'; {rights.format(user=user)}", url)
    return postgres.url(database, user, "geheim")
