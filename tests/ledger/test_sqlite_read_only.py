"""A ledger whose file may not be written: what it holds can be read, and nothing is sent with it."""

import multiprocessing
import os
import sqlite3
import stat
import sys
from contextlib import closing
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import pytest

from kanal.errors import KanalError
from kanal.ledger.sqlite import SqliteLedger
from kanal.testing.ledger_contract.subject import ALICE, KEY, OTHER, RECEIPT, intent

NOBODY = 65534


def attempts(path: Path, answers: "SimpleQueue[tuple[str, str]]") -> None:
    """Claim and settle; as somebody else than root, whom rights do not stop."""
    if sys.platform != "win32" and os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        ledger = SqliteLedger(path)
        answers.put(("states", str(len(ledger.states()))))
        for attempt in (lambda: ledger.claim([intent(OTHER)], ALICE), lambda: ledger.settle(KEY, RECEIPT, ALICE)):
            try:
                attempt()
                answers.put(("written", ""))
            except KanalError as error:
                answers.put((type(error).__name__, str(error)))
    except KanalError as error:
        answers.put((type(error).__name__, str(error)))
    answers.put(("end", ""))


@pytest.mark.skipif(sys.platform == "win32", reason="the rights of files are another matter there")
@pytest.mark.parametrize("mode", ["the file", "the file and its folder"])
def test_a_read_only_ledger_is_told_with_advice_and_not_changed(tmp_path: Path, mode: str) -> None:
    folder = tmp_path / ".kanal"
    path = folder / "ledger.sqlite3"
    with closing(SqliteLedger.create(path, "main", "abc123")) as ledger:
        ledger.claim([intent()], ALICE)
    for parent in (tmp_path, *list(tmp_path.parents)[:3]):  # pytest keeps its folders to their owner
        parent.chmod(parent.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    before = path.read_bytes()
    path.chmod(0o444)
    folder.chmod(0o555 if mode.endswith("folder") else 0o777)
    context = multiprocessing.get_context("spawn")
    answers: SimpleQueue[tuple[str, str]] = context.SimpleQueue()
    process = context.Process(target=attempts, args=(path, answers))
    process.start()
    heard = []
    while (answer := answers.get())[0] != "end":
        heard.append(answer)
    process.join(60)
    folder.chmod(0o755)
    path.chmod(0o644)
    errors = [(kind, text) for kind, text in heard if kind != "states"]
    assert {kind for kind, _ in errors} == {"LedgerUnwritable"}, heard
    assert all("Check the disk and the rights of the folder .kanal" in text for _, text in errors)
    assert path.read_bytes() == before
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT kind FROM event").fetchall() == [("claimed",)]
