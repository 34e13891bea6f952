"""Which revision of a post counts: the first that has not given way."""

from pathlib import Path

import pytest

from kanal.ledger import State
from kanal.ledger.sqlite import SqliteLedger
from kanal.message import msg
from kanal.model import DeliveryKey
from kanal.publish.revisions import looked_up, present, revisions
from tests.publish.giving_way import give_way, publish

KEY = DeliveryKey("x", "linden")
WHY = msg("Why.")


def _key(part: int, revision: int) -> DeliveryKey:
    return KEY._replace(part=part, revision=revision)


@pytest.mark.parametrize(
    ("states", "revision"),
    [
        ({}, 1),
        ({(1, 1): State.PUBLISHED}, 1),
        ({(1, 1): State.RETRACTED}, 1),
        ({(1, 1): State.REPLACED}, 2),
        ({(1, 1): State.REPLACED, (1, 2): State.CLAIMED}, 2),
        ({(1, 1): State.REPLACED, (1, 2): State.REPLACED, (1, 3): State.PUBLISHED}, 3),
        ({(1, 1): State.REPLACED, (1, 2): State.REPLACED}, 3),
        ({(1, 1): State.PUBLISHED, (2, 1): State.REPLACED}, 1),
        ({(1, 1): State.REPLACED, (2, 1): State.REPLACED, (1, 2): State.PUBLISHED}, 2),
        ({(1, 1): State.RETRACTED, (1, 2): State.RELEASED}, 1),
    ],
)
def test_it_is_the_first_that_has_not_given_way_whole(states: dict[tuple[int, int], State], revision: int) -> None:
    known = revisions({_key(*key): (state, "") for key, state in states.items()})
    assert present(_key(2, 1), known) == _key(2, revision)
    assert present(KEY._replace(draft="ulmen"), known).revision == 1


def test_of_one_post_it_is_looked_up_without_reading_all(tmp_path: Path) -> None:
    ledger = SqliteLedger.create(tmp_path / "ledger.sqlite3", "test", "test")
    publish(ledger, KEY)
    assert looked_up(KEY, ledger) == KEY
    give_way(ledger, KEY)
    publish(ledger, _key(1, 2))
    give_way(ledger, _key(1, 2))
    assert looked_up(KEY, ledger) == _key(1, 3)
    assert looked_up(_key(2, 1), ledger) == _key(2, 3)
