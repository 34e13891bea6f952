from itertools import pairwise

import pytest

from kanal.ledger import EventKind
from kanal.ledger.chain import NOTHING, START, Head, Line, mark, verify
from kanal.ledger.changes import Entry, chained
from kanal.model import DeliveryKey

AT = "2026-11-02T07:00:00.000000Z"
ENTRIES = [
    Entry(EventKind.VOUCHED, DeliveryKey("x", f"größe-{number}"), "", "Jörg „Toni“ Probe", '{"a": "🌳"}')
    for number in range(5)
]
LINES = chained(ENTRIES, NOTHING, AT)


def broken(lines: list[Line]) -> list[tuple[int, str]]:
    return [(found.number, str(found.why)) for found in verify(lines)]


def test_a_chain_as_it_was_written_is_whole() -> None:
    assert broken(LINES) == []
    assert LINES[0].previous == START
    assert all(later.previous == earlier.mark for earlier, later in pairwise(LINES))


def test_a_mark_is_the_same_on_every_computer_for_ever() -> None:
    line = Line(1, AT, "vouched", "x", "größe-0", 1, 1, "", "Jörg „Toni“ Probe", "0.1.0", '{"a": "🌳"}')
    assert mark(line) == "6c4b0d055ed244ab529bf9ad8c908d4d8b3fc6680bdc96839803b3ff388edf74"


@pytest.mark.parametrize("field", [name for name in Line._fields if name not in {"number", "mark"}])
def test_a_change_in_any_field_is_told_at_its_event(field: str) -> None:
    old = getattr(LINES[2], field)
    changed = Line(**{**LINES[2]._asdict(), field: old + 1 if isinstance(old, int) else f"{old}x"})
    found = broken([*LINES[:2], changed, *LINES[3:]])
    assert (3, "It is not what was written: somebody changed it.") in found
    assert {number for number, _ in found} == {3}


def test_an_event_that_was_changed_and_marked_anew_is_told_by_its_successor() -> None:
    changed = LINES[2]._replace(by="Niemand")
    forged = changed._replace(mark=mark(changed))
    assert broken([*LINES[:2], forged, *LINES[3:]]) == [
        (4, "It does not follow on the event before it: one was changed or exchanged.")
    ]


def test_missing_events_are_named() -> None:
    assert ("The event 3 before it is missing.") in broken([*LINES[:2], *LINES[3:]])[0][1]
    assert broken(LINES[3:])[0] == (4, "The events 1 to 3 before it are missing.")


def test_an_event_that_stands_there_twice_is_told() -> None:
    assert (2, "Its number was there before.") in broken([*LINES[:2], LINES[1], *LINES[2:]])


def test_a_stretch_is_held_against_the_head_before_it() -> None:
    assert list(verify(LINES[2:], LINES[1].head)) == []
    assert [found.number for found in verify(LINES[2:], Head(2, START))] == [3]
