from dataclasses import replace

from kanal.model import DraftType
from kanal.publish.planning import Step
from kanal.publish.turns import Turns
from tests.publish.stand_in import step

STEPS = [step(number) for number in range(20)]


def _numbers(turns: Turns, *, late: bool) -> list[int]:
    found = []
    for each in turns:
        found.append(int(each.key.draft.rpartition("-")[2]))
        if late:
            turns.go_elsewhere()
    return found


def test_a_runner_alone_keeps_the_order() -> None:
    assert _numbers(Turns(STEPS, "host/1/a"), late=False) == list(range(20))


def test_whoever_is_late_goes_on_elsewhere_and_forgets_nothing() -> None:
    found = _numbers(Turns(STEPS, "host/1/a"), late=True)
    assert found[0] == 0
    assert found != sorted(found)
    assert sorted(found) == list(range(20))


def test_two_runners_do_not_go_to_the_same_place() -> None:
    first, second = (_numbers(Turns(STEPS, by), late=True) for by in ("host/1/a", "host/2/b"))
    assert sum(one == other for one, other in zip(first, second, strict=True)) < 8


def test_crisis_information_is_never_put_off() -> None:
    turns = Turns([step(1), _crisis(step(2)), step(3)], "host/1/a")
    assert _numbers(turns, late=True) == [1, 2, 3]


def _crisis(due: Step) -> Step:
    assert due.post
    return replace(due, post=due.post._replace(draft=due.post.draft._replace(type=DraftType.CRISIS)))
