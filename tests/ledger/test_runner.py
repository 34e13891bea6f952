import subprocess
import sys
from pathlib import Path

import pytest

from kanal.ledger.runner import is_alive, running

LIVE = """
import sys
from pathlib import Path
from kanal.ledger.runner import running
with running(Path(sys.argv[1])) as runner:
    print(runner, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".kanal" / "runners"


def test_a_runner_lives_while_its_block_runs(folder: Path) -> None:
    with running(folder) as runner:
        assert is_alive(runner, folder)
    assert not is_alive(runner, folder)


def test_a_runner_that_ends_leaves_nothing_behind(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt), running(folder):
        raise KeyboardInterrupt
    assert list(folder.iterdir()) == []


def test_two_runners_of_one_process_are_different(folder: Path) -> None:
    with running(folder) as first, running(folder) as second:
        assert first != second
        assert is_alive(first, folder)
        assert is_alive(second, folder)
    assert not is_alive(first, folder)


def test_a_runner_that_nobody_ever_saw_is_dead(folder: Path) -> None:
    assert not is_alive("elsewhere/4711/abcdef", folder)


def test_a_runner_is_seen_from_another_process_and_dies_with_its_own(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LIVE, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        runner = process.stdout.readline().strip()
        assert runner.split("/")[1] == str(process.pid)
        assert is_alive(runner, folder)
        process.kill()  # SIGKILL; on Windows TerminateProcess: no chance to tidy up
    assert not is_alive(runner, folder)
