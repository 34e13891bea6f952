"""What there is to correct, by draft and ledger alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.compose import compose, content_digest
from kanal.ledger import Intent
from kanal.ledger.sqlite import SqliteLedger
from kanal.message import msg
from kanal.model import Channel, DeliveryKey, Draft, DraftType, FollowUp, Outcome, Poll, Prepared, Receipt, Visibility
from kanal.publish.corrections import corrections
from kanal.publish.planning import Step
from kanal.publish.wait import Why

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CHANNELS = {
    name: Channel(name, name, account)
    for name, account in {"mastodon": "lk@social.example", "x": "lk", "facebook": "1", "instagram": "2"}.items()
}
DRAFT = Draft("linden", "posts/linden.yaml", DraftType.ANNOUNCEMENT, ("mastodon", "x", "facebook"), "Am Montag.", "de")
NEW = DRAFT._replace(text="Am Dienstag.")
RETRACT = "kanal retract linden --channel {}"


@pytest.fixture
def ledger(tmp_path: Path) -> SqliteLedger:
    return SqliteLedger.create(tmp_path / "ledger.sqlite3", "test", "test")


def _publish(ledger: SqliteLedger, draft: Draft, *names: str, receipt: bool = True) -> None:
    for name in names:
        for post in compose(draft, CHANNELS[name], {}):
            key = DeliveryKey(name, draft.id, post.part.number)
            ledger.claim([Intent(key, content_digest(post.part), Prepared(post.part))], "a")
            if receipt:
                ledger.settle(key, Receipt("1", "https://n.example/1", NOON), "a")


def _steps(ledger: SqliteLedger, draft: Draft) -> list[Step]:
    states = dict.fromkeys(CHANNELS, ledger.states())
    return corrections(draft, CHANNELS, states, lambda _: ledger, {})


def _said(step: Step) -> tuple[str, Outcome | None, bool]:
    return step.key.channel, step.outcome, step.failed


def test_what_is_out_and_says_something_else_is_edited_where_the_network_can(ledger: SqliteLedger) -> None:
    _publish(ledger, DRAFT, "mastodon", "x", "facebook")
    steps = _steps(ledger, NEW)
    assert [_said(step) for step in steps] == [
        ("mastodon", None, False),
        ("x", Outcome.HELD, True),
        ("facebook", None, False),
    ]
    assert [step.post.part.text for step in steps if step.post] == ["Am Dienstag."] * 3


def test_what_says_it_already_and_what_is_not_out_is_left_alone(ledger: SqliteLedger) -> None:
    _publish(ledger, DRAFT, "mastodon")
    assert [_said(step) for step in _steps(ledger, DRAFT)] == [("mastodon", Outcome.ALREADY, False)]
    assert _steps(ledger, DRAFT._replace(id="andere")) == []


def test_what_may_say_the_old_or_the_new_is_done_again_whatever_the_draft_says(ledger: SqliteLedger) -> None:
    _publish(ledger, DRAFT, "mastodon")
    part = compose(NEW, CHANNELS["mastodon"], {})[0].part
    ledger.begin_correcting(Intent(DeliveryKey("mastodon", "linden"), "d", Prepared(part)), msg("Why."), "Kim")
    for draft in (DRAFT, NEW):
        (step,) = _steps(ledger, draft)
        assert (step.outcome, step.why) == (None, Why.CORRECTING)


def test_what_may_be_out_must_be_settled_first(ledger: SqliteLedger) -> None:
    _publish(ledger, DRAFT, "mastodon", receipt=False)
    (step,) = _steps(ledger, NEW)
    assert (step.outcome, "Settle that first" in str(step.reason)) == (Outcome.UNCERTAIN, True)


@pytest.mark.parametrize(("gone", "outcome"), [(False, Outcome.UNCERTAIN), (True, Outcome.RETRACTED)])
def test_what_was_taken_down_or_is_about_to_be_is_not_edited(
    ledger: SqliteLedger, outcome: Outcome, *, gone: bool
) -> None:
    _publish(ledger, DRAFT, "mastodon")
    key = DeliveryKey("mastodon", "linden")
    ledger.begin_retracting(key, msg("Why."), "Kim")
    if gone:
        ledger.end_retracting(key, msg("Why."), "Kim")
    (step,) = _steps(ledger, NEW)
    assert step.outcome is outcome


def test_what_somebody_vouched_for_is_not_known(ledger: SqliteLedger) -> None:
    ledger.vouch([DeliveryKey("mastodon", "linden")], msg("Why."), "Kim")
    (step,) = _steps(ledger, NEW)
    assert (step.outcome, step.failed) == (Outcome.HELD, True)
    assert str(step.reason).startswith("The ledger does not know what it says")


@pytest.mark.parametrize(
    "changed",
    [
        NEW._replace(visibility=Visibility.UNLISTED),
        NEW._replace(poll=Poll(("Ja", "Nein"), 60)),
        NEW._replace(reply_to="ulmen"),
    ],
)
def test_what_mastodon_cannot_change_is_held_with_the_two_other_ways(ledger: SqliteLedger, changed: Draft) -> None:
    _publish(ledger, DRAFT, "mastodon")
    (step,) = _steps(ledger, changed)
    assert (step.outcome, step.failed) == (Outcome.HELD, True)
    assert "kanal correct linden --channel mastodon --reply" in str(step.reason)
    assert "--repost" in str(step.reason)


def test_facebook_cannot_change_a_link_nor_answer(ledger: SqliteLedger) -> None:
    _publish(ledger, DRAFT._replace(link="https://lk.example/a"), "facebook")
    (step,) = _steps(ledger, NEW._replace(link="https://lk.example/b"))
    assert "cannot change the link" in str(step.reason)
    assert "kanal correct linden --channel facebook --repost" in str(step.reason)
    assert "--reply" not in str(step.reason)
    (step,) = _steps(ledger, NEW._replace(link="https://lk.example/a"))
    assert step.outcome is None


def test_each_part_of_a_thread_is_compared_and_one_too_many_is_told(ledger: SqliteLedger) -> None:
    thread = DRAFT._replace(thread=(FollowUp("Zweitens."), FollowUp("Drittens.")))
    _publish(ledger, thread, "mastodon")
    steps = _steps(ledger, thread._replace(thread=(FollowUp("Zweitens, neu."),)))
    assert [(step.key.part, step.outcome) for step in steps] == [(1, Outcome.ALREADY), (2, None), (3, Outcome.HELD)]
    assert "has no part 3 any more" in str(steps[2].reason)


def test_a_channel_that_the_draft_does_not_name_any_more_is_told(ledger: SqliteLedger) -> None:
    _publish(ledger, DRAFT, "mastodon")
    (step,) = _steps(ledger, NEW._replace(channels=("x",)))
    assert (step.outcome, step.failed) == (Outcome.HELD, True)
    assert RETRACT.format("mastodon") in str(step.reason)
