"""A post can be taken down, any number of times, and it is told truly whether it is gone."""

from datetime import UTC, datetime, timedelta

import pytest

from kanal.abilities.changing import CanRetract
from kanal.adapter import Adapter
from kanal.errors import DeliveryError, Unavailable, Uncertain
from kanal.model import Receipt
from kanal.sandbox import Fault, FaultKind
from kanal.testing.contract.subject import Subject, only_for, publish
from kanal.testing.network import Network
from kanal.testing.parts import Writer

UNCLEAR = (
    (FaultKind.ERROR_BEFORE, False),
    (FaultKind.ERROR_AFTER, True),
    (FaultKind.CUT_AFTER, True),
    (FaultKind.HTML, True),
)
"""Faults of the request that deletes after which nobody knows, and whether the post is gone in truth."""
SLOW = (Fault(FaultKind.DRIP, seconds=0.2, calls="retract"), Fault(FaultKind.LATENCY, seconds=0.2, calls="retract"))
MUTE = (FaultKind.TOO_MANY, FaultKind.ERROR_BEFORE, FaultKind.EXPIRED, FaultKind.HTML, FaultKind.CUT_AFTER)
"""Faults after which a question is not answered."""


class PostsAreTakenDown(Subject):
    """Only for adapters with `retract`."""

    @only_for("retract")
    @pytest.mark.parametrize("pictures", [0, 2])
    def test_a_post_that_is_taken_down_is_gone(
        self, adapter: Adapter, network: Network, writer: Writer, pictures: int
    ) -> None:
        able = _able_to_retract(adapter)
        receipt = publish(adapter, writer.write(pictures=pictures))
        assert able.is_gone(receipt) is False
        able.retract(receipt)
        assert network.posts() == []
        assert able.is_gone(receipt) is True

    @only_for("retract")
    def test_what_is_gone_already_may_be_taken_down_again(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able_to_retract(adapter)
        receipt = publish(adapter, writer.write())
        for _ in range(2):
            able.retract(receipt)
            assert able.is_gone(receipt) is True
        assert network.posts() == []

    @only_for("retract")
    def test_an_address_that_is_not_known_does_not_matter(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able_to_retract(adapter)
        receipt = publish(adapter, writer.write())._replace(url=None)
        able.retract(receipt)
        assert (network.posts(), able.is_gone(receipt)) == ([], True)

    @only_for("retract")
    def test_other_posts_stay(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able = _able_to_retract(adapter)
        days = ("Montag", "Dienstag", "Mittwoch")
        receipts = [publish(adapter, writer.write(f"Heute ist {day}."), f"amt/{day}/1/1") for day in days]
        able.retract(receipts[1])
        assert [post.text for post in network.posts()] == ["Heute ist Montag.", "Heute ist Mittwoch."]
        assert [able.is_gone(receipt) for receipt in receipts] == [False, True, False]

    @only_for("retract")
    def test_another_adapter_takes_it_down_by_the_receipt_alone(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        receipt = publish(adapter, writer.write())
        other = self.make(network)
        able = _able_to_retract(other)
        able.retract(Receipt(receipt.id, receipt.url, receipt.at - timedelta(days=400)))
        assert (network.posts(), able.is_gone(receipt)) == ([], True)
        other.close()

    @only_for("retract")
    @pytest.mark.parametrize(("kind", "gone"), UNCLEAR)
    def test_an_unclear_answer_is_uncertain_and_the_same_again_finishes_it(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind, *, gone: bool
    ) -> None:
        able = _able_to_retract(adapter)
        receipt = publish(adapter, writer.write())
        network.set_fault(Fault(kind, calls="retract"))
        with pytest.raises(Uncertain):
            able.retract(receipt)
        assert able.is_gone(receipt) is gone is (not network.posts())
        able.retract(receipt)
        assert (network.posts(), able.is_gone(receipt)) == ([], True)

    @only_for("retract")
    @pytest.mark.parametrize("fault", SLOW)
    def test_a_slow_deletion_is_waited_for(
        self, adapter: Adapter, network: Network, writer: Writer, fault: Fault
    ) -> None:
        able = _able_to_retract(adapter)
        receipt = publish(adapter, writer.write())
        network.set_fault(fault)
        able.retract(receipt)
        assert network.posts() == []

    @only_for("retract")
    def test_too_many_deletions_are_unavailable_until_the_reset(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able_to_retract(adapter)
        receipt = publish(adapter, writer.write())
        network.set_fault(Fault(FaultKind.TOO_MANY, seconds=90, calls="retract"))
        with pytest.raises(Unavailable) as caught:
            able.retract(receipt)
        assert caught.value.channel_wide
        assert caught.value.retry_at is not None
        assert timedelta(0) < caught.value.retry_at - datetime.now(UTC) < timedelta(minutes=5)
        assert len(network.posts()) == 1

    @only_for("retract")
    def test_an_expired_token_deletes_nothing_and_needs_a_person(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able_to_retract(adapter)
        receipt = publish(adapter, writer.write())
        network.set_fault(Fault(FaultKind.EXPIRED, calls="retract"))
        with pytest.raises(Unavailable) as caught:
            able.retract(receipt)
        assert caught.value.needs_person
        assert caught.value.advice is not None
        assert len(network.posts()) == 1

    @only_for("retract")
    def test_at_a_network_that_is_down_nothing_is_deleted_and_nothing_known(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able_to_retract(adapter)
        receipt = publish(adapter, writer.write())
        network.set_fault(Fault(FaultKind.DOWN, times=None, calls="all"))
        with pytest.raises(Unavailable) as caught:
            able.retract(receipt)
        assert caught.value.channel_wide
        with pytest.raises(Unavailable):
            able.is_gone(receipt)
        network.heal()
        assert len(network.posts()) == 1

    @only_for("retract")
    @pytest.mark.parametrize("kind", MUTE)
    @pytest.mark.parametrize("deleted", [False, True])
    def test_a_question_that_is_not_answered_is_unavailable(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind, *, deleted: bool
    ) -> None:
        """Least of all is it taken for an answer."""
        able = _able_to_retract(adapter)
        receipt = publish(adapter, writer.write())
        if deleted:
            able.retract(receipt)
        network.set_fault(Fault(kind, times=None, calls="all"))
        with pytest.raises(Unavailable):
            able.is_gone(receipt)
        network.heal()

    @only_for("retract")
    @pytest.mark.parametrize("word", ["", "foto/1", "../me", "4711?fields=id"])
    def test_what_is_no_id_is_never_called_gone(
        self, adapter: Adapter, network: Network, writer: Writer, word: str
    ) -> None:
        """A person's word in the ledger (`kanal resolve`) may hold anything; a network would not find it."""
        able = _able_to_retract(adapter)
        publish(adapter, writer.write())
        told = Receipt(word, None, datetime.now(UTC))
        for attempt in (able.is_gone, able.retract):
            with pytest.raises(DeliveryError):
                attempt(told)
        assert len(network.posts()) == 1


def _able_to_retract(adapter: Adapter) -> CanRetract:
    if not isinstance(adapter, CanRetract):
        pytest.skip("the network lets no program take posts down")
    return adapter
