"""The office's disk fills up while a network is answering: the run says that it does not know, the next finds out."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal
from tests.cli.conftest import GoLive
from tests.cli.test_interrupt import wait_for
from tests.ledger.small_disk import SmallDisk, small_disk

__all__ = ["small_disk"]
SLOW = 1.0


@pytest.fixture
def on_small_disk(office_folder: Path, small_disk: SmallDisk, go_live: GoLive, kanal: Kanal) -> Kanal:
    """kanal on a copy of the office, with real channels and a ledger, that lies on the small disk."""
    go_live()
    kanal.root = small_disk.path / "office"
    shutil.copytree(office_folder, kanal.root, ignore=shutil.ignore_patterns(".kanal"))
    assert kanal("ledger", "init", "--name", "Presse").code == 0
    return kanal


def is_claimed(ledger: Path) -> bool:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)) as db:
        return bool(db.execute("SELECT 1 FROM event").fetchone())
    return False


def test_the_outcome_is_told_although_the_ledger_cannot_hold_it(
    on_small_disk: Kanal, small_disk: SmallDisk, practice: Practice
) -> None:
    def fill() -> None:
        wait_for(lambda: is_claimed(on_small_disk.root / ".kanal" / "ledger.sqlite3"))
        small_disk.fill()

    practice.set_fault("x", Fault(FaultKind.LATENCY, seconds=SLOW))
    filling = Thread(target=fill)
    filling.start()
    answer = on_small_disk.json("publish", "linden", "--channel", "x", "--yes")
    filling.join()
    assert (answer.code, answer.outcomes) == (5, {"linden/x": "uncertain"})
    assert answer.json["deliveries"][0]["reason"].startswith("The ledger cannot be written: ")
    small_disk.empty()
    again = on_small_disk.json("publish", "linden", "--channel", "x", "--yes")
    assert (again.code, again.outcomes) == (0, {"linden/x": "published"})
    assert [post.platform for post in practice.posts()] == ["x"]
