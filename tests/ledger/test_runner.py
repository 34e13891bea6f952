import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.ledger import Standing, State
from kanal.ledger.runner import HOLD, LEASE, is_alive, is_sending, running
from kanal.testing.ledger_contract.subject import KEY
from kanal.transport import ANSWER_SECONDS, CONNECT_SECONDS

AT = datetime(2026, 11, 2, 7, tzinfo=UTC)

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
        assert is_alive(runner, folder) is True
    assert is_alive(runner, folder) is None


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


def test_of_a_runner_that_was_never_seen_here_nobody_can_tell(folder: Path) -> None:
    assert is_alive("elsewhere/4711/abcdef", folder) is None


def claimed(by: str, state: State = State.CLAIMED) -> Standing:
    return Standing(KEY, state, "d1", since=AT, at=AT + timedelta(minutes=1), by=by, last=1)


@pytest.mark.parametrize(("minutes", "expected"), [(0, True), (10.9, True), (11, False), (99, False), (-99, True)])
def test_a_claim_from_elsewhere_is_left_alone_for_a_lease(folder: Path, minutes: float, expected: bool) -> None:
    now = AT + timedelta(minutes=minutes)
    assert is_sending(claimed("elsewhere/1/abc"), folder, timedelta(minutes=10), now) is expected


def test_without_a_lease_only_locks_count(folder: Path) -> None:
    assert not is_sending(claimed("elsewhere/1/abc"), folder, timedelta(), AT + timedelta(minutes=1))


def test_a_lock_counts_more_than_a_lease(folder: Path) -> None:
    with running(folder) as runner:
        assert is_sending(claimed(runner), folder, timedelta(minutes=1), AT + timedelta(days=1))
    folder.joinpath(f"{runner.rpartition('/')[2]}.lock").touch()  # as SIGKILL leaves it
    assert not is_sending(claimed(runner), folder, timedelta(days=9), AT)


@pytest.mark.parametrize("state", [state for state in State if state is not State.CLAIMED])
def test_what_is_not_claimed_is_not_being_sent(folder: Path, state: State) -> None:
    with running(folder) as runner:
        assert not is_sending(claimed(runner, state), folder, timedelta(minutes=10), AT)


def test_a_runner_may_begin_to_send_long_before_its_lease_ends() -> None:
    """What remains is for the request itself, and for clocks that differ."""
    longest_request = timedelta(seconds=CONNECT_SECONDS + ANSWER_SECONDS)
    assert timedelta(minutes=2) < HOLD < LEASE - 2 * longest_request - timedelta(minutes=5)


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
