"""The address of the ledger: read as libpq reads it, shown without what it keeps secret."""

import logging
import sys
from datetime import timedelta

import pytest

from kanal.errors import ConfigError, LedgerRefused, LedgerUnreachable
from kanal.ledger.postgres.address import address_of
from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import Secret
from tests.postgres_server import OWNER, PASSWORD, Server

WORD = "9sehr%20geheim"
SPELLINGS = ("9sehr%20geheim", "9sehr geheim", "geheim")


def _refusal(url: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        address_of(Secret(url))
    return caught.value


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://kanal:{WORD}@[::1/kanal",
        f"postgresql://kanal:{WORD}%zz@db.example/kanal",
        f"postgresql://kanal:{WORD}@db.example/kanal?geheim={WORD}",
        f"mysql://kanal:{WORD}@db.example/kanal",
        f"host=db.example password={WORD}",
        f"{WORD}",
        "",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(url: str) -> None:
    refused = _refusal(url)
    assert "cannot be read" in str(refused)
    assert "postgresql://kanal@db.example:5432/kanal" in str(refused.advice)
    assert "geheim" not in str(refused)
    assert refused.__suppress_context__ or refused.__context__ is None


def test_people_see_where_it_is_and_not_who_we_are() -> None:
    address = address_of(Secret(f"postgresql://kanal:{WORD}@db.example:6432/amt?sslmode=verify-full"))
    assert address.place == "db.example:6432/amt"
    assert not any(spelling in repr(address) for spelling in (*SPELLINGS, "Secret('"))


@pytest.mark.parametrize("spelling", [PASSWORD, "geheim/%C3%84%25%26%40%3A", "geheim%2F%C3%84%25%26%40%3A"])
def test_no_spelling_of_the_password_is_repeated(postgres: Server, spelling: str) -> None:
    address = address_of(Secret(postgres.url()))
    assert address.hushed(f"invalid:\n  “{spelling}”") == "invalid: “***”"


def test_what_the_address_says_counts_more_than_what_kanal_would_choose() -> None:
    address = address_of(Secret("postgresql://db.example/amt?connect_timeout=3&application_name=amt"))
    found = {name: value.reveal() for name, value in address.parameters.items()}
    assert (found["connect_timeout"], found["application_name"], found["keepalives"]) == ("3", "amt", "1")


def test_without_the_driver_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    refused = _refusal("postgresql://db.example/amt")
    assert "is not installed" in str(refused.message)
    assert "kanal[postgres]" in str(refused.advice)


def test_a_wrong_password_is_told_at_once_and_not_repeated(postgres: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(LedgerUnreachable, match="does not let kanal in") as caught:
        PostgresLedger(Secret(postgres.url(password="9sehr geheim")))
    assert f'"{OWNER}"' in str(caught.value)
    assert not any(spelling in f"{caught.value}{caplog.text}" for spelling in SPELLINGS)


def test_a_server_that_is_not_there_is_told_after_a_while_and_without_the_password(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(LedgerUnreachable, match="does not answer") as caught:
        PostgresLedger(Secret(f"postgresql://kanal:{WORD}@127.0.0.1:1/amt"), patience=timedelta(seconds=0.2))
    assert "127.0.0.1:1/amt" in str(caught.value)
    assert "then run the command again" in str(caught.value.advice)
    assert not any(spelling in f"{caught.value}{caplog.text}" for spelling in SPELLINGS)


def test_a_database_without_a_ledger_is_refused_and_nothing_is_made(postgres: Server) -> None:
    url = postgres.new_database()
    with pytest.raises(LedgerRefused, match="There is no ledger of kanal") as caught:
        PostgresLedger(Secret(url))
    assert "the archive could go out again" in str(caught.value.advice)
    assert postgres.sql("SELECT 1 FROM pg_namespace WHERE nspname = 'kanal'", url) == []


def test_the_ledger_does_not_show_its_address(ledger: PostgresLedger, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ledger.head()
    assert "geheim" not in f"{ledger!r} {vars(ledger)} {vars(ledger._session)} {caplog.text}"


def test_the_server_sees_who_is_connected(postgres: Server, url: str, ledger: PostgresLedger) -> None:
    ledger.head()
    names = postgres.sql("SELECT application_name FROM pg_stat_activity WHERE datname = current_database()", url)
    assert ("kanal",) in names
