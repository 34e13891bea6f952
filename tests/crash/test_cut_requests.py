"""The network is cut in the middle of each request that publishing makes, and of each that settles a doubt.

The real libraries, over real sockets. The run that was cut says what it knows; the next CI jobs come a quarter of an
hour apart. In the end the post is there once, and in between nobody claims, or forgets, what is not so.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from kanal.ledger import State
from kanal.message import msg
from kanal.publish.confirming import Confirmed, Contradicted, Opinion, Unknown, confirm
from kanal.sandbox import PLATFORMS, Practice
from tests.crash.conftest import Lines, NewScene
from tests.crash.extent import EVERY_FAULT
from tests.crash.journeys import FOUND, PICTURES, PUBLISHES, SENT, SENT_AGAIN
from tests.crash.line import Cut, End, HttpLine, Plan
from tests.crash.scene import SETTLED, Ran, Scene, adapter_of, key_of, open_ledger, over, publish, was_in_doubt
from tests.crash.summary import Case, RecordProperty

QUARTER = timedelta(minutes=15).total_seconds()
JOBS = 4


def _each(journeys: Mapping[str, list[str]]) -> Iterator[tuple[str, int]]:
    return ((platform, number) for platform in PLATFORMS for number in range(len(journeys[platform])))


def _cuts(journeys: Mapping[str, list[str]]) -> list[tuple[str, str, int, Cut, End]]:
    """SQLite: everything. The shared ledgers: the answer to the publishing request, unless every fault is wanted."""
    every = [(platform, number, cut, end) for (platform, number), cut, end in product(_each(journeys), Cut, End)]
    worst = [case for case in every if journeys[case[0]][case[1]] == PUBLISHES[case[0]] and case[2] is Cut.AFTER]
    shared = every if EVERY_FAULT else worst
    return [("sqlite", *case) for case in every] + [(store, *case) for store in ("git", "postgres") for case in shared]


@dataclass(frozen=True)
class Trial:
    """A draft whose requests go over a line that can be cut, and what is written down of it."""

    scene: Scene
    line: HttpLine
    practice: Practice
    record: RecordProperty

    @property
    def posts(self) -> int:
        """How many the network holds."""
        return len(self.practice.posts(self.scene.platform, self.scene.account))

    def cut_run(self, plan: Plan, end: End, *, later: float = 0) -> Ran:
        """One job, during which the line is cut as planned; it holds again afterwards."""
        self.line.listen(plan, end)
        ran = publish(self.scene, patience=None, later=later)
        assert self.line.cuts, f"only {self.line.asked} was asked"
        self.line.listen()
        return ran

    def lose(self, cut: Cut, end: End = End.CLOSED) -> Ran:
        """A job whose line breaks with the publishing request, and does not come back."""
        return self.cut_run(_gone(self.scene.platform, cut), end)

    def later_jobs_publish_it_once(self, runs: list[Ran], fault: str) -> None:
        jobs = list(runs)
        while jobs[-1].outcome not in SETTLED and len(jobs) < len(runs) + JOBS:
            jobs.append(publish(self.scene, patience=None, later=QUARTER * len(jobs)))
        told = all(job.reason for job in jobs if job.outcome not in SETTLED)
        settled = jobs[-1].outcome in SETTLED
        posts, doubted = self.posts, was_in_doubt(self.scene)
        Case(self.scene.store, fault, posts, settled, told, doubted).record(self.record)
        assert (posts, jobs[-1].state) == (1, "published"), jobs


@pytest.fixture
def trial(  # noqa: PLR0917 - fixtures
    new_scene: NewScene, lines: Lines, practice: Practice, record_property: RecordProperty, store: str, platform: str
) -> Trial:
    scene, line = new_scene(store, platform), lines[platform]
    pictured = replace(over(line, scene), pictures=PICTURES.get(platform, 1))
    return Trial(pictured, line, practice, record_property)


def _at(number: int, cut: Cut) -> Plan:
    """The line is cut once, at that request."""
    return lambda asked: cut if asked == number else None


@pytest.mark.parametrize(("store", "platform", "number", "cut", "end"), _cuts(SENT))
def test_a_cut_while_publishing_neither_doubles_nor_loses_the_post(
    trial: Trial, platform: str, number: int, cut: Cut, end: End
) -> None:
    first = trial.cut_run(_at(number, cut), end)
    posts = trial.posts
    opinion = _opinion(trial.scene)
    trial.later_jobs_publish_it_once([first], f"cut {cut}")
    _says_what_is_known(first, posts)
    assert isinstance(opinion, (Contradicted if posts else Confirmed) if first.state == "uncertain" else Unknown)
    if SENT[platform].index(PUBLISHES[platform]) > number:
        assert (posts, first.outcome) == (0, "deferred"), "nothing was published, and that was known"


@pytest.mark.parametrize(("store", "platform", "number", "cut", "end"), _cuts(FOUND))
def test_a_cut_while_a_lost_answer_is_looked_into(trial: Trial, number: int, cut: Cut, end: End) -> None:
    """The post is there, nobody heard of it, and the run that asks is cut, too."""
    first = trial.lose(Cut.AFTER, end)
    second = trial.cut_run(_at(number, cut), end, later=QUARTER)
    trial.later_jobs_publish_it_once([first, second], f"cut {cut}, asking")
    assert first.outcome == "uncertain"
    _says_what_is_known(second, 1)


@pytest.mark.parametrize(("store", "platform", "number", "cut", "end"), _cuts(SENT_AGAIN))
def test_a_cut_while_a_lost_request_is_looked_into_and_sent_again(
    trial: Trial, number: int, cut: Cut, end: End
) -> None:
    """The post never arrived, nobody knows, and the run that asks and sends it is cut, too."""
    first = trial.lose(Cut.BEFORE, end)
    second = trial.cut_run(_at(number, cut), end, later=QUARTER)
    posts = trial.posts
    trial.later_jobs_publish_it_once([first, second], f"cut {cut}, asking")
    assert first.outcome == "uncertain"
    _says_what_is_known(second, posts)


@pytest.mark.parametrize(("store", "platform"), list(product(("sqlite", "git", "postgres"), PLATFORMS)))
def test_a_line_that_stays_cut_leaves_the_post_to_a_person(trial: Trial, store: str, platform: str) -> None:
    """The post is there, nobody heard of it, and no later run can ask: each says so, and none sends it again."""
    plans = (_gone(platform, Cut.AFTER), lambda _: Cut.BEFORE, lambda _: Cut.BEFORE)
    jobs = [trial.cut_run(plan, End.CLOSED, later=QUARTER * number) for number, plan in enumerate(plans)]
    told = all(job.reason for job in jobs)
    Case(store, "cut, and it stays cut", trial.posts, settled=False, told=told, doubted=True).record(trial.record)
    assert {(job.outcome, job.state) for job in jobs} == {("uncertain", "uncertain")}
    assert (trial.posts, told) == (1, True)


@pytest.mark.parametrize("store", ["sqlite"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_requests_that_are_cut_are_all_that_there_are(trial: Trial, platform: str) -> None:
    trial.line.listen()
    assert publish(trial.scene, patience=None).outcome == "published"
    assert trial.line.asked == SENT[platform]
    for cut, journey in ((Cut.AFTER, FOUND), (Cut.BEFORE, SENT_AGAIN)):
        other = replace(trial, scene=replace(trial.scene, draft=f"{trial.scene.draft}-{cut.name}"))
        other.lose(cut)
        assert publish(other.scene, patience=None, later=QUARTER).outcome == "published"
        assert trial.line.asked == journey[platform]


def _gone(platform: str, cut: Cut) -> Plan:
    """The line breaks with the publishing request, and does not come back during this run."""
    publishing = SENT[platform].index(PUBLISHES[platform])
    return lambda asked: cut if asked == publishing else Cut.BEFORE if asked > publishing else None


def _says_what_is_known(ran: Ran, posts: int) -> None:
    """After a cut: what is on the network is published or in doubt, and what is not is never called published."""
    assert posts <= 1
    if posts:
        assert ran.state in {"published", "uncertain"}
        assert ran.outcome in {"published", "uncertain"}
    else:
        assert ran.state != "published"
        assert ran.outcome in {"deferred", "uncertain"}
    assert ran.reason or ran.outcome in SETTLED


def _opinion(scene: Scene) -> Opinion:
    """What `kanal resolve --not-published` hears a quarter of an hour later from the network."""
    with closing(open_ledger(scene)) as ledger, closing(adapter_of(scene)) as adapter:
        standing = ledger.standing(key_of(scene))
        if standing is None or standing.state is not State.UNCERTAIN:
            return Unknown(msg("There is no doubt."))
        return confirm(adapter, standing, None, datetime.now(UTC) + timedelta(seconds=QUARTER))
