"""One channel's deliveries: the order of things, waiting, giving up, and never twice."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.compose import content_digest
from kanal.errors import LedgerRefused, LedgerUnreachable, LedgerUnwritable, Rejected, Unavailable, Uncertain
from kanal.ledger import EventKind, Intent, State
from kanal.message import msg
from kanal.model import Approval, DeliveryKey, Outcome, Part, Picture, Prepared, Receipt, Waiver, Warrant
from kanal.publish.conditions import Moment
from kanal.publish.wait import Wait, Why
from tests.publish.stand_in import Stage, step

WORDS = msg("The network said no.")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.ledger.close()


def _kinds(stage: Stage) -> list[EventKind]:
    return [event.kind for event in stage.ledger.history()]


def test_a_post_is_prepared_claimed_committed_and_settled_in_this_order(stage: Stage) -> None:
    [result] = stage.publish(step())
    assert result.outcome is Outcome.PUBLISHED
    assert result.url == "https://network.example/0"
    order = [Moment.PREPARE, Moment.PREPARED, Moment.CLAIMED, Moment.COMMITTED, Moment.SETTLED, Moment.FINISHED]
    assert [moment for moment, _ in stage.heard] == order
    assert _kinds(stage) == [EventKind.CLAIMED, EventKind.PUBLISHED]


def test_the_intent_is_in_the_ledger_before_anything_is_sent(stage: Stage) -> None:
    seen: list[State] = []

    def look(moment: Moment, key: DeliveryKey) -> None:
        standing = stage.ledger.standing(key)
        if moment is Moment.CLAIMED and standing:
            seen.append(standing.state)
            assert "commit" not in stage.adapter.calls

    stage.on_moment = look
    stage.publish(step())
    assert seen == [State.CLAIMED]


def test_of_pictures_the_ledger_gets_name_and_digest_but_not_where_they_lie(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "erika.muster" / "linden.jpg"
    file.parent.mkdir()
    file.write_bytes(b"a picture")
    plain = step()
    assert plain.post is not None
    part = plain.post.part._replace(media=(Picture(file, "Linden", "Landkreis", "CC BY 4.0"),))
    stage.publish(replace(plain, post=plain.post._replace(part=part)))
    claimed = next(stage.ledger.history())
    assert claimed.media == (hashlib.sha256(b"a picture").hexdigest(),)
    assert claimed.prepared is not None
    assert claimed.prepared.part.media[0] == part.media[0]._replace(file=Path("linden.jpg"))
    assert "erika.muster" not in "".join(line.detail for line in stage.ledger.lines())


def test_the_network_gets_what_was_made_of_a_picture_and_the_ledger_names_the_drafts_own(
    stage: Stage, tmp_path: Path
) -> None:
    own, made = tmp_path / "linden.heic", tmp_path / "made.jpg"
    own.write_bytes(b"as it was approved")
    made.write_bytes(b"as it is sent")
    got: list[Path] = []
    stage.fit = lambda part: part._replace(media=tuple(one._replace(file=made) for one in part.media))
    prepare = stage.adapter.prepare
    stage.adapter.prepare = lambda part: got.append(part.media[0].file) or prepare(part)  # type: ignore[method-assign,func-returns-value]
    due = step()
    assert due.post is not None
    part = due.post.part._replace(media=(Picture(own, "Linden", "Landkreis", "CC BY 4.0"),))
    stage.publish(replace(due, post=due.post._replace(part=part)))
    claimed = next(stage.ledger.history())
    assert got == [made]
    assert claimed.digest == content_digest(part)
    assert claimed.media == (hashlib.sha256(b"as it was approved").hexdigest(),)
    assert claimed.prepared is not None
    assert claimed.prepared.part.media[0].file == Path("linden.heic")


def test_a_picture_that_cannot_be_sent_is_rejected_before_the_network_hears_of_it(stage: Stage) -> None:
    def refuse(_: Part) -> Part:
        raise Rejected(msg("“bombe.png” has more than 100 million pixels."))

    stage.fit = refuse
    [result] = stage.publish(step())
    assert (result.outcome, str(result.reason)) == (Outcome.REJECTED, "“bombe.png” has more than 100 million pixels.")
    assert stage.adapter.calls == []
    assert _kinds(stage) == [EventKind.CLAIMED, EventKind.REJECTED]


@pytest.mark.parametrize("taken", [True, False])
def test_who_answers_for_a_post_is_claimed_with_it_even_if_the_network_wants_none_of_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, *, taken: bool
) -> None:
    warrant = Warrant(
        Approval("Toni Probe", datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
        (Waiver("netiquette/shouting", "So steht es auf dem Schild", "Kim Muster"),),
    )
    due = step()
    assert due.post is not None
    draft = due.post.draft._replace(approval=warrant.approval, waivers=warrant.waivers)
    if not taken:
        monkeypatch.setattr(stage.adapter, "prepare", _refuse)
    [result] = stage.publish(replace(due, post=due.post._replace(draft=draft)))
    assert result.outcome is (Outcome.PUBLISHED if taken else Outcome.REJECTED)
    assert [event.warrant for event in stage.ledger.history()] == [warrant, None]


def _refuse(_: Part) -> Prepared:
    raise Rejected(WORDS)


def test_steps_of_a_channel_go_out_in_order(stage: Stage) -> None:
    stage.publish(step(2), step(1), step(3))
    assert stage.adapter.posts == ["Meldung 2", "Meldung 1", "Meldung 3"]


def test_a_published_delivery_is_never_claimed_again(stage: Stage) -> None:
    stage.publish(step())
    [again] = stage.publish(step())
    assert again.outcome is Outcome.SKIPPED
    assert stage.adapter.posts == ["Meldung 1"]


def test_a_rejected_post_stays_rejected_until_it_is_changed(stage: Stage) -> None:
    stage.adapter.will(Rejected(WORDS, words="too spicy"))
    [first] = stage.publish(step())
    assert first.outcome is Outcome.REJECTED
    assert "too spicy" in str(first.reason)
    [second] = stage.publish(step())
    assert (second.outcome, second.due) == (Outcome.REJECTED, True)
    assert stage.adapter.calls.count("commit") == 1
    [third] = stage.publish(step(text="Meldung 1, milder"))
    assert third.outcome is Outcome.PUBLISHED


def test_a_duplicate_at_the_first_attempt_is_a_rejection(stage: Stage) -> None:
    stage.adapter.will(Rejected(WORDS, duplicate=True))
    [result] = stage.publish(step())
    assert result.outcome is Outcome.REJECTED


def test_a_duplicate_after_a_doubt_means_that_the_first_attempt_went_out(stage: Stage) -> None:
    stage.patience = 0
    stage.wait = 5
    hidden = stage.adapter.find

    def late(prepared: Prepared, since: datetime) -> Receipt | None:
        """The list is behind when it is first asked."""
        return hidden(prepared, since) if stage.adapter.calls.count("commit") > 1 else None

    stage.adapter.find = late  # type: ignore[method-assign]
    stage.adapter.will(Uncertain(WORDS), stored=True)
    stage.adapter.will(Rejected(WORDS, duplicate=True))
    [result] = stage.publish(step())
    assert result.outcome is Outcome.PUBLISHED
    assert stage.adapter.posts == ["Meldung 1"]


def test_a_duplicate_that_nobody_finds_is_left_to_a_person(stage: Stage) -> None:
    stage.patience = 0
    stage.wait = 5
    stage.adapter.find = lambda prepared, since: None  # type: ignore[method-assign]  # noqa: ARG005
    stage.adapter.will(Uncertain(WORDS), stored=True)
    stage.adapter.will(Rejected(WORDS, duplicate=True))
    [result] = stage.publish(step())
    assert result.outcome is Outcome.UNCERTAIN
    assert [claim.key for claim in stage.ledger.open_claims()] == [step().key]


def test_a_rejection_leaves_the_other_drafts_of_the_channel_alone(stage: Stage) -> None:
    stage.adapter.will(Rejected(WORDS))
    outcomes = [result.outcome for result in stage.publish(step(1), step(2))]
    assert outcomes == [Outcome.REJECTED, Outcome.PUBLISHED]


def test_a_busy_network_is_waited_for_within_the_budget(stage: Stage) -> None:
    stage.wait = 5
    stage.adapter.will(Unavailable(WORDS, retry_at=datetime.now(UTC) + timedelta(seconds=0.2), channel_wide=True))
    [result] = stage.publish(step())
    assert result.outcome is Outcome.PUBLISHED
    assert (Moment.WAITING, "meldung-1") in stage.heard
    assert _kinds(stage) == [EventKind.CLAIMED, EventKind.RELEASED, EventKind.CLAIMED, EventKind.PUBLISHED]


def test_a_network_busy_for_longer_is_left_for_later_and_says_when(stage: Stage) -> None:
    stage.wait = 5
    later = datetime.now(UTC) + timedelta(minutes=15)
    stage.adapter.will(Unavailable(WORDS, retry_at=later, channel_wide=True))
    first, second = stage.publish(step(1), step(2))
    assert (first.outcome, first.at) == (Outcome.DEFERRED, later)
    assert "Not before" in str(first.reason)
    assert second.outcome is Outcome.DEFERRED
    assert stage.adapter.calls.count("commit") == 1, "the second draft must not be tried on a busy channel"


def test_a_network_that_stays_busy_is_asked_until_the_budget_is_used_up(stage: Stage) -> None:
    stage.wait = 2
    for _ in range(20):
        stage.adapter.will(Unavailable(WORDS, retry_at=datetime.now(UTC) - timedelta(seconds=1), channel_wide=True))
    [result] = stage.publish(step())
    assert result.outcome is Outcome.DEFERRED
    assert "kanal itself failed" not in str(result.reason)
    assert 3 < stage.adapter.calls.count("commit") <= 5, "tried again, but never in a hot loop"


def test_the_time_that_a_network_named_is_kept_over_runs(stage: Stage) -> None:
    stage.adapter.will(Unavailable(WORDS, retry_at=datetime.now(UTC) + timedelta(minutes=15), channel_wide=True))
    stage.publish(step())
    [early] = stage.publish(step())
    assert early.outcome is Outcome.DEFERRED
    assert stage.adapter.calls.count("commit") == 1
    stage.offset = timedelta(minutes=16)
    [late] = stage.publish(step())
    assert late.outcome is Outcome.PUBLISHED


def test_what_needs_a_person_is_not_tried_again_in_this_run(stage: Stage) -> None:
    stage.wait = 60
    stage.adapter.will(Unavailable(WORDS, msg("Renew the token."), channel_wide=True, needs_person=True))
    first, second = stage.publish(step(1), step(2))
    assert "Renew the token." in str(first.reason)
    assert [first.outcome, second.outcome] == [Outcome.DEFERRED, Outcome.DEFERRED]
    assert stage.adapter.calls.count("commit") == 1


def test_an_uncertain_post_that_is_found_counts_as_published(stage: Stage) -> None:
    stage.adapter.will(Uncertain(WORDS), stored=True)
    [result] = stage.publish(step())
    assert result.outcome is Outcome.PUBLISHED
    assert stage.adapter.posts == ["Meldung 1"]
    assert EventKind.UNCERTAIN in _kinds(stage)


def test_an_uncertain_post_that_is_not_there_is_sent_again_only_when_it_cannot_be_on_its_way(stage: Stage) -> None:
    stage.patience = 60
    stage.adapter.will(Uncertain(WORDS))
    first, second = stage.publish(step(1), step(2))
    assert first.outcome is Outcome.UNCERTAIN
    assert second.outcome is Outcome.DEFERRED, "the channel rests while something on it is uncertain"
    assert stage.adapter.posts == []
    stage.offset = timedelta(seconds=61)
    [settled] = stage.publish(step(1, doubt=True))
    assert settled.outcome is Outcome.PUBLISHED
    assert stage.adapter.posts == ["Meldung 1"]


def test_a_dead_runners_claim_is_settled_by_looking(stage: Stage) -> None:
    stage.ledger.claim([_intent(stage)], "host/0/dead")
    stage.adapter.posts.append("Meldung 1")
    [result] = stage.publish(step(doubt=True))
    assert result.outcome is Outcome.PUBLISHED
    assert stage.adapter.posts == ["Meldung 1"]
    assert "commit" not in stage.adapter.calls


def test_a_living_runners_claim_is_left_alone(stage: Stage) -> None:
    stage.alive = True
    stage.ledger.claim([_intent(stage)], "host/0/alive")
    [result] = stage.publish(step(doubt=True))
    assert result.outcome is Outcome.SKIPPED
    assert stage.adapter.calls == []


def test_a_draft_that_is_gone_is_looked_for_but_never_sent(stage: Stage) -> None:
    stage.ledger.claim([_intent(stage)], "host/0/dead")
    orphan = step(doubt=True)
    gone = type(orphan)(
        orphan.key, "", doubt=True, afterwards=Wait(Outcome.SKIPPED, msg("The draft is gone."), Why.GONE)
    )
    [result] = stage.publish(gone)
    assert (result.outcome, result.due) == (Outcome.SKIPPED, False)
    assert stage.adapter.posts == []
    standing = stage.ledger.standing(orphan.key)
    assert standing is not None
    assert standing.state is State.RELEASED


def test_a_mistake_of_ours_before_the_claim_stops_only_this_channel_and_sends_nothing(stage: Stage) -> None:
    def broken(part: Part) -> Prepared:  # noqa: ARG001
        raise RuntimeError("secret-token-in-a-message")

    stage.adapter.prepare = broken  # type: ignore[method-assign]
    first, second = stage.publish(step(1), step(2))
    assert [first.outcome, second.outcome] == [Outcome.DEFERRED, Outcome.DEFERRED]
    assert "RuntimeError" in str(first.reason)
    assert "secret-token" not in str(first.reason)


def test_a_mistake_of_ours_while_sending_is_a_doubt(stage: Stage) -> None:
    stage.adapter.will(ZeroDivisionError(), stored=True)
    [result] = stage.publish(step())
    assert result.outcome is Outcome.UNCERTAIN
    [settled] = stage.publish(step(doubt=True))
    assert settled.outcome is Outcome.PUBLISHED
    assert stage.adapter.posts == ["Meldung 1"]


def test_a_ledger_that_cannot_be_written_stops_the_channel_before_anything_is_sent(stage: Stage) -> None:
    def full(intents: Sequence[Intent], by: str) -> frozenset[DeliveryKey]:  # noqa: ARG001
        raise LedgerUnwritable(msg("The disk is full."))

    stage.ledger.claim = full  # type: ignore[method-assign]
    first, second = stage.publish(step(1), step(2))
    assert [first.outcome, second.outcome] == [Outcome.DEFERRED, Outcome.DEFERRED]
    assert "commit" not in stage.adapter.calls


def test_a_yes_that_cannot_be_written_down_is_a_doubt_and_not_sent_again(stage: Stage) -> None:
    whole = stage.ledger.settle

    def full(*_: object) -> None:
        raise LedgerUnwritable(msg("The disk is full."))

    stage.ledger.settle = full  # type: ignore[method-assign, assignment]
    [result] = stage.publish(step())
    assert result.outcome is Outcome.UNCERTAIN
    stage.ledger.settle = whole  # type: ignore[method-assign]
    [settled] = stage.publish(step(doubt=True))
    assert settled.outcome is Outcome.PUBLISHED
    assert stage.adapter.posts == ["Meldung 1"]


def test_a_ledger_that_is_damaged_in_the_middle_leaves_a_doubt_and_stops_no_other_channel(stage: Stage) -> None:
    def damaged(_: DeliveryKey) -> None:
        raise LedgerRefused(msg("Damaged."))

    stage.ledger.standing = damaged  # type: ignore[method-assign, assignment]
    [result] = stage.publish(step())
    assert result.outcome is Outcome.UNCERTAIN


@pytest.mark.parametrize("moment", [Moment.PREPARED, Moment.CLAIMED])
def test_a_ledger_whose_server_goes_away_is_a_doubt_only_for_what_was_sent(stage: Stage, moment: Moment) -> None:
    def away(*_: object) -> None:
        raise LedgerUnreachable(msg("The server does not answer."))

    def go_away(now: Moment, _key: DeliveryKey) -> None:
        if now is moment:
            for name in ("standing", "claim", "settle"):
                setattr(stage.ledger, name, away)

    stage.on_moment = go_away
    first, second = stage.publish(step(1), step(2))
    assert first.outcome is (Outcome.UNCERTAIN if moment is Moment.CLAIMED else Outcome.DEFERRED)
    assert second.outcome is Outcome.DEFERRED
    assert stage.adapter.posts == (["Meldung 1"] if moment is Moment.CLAIMED else [])


def test_what_another_run_has_already_is_not_prepared_again(stage: Stage) -> None:
    """Uploads count against the networks' limits."""
    stage.ledger.claim([_intent(stage)], "other/1/x")
    results = stage.publish(*(step(number) for number in range(1, 5)))
    outcomes = {result.step.key.draft: result.outcome for result in results}
    assert outcomes.pop("meldung-1") is Outcome.SKIPPED
    assert set(outcomes.values()) == {Outcome.PUBLISHED}
    assert stage.adapter.calls.count("prepare") == 3


def test_clearing_up_that_fails_is_told_and_changes_no_outcome(stage: Stage) -> None:
    def full(_prepared: Prepared) -> None:
        raise OSError("no space left")

    stage.adapter.tidy = full  # type: ignore[attr-defined]
    first, second = stage.publish(step(1), step(2))
    assert [first.outcome, second.outcome] == [Outcome.PUBLISHED, Outcome.PUBLISHED]
    assert [moment for moment, _ in stage.heard].count(Moment.NOTED) == 2


def test_addresses_that_cannot_be_found_are_told_and_change_no_outcome(stage: Stage) -> None:
    whole = stage.adapter.commit
    stage.adapter.commit = lambda prepared, key: whole(prepared, key)._replace(url=None)  # type: ignore[method-assign]

    def busy(_ids: Sequence[str]) -> dict[str, str]:
        raise Unavailable(WORDS)

    stage.adapter.locate = busy  # type: ignore[attr-defined]
    [result] = stage.publish(step())
    assert (result.outcome, result.url) == (Outcome.PUBLISHED, None)
    assert Moment.NOTED in [moment for moment, _ in stage.heard]


def test_after_an_interruption_nothing_new_begins(stage: Stage) -> None:
    stage.on_moment = lambda moment, _: stage.stop.set() if moment is Moment.CLAIMED else None
    first, second = stage.publish(step(1), step(2))
    assert first.outcome is Outcome.PUBLISHED, "what is under way is finished and written down"
    assert second.outcome is Outcome.DEFERRED
    assert stage.adapter.posts == ["Meldung 1"]


def test_the_key_of_a_delivery_is_the_same_in_every_run(stage: Stage) -> None:
    keys: list[str] = []

    def commit(prepared: Prepared, key: str) -> Receipt:  # noqa: ARG001
        keys.append(key)
        raise Unavailable(WORDS)

    stage.adapter.commit = commit  # type: ignore[method-assign]
    stage.publish(step())
    stage.publish(step())
    assert set(keys) == {"amt/meldung-1/1/1"}


def _intent(_: Stage) -> Intent:

    post = step().post
    assert post is not None
    return Intent(step().key, content_digest(post.part), Prepared(post.part))
