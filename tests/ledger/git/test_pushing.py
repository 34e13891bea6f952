"""A push that was refused, that came too late, and that nobody answered: three different things."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kanal.errors import LedgerRefused, LedgerUnreachable, LedgerUnwritable
from kanal.ledger import State
from kanal.ledger.chain import verify
from kanal.ledger.changes import Change, Entry, Sums, claiming
from kanal.ledger.git import branch
from kanal.ledger.git.store import GitLedger
from kanal.model import DeliveryKey
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, intent
from tests.ledger.git.clones import Office, git
from tests.ledger.git.hooks import PROTECT_MAIN, REFUSE_ALL_BUT_MAIN, hook, silent

AT_ONCE = timedelta(0)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branch, "LONGEST_PAUSE", 0.02)


@pytest.fixture
def ledger(office: Office) -> GitLedger:
    return GitLedger.create(office.place("redaktion"), "main", "abc123")


@pytest.fixture
def other(office: Office, ledger: GitLedger) -> GitLedger:
    """The same ledger in another clone."""
    assert ledger.name == "main"
    return GitLedger(office.place("andere"))


def commits(office: Office) -> int:
    return int(git(office.server, "rev-list", "--count", "kanal/ledger"))


def test_who_was_slower_looks_again(ledger: GitLedger, other: GitLedger) -> None:
    assert other.claim([intent(KEY)], BOB) == {KEY}
    assert ledger.claim([intent(KEY), intent(OTHER)], ALICE) == {OTHER}
    assert other.claim([intent(OTHER)], BOB) == frozenset()
    assert [line.by for line in ledger.lines()] == [BOB, ALICE]


def faster(other: GitLedger, numbers: list[int]) -> Callable[[], None]:
    """Another clone writes; each time something else."""

    def write() -> None:
        numbers.append(len(numbers))
        other.claim([intent(DeliveryKey("x", f"draft-{len(numbers)}"))], BOB)

    return write


def overtaken(change: Change, by: Callable[[], None], times: int) -> Change:
    """The same change, while another is faster each time between looking and pushing."""
    left = list(range(times))

    def decide(sums: Sums) -> list[Entry]:
        if left:
            left.pop()
            by()
        return change.decide(sums)

    return Change(change.keys, decide)


def test_who_is_slower_several_times_wins_in_the_end(ledger: GitLedger, other: GitLedger) -> None:
    numbers: list[int] = []
    lines = ledger.write(overtaken(claiming([intent(KEY)], ALICE), faster(other, numbers), 4))
    assert [line.key for line in lines] == [KEY]
    assert len(numbers) == 4
    assert list(verify(other.lines())) == []


def test_who_is_always_slower_gives_up_and_has_claimed_nothing(
    ledger: GitLedger, other: GitLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch, "TRIES", 3)
    numbers: list[int] = []
    with pytest.raises(LedgerUnwritable, match="gave up after 3 tries"):
        ledger.write(overtaken(claiming([intent(KEY)], ALICE), faster(other, numbers), 99))
    assert len(numbers) == 3
    assert KEY not in GitLedger.states(other)


def test_a_protected_main_branch_does_not_matter(office: Office, ledger: GitLedger) -> None:
    hook(office, "pre-receive", PROTECT_MAIN)
    assert ledger.claim([intent(KEY)], ALICE) == {KEY}


def test_a_server_that_refuses_the_branch_is_quoted(office: Office, ledger: GitLedger) -> None:
    hook(office, "pre-receive", REFUSE_ALL_BUT_MAIN)
    with pytest.raises(LedgerUnwritable, match="does not take the ledger’s branch") as refused:
        ledger.claim([intent(KEY)], ALICE)
    assert "(pre-receive hook declined); Nur der Hauptzweig darf geändert werden" in str(refused.value.message)
    assert "kanal/ledger-seen" in str(refused.value.advice)
    assert not isinstance(refused.value, LedgerUnreachable)
    assert ledger.states() == {}
    (office.server / "hooks" / "pre-receive").unlink()
    assert ledger.claim([intent(KEY)], ALICE) == {KEY}


def test_a_push_that_arrived_without_an_answer_is_found_and_not_made_again(office: Office, ledger: GitLedger) -> None:
    before = commits(office)
    hook(office, "post-receive", silent(office.folder / "times"))
    assert ledger.claim([intent(KEY)], ALICE) == {KEY}
    assert commits(office) == before + 1
    assert len(list(ledger.lines())) == 1


def test_it_is_found_although_another_wrote_after_it(office: Office, ledger: GitLedger, other: GitLedger) -> None:
    hook(office, "post-receive", silent(office.folder / "times"))
    original = ledger._branch._fetch

    def after_another() -> None:
        ledger._branch._fetch = original  # type: ignore[method-assign]
        other.claim([intent(OTHER)], BOB)
        original()

    ledger._branch._fetch = after_another  # type: ignore[method-assign]
    assert ledger.claim([intent(KEY)], ALICE) == {KEY}
    assert [(line.key, line.by) for line in ledger.lines()] == [(KEY, ALICE), (OTHER, BOB)]


def test_a_push_that_did_not_arrive_is_made_again(office: Office, ledger: GitLedger) -> None:
    hook(office, "pre-receive", silent(office.folder / "times"))
    assert ledger.claim([intent(KEY)], ALICE) == {KEY}
    assert [line.key for line in ledger.lines()] == [KEY]


def test_a_server_that_never_answers_pushes_is_given_up(office: Office, ledger: GitLedger) -> None:
    hook(office, "pre-receive", silent(office.folder / "times", 99))
    with pytest.raises(LedgerUnwritable):
        ledger.claim([intent(KEY)], ALICE)
    assert (office.folder / "times").read_text(encoding="utf-8") == "3\n"


def test_with_the_server_gone_nothing_is_claimed(office: Office, ledger: GitLedger, other: GitLedger) -> None:
    other.claim([intent(OTHER)], BOB)
    gone = office.folder / "gone.git"
    shutil.move(office.server, gone)
    with pytest.raises(LedgerUnreachable, match="cannot be reached") as unreachable:
        ledger.claim([intent(KEY)], ALICE)
    assert "Nothing is sent without it" in str(unreachable.value.advice)
    with pytest.raises(LedgerUnreachable):
        GitLedger(office.place("andere"))
    shutil.move(gone, office.server)
    assert ledger.claim([intent(KEY)], ALICE) == {KEY}


@pytest.mark.usefixtures("ledger")
def test_what_git_says_is_quoted_without_credentials(office: Office) -> None:
    clone = office.folder / "redaktion"
    git(clone, "remote", "set-url", "origin", "http://token:geheim@127.0.0.1:1/amt.git")
    with pytest.raises(LedgerUnreachable) as unreachable:
        GitLedger(office.place("redaktion"))
    assert "127.0.0.1" in str(unreachable.value)
    assert "geheim" not in str(unreachable.value)


def test_four_channels_cost_two_pushes(office: Office, ledger: GitLedger) -> None:
    """The first goes alone; while it is under way the others gather, and go together."""
    hook(office, "pre-receive", "sleep 0.5\n")
    before = commits(office)
    keys = [DeliveryKey(channel, "linden") for channel in ("facebook", "instagram", "mastodon", "x")]
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(lambda key: ledger.claim([intent(key)], ALICE), keys))
    assert won == [{key} for key in keys]
    assert commits(office) <= before + 2
    assert set(ledger.states().values()) == {(State.CLAIMED, "d1")}


@pytest.mark.usefixtures("ledger")
def test_a_second_ledger_is_refused(office: Office) -> None:
    before = office.branch()
    with pytest.raises(LedgerRefused, match="There is a ledger already"):
        GitLedger.create(office.place("andere"), "zweite", "def456")
    assert office.branch() == before


def test_of_two_that_make_a_ledger_at_once_one_does(office: Office) -> None:
    hook(office, "pre-receive", "sleep 0.3\n")
    places = [office.place("redaktion"), office.place("andere")]

    def make(number: int) -> bool:
        try:
            GitLedger.create(places[number], "main", f"id-{number}")
        except LedgerRefused as refused:
            assert "There is a ledger already" in str(refused)  # noqa: PT017 - the other one
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(make, range(2)))
    assert sorted(made) == [False, True]
    assert GitLedger(office.place("dritte")).id == f"id-{made.index(True)}"


def test_a_ledger_that_was_made_for_nothing_is_taken_back(office: Office, ledger: GitLedger) -> None:
    ledger.discard()
    assert "kanal" not in git(office.server, "for-each-ref")
    GitLedger.create(office.place("andere"), "zweite", "def456")


def test_a_ledger_that_is_in_use_is_not_taken_back(ledger: GitLedger, other: GitLedger) -> None:
    other.claim([intent(KEY)], BOB)
    with pytest.raises(LedgerUnwritable):
        ledger.discard()
    other.settle(KEY, RECEIPT, BOB)
    assert other.states()[KEY] == (State.PUBLISHED, "d1")
