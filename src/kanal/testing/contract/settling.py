"""An uncertain delivery can be settled: by the network's memory, by searching, and always without a second post."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from kanal.abilities.sending import CanFind, CanLocate, CanRepeat, CanTidy
from kanal.adapter import Adapter
from kanal.errors import Unavailable, Uncertain
from kanal.sandbox import Fault, FaultKind
from kanal.testing.contract.subject import KEY, Subject, only_for, publish
from kanal.testing.network import Network
from kanal.testing.parts import Writer

STORED = (FaultKind.ERROR_AFTER, FaultKind.CUT_AFTER, FaultKind.HTML)


class DoubtsAreSettled(Subject):
    """Only for what the adapter can: each is a protocol of `kanal.abilities`."""

    @only_for("repeat")
    def test_a_repeated_delivery_is_the_same_post(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able = _able_to_repeat(adapter)
        prepared = adapter.prepare(writer.write(pictures=1))
        first = adapter.commit(prepared, KEY)
        assert able.repeat(prepared, KEY).id == first.id
        assert len(network.posts()) == 1

    @only_for("repeat")
    @pytest.mark.parametrize("kind", [*STORED, FaultKind.ERROR_BEFORE])
    def test_repeating_an_uncertain_delivery_ends_with_one_post(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind
    ) -> None:
        able = _able_to_repeat(adapter)
        prepared = adapter.prepare(writer.write(pictures=1))
        network.set_fault(Fault(kind))
        with pytest.raises(Uncertain):
            adapter.commit(prepared, KEY)
        receipt = able.repeat(prepared, KEY)
        assert [post.id for post in network.posts()] == [receipt.id]

    @only_for("repeat")
    @pytest.mark.parametrize("kind", [FaultKind.TOO_MANY, FaultKind.EXPIRED, FaultKind.ERROR_AFTER])
    def test_a_repetition_that_fails_never_claims_that_nothing_was_published(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind
    ) -> None:
        able = _able_to_repeat(adapter)
        prepared = adapter.prepare(writer.write())
        adapter.commit(prepared, KEY)
        network.set_fault(Fault(kind, times=None, calls="all"))
        with pytest.raises(Uncertain):
            able.repeat(prepared, KEY)
        network.heal()
        assert len(network.posts()) == 1

    @only_for("find")
    @pytest.mark.parametrize("kind", STORED)
    @pytest.mark.parametrize("pictures", [0, 2])
    def test_a_stored_post_is_found(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind, pictures: int
    ) -> None:
        able = _able_to_find(adapter)
        since = datetime.now(UTC)
        text = "Fest & Markt <am> Rathaus 🎉\nmit „Überraschung“: beispiel-landkreis.de"
        part = writer.write(text, pictures=pictures, link="https://www.beispiel-landkreis.de/fest?tag=1&ort=2")
        prepared = adapter.prepare(part)
        network.set_fault(Fault(kind))
        with pytest.raises(Uncertain):
            adapter.commit(prepared, KEY)
        found = able.find(prepared, since)
        assert found is not None
        assert [post.id for post in network.posts()] == [found.id]
        assert found.url in (None, network.posts()[0].url)

    @only_for("find")
    def test_a_post_that_was_not_stored_is_not_found(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able = _able_to_find(adapter)
        since = datetime.now(UTC)
        prepared = adapter.prepare(writer.write())
        network.set_fault(Fault(FaultKind.ERROR_BEFORE))
        with pytest.raises(Uncertain):
            adapter.commit(prepared, KEY)
        assert able.find(prepared, since) is None

    @only_for("find")
    def test_another_drafts_post_is_not_mistaken_for_it(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able_to_find(adapter)
        since = datetime.now(UTC)
        publish(adapter, writer.write("Die Biotonne wird am Mittwoch geleert."), "amt/anderer/1/1")
        prepared = adapter.prepare(writer.write("Die Biotonne wird am Dienstag geleert."))
        assert able.find(prepared, since) is None

    @only_for("find")
    def test_the_right_one_of_several_posts_is_found(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able = _able_to_find(adapter)
        since = datetime.now(UTC)
        days = ("Montag", "Dienstag", "Mittwoch")
        prepared = [adapter.prepare(writer.write(f"Heute ist {day}.")) for day in days]
        receipts = [adapter.commit(one, f"amt/{day}/1/1") for one, day in zip(prepared, days, strict=True)]
        found = able.find(prepared[1], since)
        assert found is not None
        assert found.id == receipts[1].id

    @only_for("find")
    def test_searching_at_a_network_that_is_down_is_unavailable(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able_to_find(adapter)
        prepared = adapter.prepare(writer.write())
        network.set_fault(Fault(FaultKind.DOWN, times=None, calls="all"))
        with pytest.raises(Unavailable):
            able.find(prepared, datetime.now(UTC))
        network.heal()

    @only_for("find")
    def test_searching_publishes_nothing(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able = _able_to_find(adapter)
        with suppress(Unavailable):
            able.find(adapter.prepare(writer.write()), datetime.now(UTC))
        assert network.posts() == []

    @only_for("locate")
    def test_public_addresses_are_located(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        if not isinstance(adapter, CanLocate):
            pytest.skip("the receipt has the address already")
        receipt = publish(adapter, writer.write())
        [post] = network.posts()
        assert adapter.locate([receipt.id]) == {post.id: post.url}

    @only_for("tidy")
    def test_tidying_twice_does_no_harm(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        if not isinstance(adapter, CanTidy):
            pytest.skip("preparing leaves nothing behind")
        prepared = adapter.prepare(writer.write(pictures=1))
        adapter.commit(prepared, KEY)
        adapter.tidy(prepared)
        adapter.tidy(prepared)
        assert len(network.posts()) == 1


def _able_to_repeat(adapter: Adapter) -> CanRepeat:
    if not isinstance(adapter, CanRepeat):
        pytest.skip("the network remembers no deliveries")
    return adapter


def _able_to_find(adapter: Adapter) -> CanFind:
    if not isinstance(adapter, CanFind):
        pytest.skip("the account's posts cannot be searched")
    return adapter
