"""What is handed over waits unseen, comes out at its time, can be cancelled before, and is found at every stage."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from kanal.abilities.scheduling import CanSchedule
from kanal.abilities.sending import CanFind
from kanal.adapter import Adapter
from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.model import Part, Receipt
from kanal.sandbox import Fault, FaultKind
from kanal.testing.contract.subject import Subject, only_for, publish
from kanal.testing.network import HasClock, Network
from kanal.testing.parts import Writer, digests

UNCLEAR = (
    (FaultKind.ERROR_BEFORE, False),
    (FaultKind.ERROR_AFTER, True),
    (FaultKind.CUT_AFTER, True),
    (FaultKind.HTML, True),
)
"""Faults of the one request after which nobody knows, and whether it was heeded in truth."""
MUTE = (FaultKind.TOO_MANY, FaultKind.ERROR_BEFORE, FaultKind.EXPIRED, FaultKind.HTML, FaultKind.CUT_AFTER)
"""Faults after which a question is not answered."""
A_MINUTE = timedelta(minutes=1)


class PostsAreHandedOver(Subject):
    """Only for adapters with `schedule`; their network must be a `HasClock`."""

    @only_for("schedule")
    @pytest.mark.parametrize("pictures", [0, 2])
    def test_it_waits_unseen_and_comes_out_at_its_time(
        self, adapter: Adapter, network: Network, writer: Writer, pictures: int
    ) -> None:
        able, part, at = _able(adapter), writer.write(pictures=pictures), in_an_hour()
        prepared = able.prepare_scheduled(part)
        receipt = able.schedule(prepared, at)
        assert abs(receipt.at - at) < A_MINUTE
        assert (network.posts(), able.came_out(receipt, prepared)) == ([], None)
        assert able.waiting(receipt) == receipt
        _turn(network, at + A_MINUTE)
        (post,) = network.posts()
        assert (post.text, [picture.sha256 for picture in post.media]) == (part.text, digests(part))
        out = able.came_out(receipt, prepared)
        assert out is not None
        assert (out.id, out.url) == (post.id, post.url)
        assert abs(out.at - at) < 2 * A_MINUTE
        assert able.waiting(receipt) is None

    @only_for("schedule")
    def test_it_is_found_without_a_receipt(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able, at = _able(adapter), in_an_hour()
        asked = datetime.now(UTC)
        part = writer.write("Die Straße ist gesperrt: https://musterland.example/strasse", pictures=1)
        prepared = able.prepare_scheduled(part)
        assert able.find_waiting(prepared, at) is None
        receipt = able.schedule(prepared, at)
        assert able.find_waiting(prepared, at) == receipt
        assert _finder(adapter).find(prepared, asked) is None, "it is not out"
        _turn(network, at + A_MINUTE)
        assert able.find_waiting(prepared, at) is None
        assert _finder(adapter).find(prepared, asked) == able.came_out(receipt, prepared)

    @only_for("schedule")
    def test_what_says_the_same_at_another_time_is_another_one(self, adapter: Adapter, writer: Writer) -> None:
        able, at = _able(adapter), in_an_hour()
        prepared = able.prepare_scheduled(writer.write())
        first = able.schedule(prepared, at)
        assert able.find_waiting(prepared, at + timedelta(hours=1)) is None
        second = able.schedule(prepared, at + timedelta(hours=1))
        assert able.find_waiting(prepared, at) == first
        assert able.find_waiting(prepared, at + timedelta(hours=1)) == second

    @only_for("schedule")
    def test_other_words_are_another_one(self, adapter: Adapter, writer: Writer) -> None:
        able, at = _able(adapter), in_an_hour()
        able.schedule(able.prepare_scheduled(writer.write("Am Montag bleibt das Amt zu.")), at)
        assert able.find_waiting(able.prepare_scheduled(writer.write("Am Dienstag bleibt das Amt zu.")), at) is None

    @only_for("schedule")
    def test_preparing_publishes_nothing_and_hands_nothing_over(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able, at = _able(adapter), in_an_hour()
        for _ in range(2):
            prepared = able.prepare_scheduled(writer.write(pictures=1))
        assert able.find_waiting(prepared, at) is None
        _turn(network, at + A_MINUTE)
        assert network.posts() == []

    @only_for("schedule")
    def test_what_is_cancelled_never_comes_out(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able, at = _able(adapter), in_an_hour()
        prepared = able.prepare_scheduled(writer.write(pictures=1))
        receipt = able.schedule(prepared, at)
        for _ in range(2):
            able.cancel(receipt)
            assert able.waiting(receipt) is None
        _turn(network, at + A_MINUTE)
        assert (network.posts(), able.came_out(receipt, prepared)) == ([], None)

    @only_for("schedule")
    def test_what_was_cancelled_can_be_handed_over_or_published_again(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able, part, at = _able(adapter), writer.write(), in_an_hour()
        for _ in range(2):
            able.cancel(able.schedule(able.prepare_scheduled(part), at))
        receipt = publish(adapter, part)
        assert [post.id for post in network.posts()] == [receipt.id]

    @only_for("schedule")
    def test_cancelling_leaves_others_alone(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able, at = _able(adapter), in_an_hour()
        published = publish(adapter, writer.write("Heute ist Sonntag."))
        days = ("Montag", "Dienstag", "Mittwoch")
        receipts = [able.schedule(able.prepare_scheduled(writer.write(f"Es ist {day}.")), at) for day in days]
        able.cancel(receipts[1])
        assert [able.waiting(receipt) is not None for receipt in receipts] == [True, False, True]
        assert [post.id for post in network.posts()] == [published.id]

    @only_for("schedule")
    def test_another_adapter_goes_by_the_receipt_alone(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able(adapter)
        receipt = able.schedule(able.prepare_scheduled(writer.write()), in_an_hour())
        other = self.make(network)
        again = _able(other)
        assert again.waiting(receipt) == receipt
        again.cancel(receipt)
        assert again.waiting(receipt) is None
        other.close()

    @only_for("schedule")
    def test_a_time_that_is_too_near_is_refused_and_nothing_is_published(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able(adapter)
        prepared = able.prepare_scheduled(writer.write())
        with pytest.raises(Rejected) as caught:
            able.schedule(prepared, datetime.now(UTC) + able.scheduling.least - A_MINUTE)
        assert caught.value.words
        assert network.posts() == []

    @only_for("schedule")
    def test_the_farthest_time_is_taken(self, adapter: Adapter, writer: Writer) -> None:
        able = _able(adapter)
        prepared = able.prepare_scheduled(writer.write())
        far = datetime.now(UTC) + (able.scheduling.most or timedelta(days=365)) - A_MINUTE
        assert able.waiting(able.schedule(prepared, far)) is not None

    @only_for("schedule")
    @pytest.mark.parametrize(("kind", "waits"), UNCLEAR)
    def test_an_unclear_answer_is_uncertain_and_the_network_tells(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind, *, waits: bool
    ) -> None:
        able, at = _able(adapter), in_an_hour()
        prepared = able.prepare_scheduled(writer.write())
        network.set_fault(Fault(kind))
        with pytest.raises(Uncertain):
            able.schedule(prepared, at)
        found = able.find_waiting(prepared, at)
        assert (found is not None) is waits
        _turn(network, at + A_MINUTE)
        assert len(network.posts()) == waits

    @only_for("schedule")
    @pytest.mark.parametrize(("kind", "gone"), UNCLEAR)
    def test_an_unclear_answer_while_cancelling_is_uncertain_and_the_same_again_finishes_it(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind, *, gone: bool
    ) -> None:
        able = _able(adapter)
        receipt = able.schedule(able.prepare_scheduled(writer.write()), in_an_hour())
        network.set_fault(Fault(kind, calls="retract"))
        with pytest.raises(Uncertain):
            able.cancel(receipt)
        assert (able.waiting(receipt) is None) is gone
        able.cancel(receipt)
        assert able.waiting(receipt) is None

    @only_for("schedule")
    @pytest.mark.parametrize("calls", ["publish", "retract"])
    def test_an_expired_token_changes_nothing_and_needs_a_person(
        self, adapter: Adapter, network: Network, writer: Writer, calls: str
    ) -> None:
        able, at = _able(adapter), in_an_hour()
        prepared = able.prepare_scheduled(writer.write())
        receipt = able.schedule(prepared, at) if calls == "retract" else None
        network.set_fault(Fault(FaultKind.EXPIRED, calls="retract" if receipt else "publish"))
        with pytest.raises(Unavailable) as caught:
            able.cancel(receipt) if receipt else able.schedule(prepared, at)
        assert caught.value.needs_person
        assert able.find_waiting(prepared, at) == receipt

    @only_for("schedule")
    def test_at_a_network_that_is_down_nothing_is_handed_over_and_nothing_known(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able, at = _able(adapter), in_an_hour()
        prepared = able.prepare_scheduled(writer.write())
        receipt = able.schedule(prepared, at)
        network.set_fault(Fault(FaultKind.DOWN, times=None, calls="all"))
        questions: Sequence[Callable[[], object]] = (
            lambda: able.schedule(prepared, at + timedelta(hours=1)),
            lambda: able.cancel(receipt),
            lambda: able.waiting(receipt),
            lambda: able.find_waiting(prepared, at),
            lambda: able.came_out(receipt, prepared),
        )
        for ask in questions:
            with pytest.raises(Unavailable):
                ask()
        network.heal()
        assert able.waiting(receipt) == receipt
        assert able.find_waiting(prepared, at + timedelta(hours=1)) is None

    @only_for("schedule")
    @pytest.mark.parametrize("kind", MUTE)
    @pytest.mark.parametrize("gone", [False, True])
    def test_a_question_about_what_waits_that_is_not_answered_is_unavailable(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind, *, gone: bool
    ) -> None:
        """Least of all is it taken for an answer."""
        able, at = _able(adapter), in_an_hour()
        prepared = able.prepare_scheduled(writer.write())
        receipt = able.schedule(prepared, at)
        if gone:
            able.cancel(receipt)
        network.set_fault(Fault(kind, times=None, calls="all"))
        questions: Sequence[Callable[[], object]] = (
            lambda: able.waiting(receipt),
            lambda: able.find_waiting(prepared, at),
            lambda: able.came_out(receipt, prepared),
        )
        for ask in questions:
            with pytest.raises(Unavailable):
                ask()
        network.heal()

    @only_for("schedule")
    @pytest.mark.parametrize("word", ["", "foto/1", "../me", "4711?fields=id"])
    def test_what_is_no_id_is_never_called_cancelled(self, adapter: Adapter, writer: Writer, word: str) -> None:
        able = _able(adapter)
        able.schedule(able.prepare_scheduled(writer.write()), in_an_hour())
        told = Receipt(word, None, datetime.now(UTC))
        for attempt in (able.waiting, able.cancel):
            with pytest.raises(DeliveryError):
                attempt(told)

    @only_for("schedule")
    def test_what_does_not_fit_is_refused_before_it_is_handed_over(self, adapter: Adapter, writer: Writer) -> None:
        with pytest.raises(Rejected):
            _able(adapter).prepare_scheduled(Part("x" * (writer.limits.text + 1), "de"))


def in_an_hour() -> datetime:
    """A time that every network takes."""
    return (datetime.now(UTC) + timedelta(hours=1)).replace(second=0, microsecond=0)


def _able(adapter: Adapter) -> CanSchedule:
    if not isinstance(adapter, CanSchedule):
        pytest.skip("the network does not publish later by itself")
    return adapter


def _finder(adapter: Adapter) -> CanFind:
    assert isinstance(adapter, CanFind), "doubts about what was handed over are settled by looking, too"
    return adapter


def _turn(network: Network, at: datetime) -> None:
    assert isinstance(network, HasClock), "the stand-in's clock must be one that can be turned"
    network.turn_to(at)
