"""The promise of a quarter: each post is out exactly once, at its time, or held with a reason."""

import json
import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from kanal.ledger import EventKind
from kanal.sandbox.server import running
from tests.ledger.git.clones import Office, _nobodys_settings
from tests.quarter.faults import Faults, draw
from tests.quarter.foreseen import Foreseen
from tests.quarter.ground import Store, git_store, postgres_store, prepared, server_in, sqlite_store
from tests.quarter.office import write_configuration
from tests.quarter.oracle import Excused
from tests.quarter.plan import SYSTEMS, planned
from tests.quarter.simulation import Clock, Simulation
from tests.quarter.staff import Staff
from tests.quarter.summary import RECORD, Row
from tests.quarter.verdict import Verdict

__all__ = ["_nobodys_settings"]
DRAFTS = int(os.environ.get("KANAL_QUARTER_DRAFTS") or 40)
"""40 in three weeks; the whole quarter with 400 takes a quarter of an hour on two processors, and is asked for."""
SEED = int(os.environ.get("KANAL_QUARTER_SEED") or 4)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
QUARTERS = {SPRING: (date(2027, 1, 15), date(2027, 4, 15)), AUTUMN: (date(2027, 9, 1), date(2027, 11, 30))}
WEEKS = {SPRING: (date(2027, 3, 15), date(2027, 4, 4)), AUTUMN: (date(2027, 10, 18), date(2027, 11, 7))}
FEW = 60
"""More drafts than that are spread over the whole quarter."""
DOUBTS = frozenset({EventKind.UNCERTAIN, EventKind.TAKEN_OVER})


@pytest.fixture(params=["git", "postgres", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    office = server_in(tmp_path)
    if request.param == "git":
        return git_store(office)
    return postgres_store(request.getfixturevalue("postgres")) if request.param == "postgres" else sqlite_store()


def test_each_post_is_out_once_at_its_time_or_held_with_a_reason(
    store: Store, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    # A file serves one computer, where two runs are no more than a task and a person: a few weeks tell as much.
    count = min(DRAFTS, FEW) if store.alone else DRAFTS
    change = AUTUMN if store.name == "postgres" else SPRING
    first, last = (QUARTERS if count > FEW else WEEKS)[change]
    calendar = planned(first, last, change, count, SEED)
    clock = Clock(calendar.begin)
    mishaps = draw(calendar, Random(SEED), max(count // 8, 10), store.troubles)  # noqa: S311 - the same faults each time
    faults = Faults(mishaps, store.troubles)
    print(f"seed {SEED}: {count} drafts, {len(mishaps)} faults, {first} to {last}")  # noqa: T201 - for who looks for it
    with (
        running(tmp_path / "networks.sqlite3", staging=tmp_path / "staging", clock=clock.seconds) as practice,
        prepared(Office(tmp_path), store, practice) as ground,
    ):
        write_configuration(ground.folder, calendar, practice, tmp_path / "staging")
        staff = Staff(ground.folder, calendar, change, practice, ground.person, store.name, calendar.begin)
        diary = Simulation(calendar, clock, practice, staff, ground.systems, faults, Random(SEED)).run()  # noqa: S311
        clock.now = calendar.end
        rows = json.loads(staff.call("status", "--format", "json", at=calendar.end).out)["deliveries"]
        whole = staff.must("ledger", "check", at=calendar.end)
        posts = practice.posts()
        ledger = store.open_ledger(ground.folder)
        events = list(ledger.history())
        ledger.close()

    verdict = Verdict(calendar, posts, Excused(tuple((one.channels, one.shadow) for one in mishaps)))
    verdict.judge_times()
    held = verdict.judge_end(rows)
    verdict.wrong += Foreseen(calendar, verdict.oracle, verdict.out).differences(diary)
    clocks = {calendar.clock(name, at) for at in diary.ran for name in SYSTEMS} | set(diary.looks)
    verdict.judge_ledger(events, clocks)
    row = Row(
        store=store.name,
        seed=SEED,
        drafts=count,
        deliveries=len(verdict.out) + sum(held.values()),
        on_time=verdict.delays[""],
        later={why: times for why, times in verdict.delays.items() if why},
        held=dict(held),
        doubled=verdict.doubled,
        lost=verdict.lost,
        uncertain=len({event.key for event in events if event.kind in DOUBTS}),
        resolved=staff.resolved,
        killed=sum(system.machine.killed for system in ground.systems),
        faults=dict(Counter(one.kind for one in mishaps)),
        runs=diary.runs,
        left_out=len(list(calendar.ticks())) - len(diary.ran),
    )
    record_property(RECORD, list(row))
    assert not verdict.wrong, "\n".join(verdict.wrong)
    assert "is whole" in whole.out
    assert row.killed
    assert row.uncertain
    assert row.resolved
    assert diary.idle
