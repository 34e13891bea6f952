"""Each thing that can go wrong leads to the one error that says what is known about the world."""

from datetime import UTC, datetime, timedelta

import pytest

from kanal.adapter import Adapter
from kanal.errors import Unavailable, Uncertain
from kanal.sandbox import Fault, FaultKind
from kanal.testing.contract.subject import KEY, Subject, publish
from kanal.testing.network import Network
from kanal.testing.parts import Writer

UNCLEAR = (
    (FaultKind.ERROR_BEFORE, 0),
    (FaultKind.ERROR_AFTER, 1),
    (FaultKind.CUT_AFTER, 1),
    (FaultKind.HTML, 1),
)
"""Faults of the request that publishes after which nobody knows, and how many posts there are in truth."""
SLOW = (Fault(FaultKind.DRIP, seconds=0.2), Fault(FaultKind.LATENCY, seconds=0.2))
EVERYWHERE = (FaultKind.TOO_MANY, FaultKind.ERROR_BEFORE, FaultKind.EXPIRED, FaultKind.HTML, FaultKind.CUT_AFTER)


class FailuresAreTold(Subject):
    """`Rejected`, `Unavailable` or `Uncertain`: never the wrong one, and never anything else."""

    @pytest.mark.parametrize(("kind", "truth"), UNCLEAR)
    def test_an_unclear_answer_is_uncertain(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind, truth: int
    ) -> None:
        prepared = adapter.prepare(writer.write())
        network.set_fault(Fault(kind))
        with pytest.raises(Uncertain):
            adapter.commit(prepared, KEY)
        assert len(network.posts()) == truth

    @pytest.mark.parametrize("fault", SLOW)
    def test_a_slow_answer_is_waited_for(
        self, adapter: Adapter, network: Network, writer: Writer, fault: Fault
    ) -> None:
        prepared = adapter.prepare(writer.write())
        network.set_fault(fault)
        receipt = adapter.commit(prepared, KEY)
        assert [post.id for post in network.posts()] == [receipt.id]

    def test_too_many_requests_are_unavailable_until_the_reset(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        prepared = adapter.prepare(writer.write())
        network.set_fault(Fault(FaultKind.TOO_MANY, seconds=90))
        with pytest.raises(Unavailable) as caught:
            adapter.commit(prepared, KEY)
        assert caught.value.channel_wide
        assert caught.value.retry_at is not None
        assert timedelta(0) < caught.value.retry_at - datetime.now(UTC) < timedelta(minutes=5)
        assert network.posts() == []

    def test_an_expired_token_needs_a_person(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        prepared = adapter.prepare(writer.write())
        network.set_fault(Fault(FaultKind.EXPIRED))
        with pytest.raises(Unavailable) as caught:
            adapter.commit(prepared, KEY)
        assert caught.value.needs_person
        assert caught.value.channel_wide
        assert caught.value.advice is not None
        assert network.posts() == []

    def test_a_network_that_is_down_concerns_the_whole_channel(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        prepared = adapter.prepare(writer.write())
        network.set_fault(Fault(FaultKind.DOWN, times=None, calls="all"))
        with pytest.raises(Unavailable) as caught:
            adapter.commit(prepared, KEY)
        assert caught.value.channel_wide
        network.heal()
        assert network.posts() == []

    @pytest.mark.parametrize("kind", EVERYWHERE)
    def test_preparing_is_never_uncertain(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind
    ) -> None:
        network.set_fault(Fault(kind, times=None, calls="all"))
        with pytest.raises(Unavailable):
            adapter.prepare(writer.write(pictures=1))
        network.heal()
        assert network.posts() == []

    def test_preparing_at_a_network_that_is_down_is_unavailable(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        network.set_fault(Fault(FaultKind.DOWN, times=None, calls="all"))
        with pytest.raises(Unavailable) as caught:
            adapter.prepare(writer.write(pictures=1))
        assert caught.value.channel_wide
        network.heal()

    def test_after_a_failure_the_next_post_goes_out(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        prepared = adapter.prepare(writer.write("Fällt aus"))
        network.set_fault(Fault(FaultKind.ERROR_BEFORE))
        with pytest.raises(Uncertain):
            adapter.commit(prepared, KEY)
        publish(adapter, writer.write("Findet statt"), "amt/zweiter/1/1")
        assert [post.text for post in network.posts()] == ["Findet statt"]
