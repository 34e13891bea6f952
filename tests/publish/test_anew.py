"""What is to be published anew: the whole post, only where it cannot be edited, and going on where it broke off."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.compose import compose, content_digest
from kanal.folder import scan
from kanal.ledger import Intent
from kanal.ledger.sqlite import SqliteLedger
from kanal.message import msg
from kanal.model import Channel, DeliveryKey, Draft, DraftType, FollowUp, Outcome, Prepared
from kanal.publish.corrections import corrections
from kanal.publish.planning import Step, plan
from kanal.publish.taken_down import retractions
from kanal.publish.wait import Wait, Why
from tests.conftest import LoadProject
from tests.publish.giving_way import give_way, publish

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
X = Channel("x", "x", "lk")
DRAFT = Draft("linden", "posts/linden.yaml", DraftType.ANNOUNCEMENT, ("x",), "Am Montag.", "de")
NEW = DRAFT._replace(text="Am Dienstag.")
THREAD = (FollowUp("Zweitens."), FollowUp("Drittens."))
WHY = msg("Why.")
HOLD = Wait(Outcome.HELD, msg("Everything is on hold."), Why.HOLD)
Said = tuple[int, int, Outcome | None, bool]


@pytest.fixture
def ledger(tmp_path: Path) -> SqliteLedger:
    return SqliteLedger.create(tmp_path / "ledger.sqlite3", "test", "test")


def _key(part: int = 1, revision: int = 1) -> DeliveryKey:
    return DeliveryKey("x", "linden", part, revision)


def _out(ledger: SqliteLedger, draft: Draft, revision: int = 1) -> None:
    for post in compose(draft, X, {}):
        publish(ledger, _key(post.part.number, revision), post.part)


def _steps(ledger: SqliteLedger, draft: Draft, wait: Wait | None = None) -> list[Step]:
    return corrections(draft, {"x": X}, {"x": ledger.states()}, lambda _: ledger, {}, repost=lambda _d, _c: wait)


def _said(steps: list[Step]) -> list[Said]:
    return [(step.key.part, step.key.revision, step.outcome, step.doubt) for step in steps]


def test_what_says_the_old_is_published_anew_whole_as_the_next_revision(ledger: SqliteLedger) -> None:
    _out(ledger, DRAFT._replace(thread=THREAD))
    steps = _steps(ledger, DRAFT._replace(thread=(THREAD[0], FollowUp("Drittens, neu."))))
    assert _said(steps) == [(number, 2, None, False) for number in (1, 2, 3)]
    assert {step.why for step in steps} == {Why.ANEW}
    assert next(step.post.part.text for step in steps if step.post) == "Am Montag."


def test_a_thread_may_become_shorter_and_longer(ledger: SqliteLedger) -> None:
    _out(ledger, DRAFT._replace(thread=THREAD))
    assert _said(_steps(ledger, DRAFT)) == [(1, 2, None, False)]
    longer = _steps(ledger, NEW._replace(thread=(*THREAD, FollowUp("Viertens."))))
    assert _said(longer) == [(number, 2, None, False) for number in (1, 2, 3, 4)]


def test_what_says_it_already_is_left_alone(ledger: SqliteLedger) -> None:
    _out(ledger, DRAFT)
    assert _said(_steps(ledger, DRAFT)) == [(1, 1, Outcome.ALREADY, False)]


def test_nothing_is_taken_down_for_what_is_held(ledger: SqliteLedger) -> None:
    _out(ledger, DRAFT)
    (step,) = _steps(ledger, NEW, HOLD)
    assert (step.outcome, step.failed, str(step.reason)) == (Outcome.HELD, True, "Everything is on hold.")


def _reposting(ledger: SqliteLedger) -> None:
    ledger.begin_reposting(_key(), WHY, "Kim")


def _gave_way(ledger: SqliteLedger) -> None:
    give_way(ledger, _key())


def _claimed(ledger: SqliteLedger) -> None:
    give_way(ledger, _key())
    ledger.claim([Intent(_key(1, 2), "d", Prepared(compose(NEW, X, {})[0].part))], "b")


def _released(ledger: SqliteLedger) -> None:
    _claimed(ledger)
    ledger.release(_key(1, 2), WHY, None, "b")


@pytest.mark.parametrize(
    ("until", "expected", "why"),
    [
        (_reposting, (1, 2, None, False), Why.REPOSTING),
        (_gave_way, (1, 2, None, False), Why.ANEW),
        (_claimed, (1, 2, None, True), Why.ANEW),
        (_released, (1, 2, None, False), Why.ANEW),
    ],
)
def test_what_was_broken_off_goes_on(
    ledger: SqliteLedger, until: Callable[[SqliteLedger], None], expected: Said, why: Why
) -> None:
    _out(ledger, DRAFT)
    until(ledger)
    steps = _steps(ledger, NEW)
    assert (_said(steps), steps[0].why) == ([expected], why)


def test_a_thread_that_is_out_anew_in_part_goes_on_with_the_rest(ledger: SqliteLedger) -> None:
    old, new = DRAFT._replace(thread=THREAD), NEW._replace(thread=THREAD)
    _out(ledger, old)
    for part in (3, 2):
        give_way(ledger, _key(part))
    assert _said(_steps(ledger, new)) == [(number, 2, None, False) for number in (1, 2, 3)]
    give_way(ledger, _key(1))
    publish(ledger, _key(1, 2), compose(new, X, {})[0].part)
    assert _said(_steps(ledger, new)) == [(1, 2, Outcome.ALREADY, False), (2, 2, None, False), (3, 2, None, False)]


def test_what_may_be_out_and_what_is_taken_down_for_good_is_not_touched(ledger: SqliteLedger) -> None:
    _out(ledger, DRAFT._replace(thread=THREAD))
    ledger.begin_retracting(_key(3), WHY, "Kim")
    assert [step.key.revision for step in _steps(ledger, NEW._replace(thread=THREAD))] == [1, 1, 1]


def test_without_being_asked_nothing_is_published_anew(ledger: SqliteLedger) -> None:
    _out(ledger, DRAFT)
    give_way(ledger, _key())
    (step,) = corrections(NEW, {"x": X}, {"x": ledger.states()}, lambda _: ledger, {})
    assert (step.outcome, step.failed, step.key.revision) == (Outcome.DEFERRED, True, 2)
    assert "kanal correct linden --channel x --repost" in str(step.reason)


def test_retract_takes_the_newest_and_what_gave_way_only_if_nothing_took_its_place(ledger: SqliteLedger) -> None:
    _out(ledger, DRAFT)
    give_way(ledger, _key())
    assert [step.key for step in retractions("linden", {"x": ledger.states()})] == [_key()]
    publish(ledger, _key(1, 2))
    assert [step.key for step in retractions("linden", {"x": ledger.states()})] == [_key(1, 2)]


def test_publish_sends_what_gave_way_and_waits_while_nobody_knows(
    ledger: SqliteLedger, load_project: LoadProject
) -> None:
    project = load_project()
    entries = [one for one in scan(project.root, project.setting, None).entries if one.id == "baustelle"]
    channels = {"x": project.channels["x"]}
    key = DeliveryKey("x", "baustelle")
    publish(ledger, key)
    found: list[tuple[int, Outcome | None]] = []
    befalls: list[Callable[[], object]] = [
        lambda: None,
        lambda: ledger.begin_reposting(key, WHY, "Kim"),
        lambda: give_way(ledger, key),
    ]
    for befall in befalls:
        befall()
        (step,) = plan(entries, channels, {"x": ledger.states()}, {}, NOON)
        found.append((step.key.revision, step.outcome))
    assert found == [(1, Outcome.ALREADY), (1, Outcome.UNCERTAIN), (2, None)]
    publish(ledger, key._replace(revision=2))
    (step,) = plan(entries, channels, {"x": ledger.states()}, {}, NOON)
    assert (step.key.revision, step.outcome) == (2, Outcome.ALREADY)


def test_the_digest_of_what_is_out_is_that_of_the_new_one(ledger: SqliteLedger) -> None:
    _out(ledger, DRAFT)
    give_way(ledger, _key())
    _out(ledger, NEW, 2)
    assert ledger.states()[_key(1, 2)][1] == content_digest(compose(NEW, X, {})[0].part)
    assert _said(_steps(ledger, NEW)) == [(1, 2, Outcome.ALREADY, False)]
    assert _said(_steps(ledger, DRAFT)) == [(1, 3, None, False)]
