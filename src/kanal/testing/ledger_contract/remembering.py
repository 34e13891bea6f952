"""Every change is an appended event that says who, when and why, in any language."""

from dataclasses import replace
from datetime import UTC, datetime

from kanal.ledger import EventKind, Ledger
from kanal.message import Message, fill, msg, msgn
from kanal.model import Approval, DeliveryKey, Receipt, Waiver, Warrant
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, PREPARED, RECEIPT, WHY, LedgerContract, intent

GERMAN = {
    "{name} is busy ({share}); again at {at}, in {inner}.": (
        "{name} ist ausgelastet ({share}); wieder um {at}, in {inner}."
    ),
    "{count} minutes": "{count} Minuten",
}


def _in_german(value: object) -> str:
    if isinstance(value, Message):
        text = value.text if value.plural is None or value.number == 1 else value.plural
        return fill(GERMAN[text], value.values, _in_german)
    if isinstance(value, datetime):
        return f"{value:%H:%M}"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


class HistoryIsComplete(LedgerContract):
    """Every change is an appended event that says who, when and why."""

    def test_every_change_is_an_event(self, ledger: Ledger, second: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        ledger.doubt(KEY, WHY, ALICE)
        (standing,) = ledger.open_claims()
        ledger.take_over(standing, BOB)
        ledger.release(KEY, WHY, RECEIPT.at, BOB)
        ledger.claim([intent(digest="d2")], BOB)
        ledger.settle(KEY, RECEIPT, BOB)
        ledger.locate({KEY: "https://m.example/2"}, ALICE)
        events = list(second.history())
        assert [(event.kind, event.by, event.digest) for event in events] == [
            (EventKind.CLAIMED, ALICE, "d1"),
            (EventKind.UNCERTAIN, ALICE, "d1"),
            (EventKind.TAKEN_OVER, BOB, "d1"),
            (EventKind.RELEASED, BOB, "d1"),
            (EventKind.CLAIMED, BOB, "d2"),
            (EventKind.PUBLISHED, BOB, "d2"),
            (EventKind.LOCATED, ALICE, "d2"),
        ]
        assert [event.number for event in events] == sorted({event.number for event in events})
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert {(event.at.tzinfo, bool(event.version), event.key) for event in events} == {(UTC, True, KEY)}
        assert (events[0].prepared, events[1].reason, events[3].retry_at) == (PREPARED, WHY, RECEIPT.at)
        assert (events[5].receipt, events[6].receipt) == (
            RECEIPT,
            Receipt(RECEIPT.id, "https://m.example/2", RECEIPT.at),
        )

    def test_who_answers_for_a_post_is_kept_with_the_claim(self, ledger: Ledger, second: Ledger) -> None:
        approval = Approval("Toni Muster", datetime(2026, 11, 20, 9, tzinfo=UTC))
        warrant = Warrant(approval, (Waiver("netiquette/shouting", "So steht es auf dem Schild", "Kim Muster"),))
        ledger.claim([replace(intent(), warrant=warrant)], ALICE)
        ledger.settle(KEY, RECEIPT, ALICE)
        claimed, published = second.history()
        assert (claimed.warrant, published.warrant) == (warrant, None)

    def test_the_digests_of_pictures_are_kept_with_the_claim(self, ledger: Ledger, second: Ledger) -> None:
        ledger.claim([replace(intent(), media=("ab" * 32,))], ALICE)
        ledger.settle(KEY, RECEIPT, ALICE)
        assert [event.media for event in second.history()] == [("ab" * 32,), ()]

    def test_history_is_asked_by_draft_and_by_channel(self, ledger: Ledger) -> None:
        keys = [DeliveryKey(channel, draft) for draft in ("a", "b") for channel in ("mastodon", "x")]
        ledger.claim([intent(key) for key in keys], ALICE)

        def found(*, draft: str | None = None, channel: str | None = None) -> list[DeliveryKey]:
            return [event.key for event in ledger.history(draft=draft, channel=channel)]

        assert found() == keys
        assert found(draft="b") == keys[2:]
        assert found(channel="x") == [keys[1], keys[3]]
        assert found(draft="a", channel="x") == [keys[1]]
        assert found(draft="a", channel="X") == []

    def test_a_reason_can_be_read_in_another_language_years_later(self, ledger: Ledger, second: Ledger) -> None:
        inner = msgn("one minute", "{count} minutes", 3)
        at = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
        reason = msg(
            "{name} is busy ({share}); again at {at}, in {inner}.", name="X {a}", share=0.5, at=at, inner=inner
        )
        ledger.claim([intent()], ALICE)
        ledger.release(KEY, reason, None, ALICE)
        standing = second.standing(KEY)
        assert standing is not None
        assert standing.reason == reason
        assert _in_german(standing.reason) == "X {a} ist ausgelastet (0,5); wieder um 07:30, in 3 Minuten."
