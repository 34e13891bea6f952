"""Which threads broke off: something of them is out, and a part was refused for good."""

from dataclasses import replace

import pytest

from kanal.message import msg
from kanal.model import Outcome
from kanal.publish.broken_threads import broken_threads
from kanal.publish.conditions import Result
from tests.publish.stand_in import step

OUT, REFUSED, WAITS, UNKNOWN = Outcome.PUBLISHED, Outcome.REJECTED, Outcome.DEFERRED, Outcome.UNCERTAIN
WHY = msg("Too long.")


def thread(*outcomes: Outcome) -> list[Result]:
    first = step()
    keys = [first.key._replace(part=number) for number in range(1, len(outcomes) + 1)]
    return [Result(replace(first, key=key), outcome, WHY) for key, outcome in zip(keys, outcomes, strict=True)]


@pytest.mark.parametrize("outcomes", [(OUT, REFUSED, WAITS), (Outcome.ALREADY, OUT, REFUSED)])
def test_what_is_out_in_part_and_refused_in_part_is_broken(outcomes: tuple[Outcome, ...]) -> None:
    assert broken_threads(thread(*outcomes)) == {step().key: WHY}


@pytest.mark.parametrize(
    "outcomes",
    [
        (OUT, OUT),
        (REFUSED, WAITS),
        (OUT, WAITS),
        (OUT, UNKNOWN, REFUSED),
        (REFUSED,),
        (Outcome.RETRACTED, Outcome.SKIPPED),
    ],
)
def test_nothing_else_is(outcomes: tuple[Outcome, ...]) -> None:
    assert broken_threads(thread(*outcomes)) == {}


def test_two_posts_are_no_thread() -> None:
    other = step(2)
    refused = Result(other, REFUSED, WHY)
    assert broken_threads([*thread(OUT), refused]) == {}
