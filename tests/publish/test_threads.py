"""A thread goes out part by part, each beneath the one before; one that broke off goes on where it stopped."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kanal.config import Project
from kanal.errors import Rejected, Uncertain
from kanal.folder import scan
from kanal.ledger import Intent, State
from kanal.message import msg
from kanal.model import DeliveryKey, Outcome, Part, Prepared, Receipt
from kanal.publish.conditions import Result
from kanal.publish.pace import Pace
from kanal.publish.planning import Situation, Step, plan
from kanal.publish.revisions import States
from kanal.publish.turns import Turns
from tests.conftest import LoadProject, WriteFile
from tests.publish.stand_in import Stage, StandIn, step
from tests.publish.test_timing import night, terms

WORDS = msg("The network said no.")


class Beneath(StandIn):
    """Remembers what each post answers; ids are the numbers of the posts, from 0."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str | None] = []

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        before = len(self.posts)
        try:
            return super().commit(prepared, key)
        finally:
            self.answers += [prepared.handles.get("reply_to")] * (len(self.posts) - before)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, Beneath())
    yield made
    made.ledger.close()


def thread(parts: int = 3) -> list[Step]:
    """The steps of one draft, a part each."""
    first = step()
    assert first.post is not None
    return [
        replace(
            first,
            key=first.key._replace(part=number),
            post=first.post._replace(part=Part(f"Teil {number}", "de", number=number)),
        )
        for number in range(1, parts + 1)
    ]


def answers(stage: Stage) -> list[str | None]:
    assert isinstance(stage.adapter, Beneath)
    return stage.adapter.answers


def outcomes(results: list[Result]) -> list[Outcome]:
    return [result.outcome for result in results]


def test_each_part_stands_beneath_the_one_before_it(stage: Stage) -> None:
    assert outcomes(stage.publish(*thread())) == [Outcome.PUBLISHED] * 3
    assert stage.adapter.posts == ["Teil 1", "Teil 2", "Teil 3"]
    assert answers(stage) == [None, "0", "1"]


def test_what_a_part_answers_is_in_the_ledger_before_it_is_sent(stage: Stage) -> None:
    stage.publish(*thread(2))
    standing = stage.ledger.standing(DeliveryKey("amt", "meldung-1", 2))
    assert standing
    assert standing.prepared
    assert standing.prepared.handles == {"reply_to": "0"}
    assert standing.prepared.part.number == 2


def test_a_thread_that_broke_off_goes_on_where_it_stopped(stage: Stage) -> None:
    stage.adapter.will(None)
    stage.adapter.will(Rejected(WORDS))
    first = stage.publish(*thread())
    assert outcomes(first) == [Outcome.PUBLISHED, Outcome.REJECTED, Outcome.DEFERRED]
    assert str(first[2].reason) == "Part 2 of the thread is not out yet."
    mended = thread()
    assert mended[1].post is not None
    mended[1] = replace(mended[1], post=mended[1].post._replace(part=Part("Teil 2, neu", "de", number=2)))
    assert outcomes(stage.publish(*mended[1:])) == [Outcome.PUBLISHED] * 2
    assert stage.adapter.posts == ["Teil 1", "Teil 2, neu", "Teil 3"]
    assert answers(stage) == [None, "0", "1"]


def test_nothing_follows_a_part_of_which_nobody_knows_whether_it_is_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.adapter, "find", _cannot_look)
    stage.adapter.will(Uncertain(WORDS), stored=True)
    results = stage.publish(*thread(2))
    assert outcomes(results) == [Outcome.UNCERTAIN, Outcome.DEFERRED]
    assert stage.adapter.posts == ["Teil 1"]


def test_a_part_waits_while_another_run_is_sending_the_one_before(stage: Stage) -> None:
    stage.ledger.claim([Intent(DeliveryKey("amt", "meldung-1"), "d", Prepared(Part("Teil 1", "de")))], "host/2/other")
    [waits] = stage.publish(thread(2)[1])
    assert waits.outcome is Outcome.DEFERRED
    assert str(waits.reason) == "Nobody knows yet whether the post before it is out."


def _cannot_look(_: Prepared, __: datetime) -> Receipt:
    raise Uncertain(WORDS)


def test_the_parts_of_a_thread_keep_no_distance_from_each_other(stage: Stage) -> None:
    results = stage.outlet(pace=Pace(terms(), None)).run([*thread(), step(2)])
    assert outcomes(results) == [*[Outcome.PUBLISHED] * 3, Outcome.DEFERRED]


def test_whoever_is_late_does_not_go_on_in_the_middle_of_a_thread() -> None:
    threads = [replace(one, key=one.key._replace(draft=f"d{number}")) for number in range(9) for one in thread()]
    for chance in range(20):
        turns = Turns(threads, f"host/{chance}/a")
        steps = iter(turns)
        next(steps)
        turns.go_elsewhere()
        assert next(steps).key.part == 1


def test_a_reply_waits_for_the_post_that_it_answers(stage: Stage) -> None:
    plain = step(2)
    assert plain.post is not None
    reply = replace(plain, post=plain.post._replace(part=Part("Nachtrag", "de", reply_to="meldung-1")))
    [waits] = stage.publish(reply)
    assert (waits.outcome, str(waits.reason)) == (
        Outcome.DEFERRED,
        "It refers to “meldung-1”, which is not out on this channel.",
    )
    assert outcomes(stage.publish(step(1), reply)) == [Outcome.PUBLISHED] * 2
    assert answers(stage) == [None, "0"]


def test_a_post_that_somebody_vouched_for_cannot_be_answered_since_its_id_is_not_known(stage: Stage) -> None:
    stage.ledger.vouch([DeliveryKey("amt", "meldung-1")], WORDS, "host/1/me")
    [waits] = stage.publish(thread(2)[1])
    assert str(waits.reason) == "It refers to “meldung-1”, and the ledger does not know that post's id."


DRAFT = "id: faden\nchannels: [x, facebook]\ntext: Eins.\nthread: [{text: Zwei.}, {text: Drei.}]\n"
LEFT_OUT = "variants: {facebook: {leave_out: [thread]}}\n"
ZONE = ZoneInfo("Europe/Berlin")
MIDNIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=ZONE)


@pytest.fixture
def project(load_project: LoadProject, write_file: WriteFile, office_folder: Path) -> Project:
    for other in ("baustelle.yaml", "verkehr/linden.yaml"):
        (office_folder / "posts" / other).unlink()
    write_file("posts/faden.yaml", DRAFT + LEFT_OUT)
    return load_project()


def planned(project: Project, states: States, situation: Situation) -> dict[tuple[str, int], Step]:
    entries = scan(project.root, project.setting, None).entries
    steps = plan(entries, project.channels, {"x": states}, {}, MIDNIGHT, situation=situation)
    return {(step.key.channel, step.key.part): step for step in steps}


def test_each_part_is_a_delivery_of_its_own(project: Project) -> None:
    steps = planned(project, {DeliveryKey("x", "faden"): (State.PUBLISHED, "")}, Situation())
    assert {key: step.outcome for key, step in steps.items()} == {
        ("x", 1): Outcome.ALREADY,
        ("x", 2): None,
        ("x", 3): None,
        ("facebook", 1): None,
    }
    assert [step.post.part.text for (_, part), step in steps.items() if step.post and part > 1] == ["Zwei.", "Drei."]


def test_a_thread_that_is_out_is_not_even_parsed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from kanal.folder import Entry

    keys = [DeliveryKey("x", "faden", part) for part in (1, 2, 3)]
    monkeypatch.setattr(Entry, "load", lambda _: pytest.fail("parsed"))
    entries = scan(project.root, project.setting, None).entries
    channels = {"x": project.channels["x"]}
    steps = plan(entries, channels, {"x": dict.fromkeys(keys, (State.PUBLISHED, ""))}, {}, MIDNIGHT)
    assert {step.key for step in steps} == set(keys)


def test_what_has_begun_is_ended_at_night_too(project: Project) -> None:
    unattended = Situation(terms=terms(hours=night()))
    fresh = planned(project, {}, unattended)
    assert {step.outcome for step in fresh.values()} == {Outcome.DEFERRED}
    begun = planned(project, {DeliveryKey("x", "faden"): (State.PUBLISHED, "")}, unattended)
    assert (begun["x", 2].outcome, begun["facebook", 1].outcome) == (None, Outcome.DEFERRED)


def test_of_a_thread_that_is_taken_down_no_further_part_goes_out(project: Project) -> None:
    taken = planned(project, {DeliveryKey("x", "faden"): (State.RETRACTED, "")}, Situation())
    assert [taken["x", part].outcome for part in (1, 2, 3)] == [
        Outcome.RETRACTED,
        Outcome.SKIPPED,
        Outcome.SKIPPED,
    ]
    assert str(taken["x", 2].reason) == "Another part of this thread was taken down; this one is not sent."
