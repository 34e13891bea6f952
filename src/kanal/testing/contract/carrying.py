"""What a part carries besides words and pictures arrives, or is refused before anything is sent; nothing is dropped."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from kanal.abilities.sending import CanFind
from kanal.adapter import Adapter
from kanal.errors import Rejected
from kanal.model import Extra, Part, Poll, Prepared, Visibility
from kanal.testing.contract.subject import Subject, publish
from kanal.testing.network import Network
from kanal.testing.parts import Writer

POLL = Poll(("Dienstag", "Donnerstag"), 60)
ASKING: Mapping[Extra, Callable[[Part], Part]] = {
    Extra.THREAD: lambda part: part._replace(number=2),
    Extra.POLL: lambda part: part._replace(poll=POLL, media=()),
    Extra.CONTENT_WARNING: lambda part: part._replace(warning="Unfall"),
    Extra.SENSITIVE_MEDIA: lambda part: part._replace(sensitive=True),
    Extra.VISIBILITY: lambda part: part._replace(visibility=Visibility.UNLISTED),
    Extra.REPLY_TO: lambda part: part._replace(reply_to="frueher"),
    Extra.QUOTE: lambda part: part._replace(quote="frueher", media=()),
    Extra.FORMAT: lambda part: part._replace(story=True, text="", link=None),
}


class ExtrasArrive(Subject):
    """`Limits.expresses` says what the network can express; each test is about one thing of it."""

    @pytest.mark.parametrize("extra", list(Extra))
    def test_what_the_network_cannot_express_is_refused_before_anything_is_sent(
        self, adapter: Adapter, network: Network, writer: Writer, extra: Extra
    ) -> None:
        part = ASKING[extra](writer.write(pictures=1))
        if extra in adapter.limits.expresses:
            adapter.prepare(part)
        else:
            with pytest.raises(Rejected, match=str(extra)):
                adapter.prepare(part)
        assert network.posts() == []

    def test_a_quotation_arrives_and_is_found_by_its_own_words(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        if Extra.QUOTE in adapter.limits.expresses and isinstance(adapter, CanFind):
            first = publish(adapter, writer.write("Zuerst."))
            since = datetime.now(UTC)
            prepared = adapter.prepare(ASKING[Extra.QUOTE](writer.write("Und nun.")))
            prepared = prepared._replace(handles={**prepared.handles, "quote": first.id})
            receipt = adapter.commit(prepared, "amt/zitat/1/1")
            found = adapter.find(prepared, since)
            assert found
            assert found.id == receipt.id
            with pytest.raises(Rejected):
                adapter.prepare(writer.write(pictures=1)._replace(quote="frueher"))

    def test_a_poll_arrives_with_its_answers(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        if Extra.POLL in adapter.limits.expresses:
            publish(adapter, ASKING[Extra.POLL](writer.write()))
            assert [post.poll for post in network.posts()] == [POLL.options]

    def test_a_poll_that_is_none_for_this_network_is_refused(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        if adapter.limits.poll:
            many = tuple(f"Antwort {number}" for number in range(adapter.limits.poll.options + 1))
            for poll in (POLL._replace(options=many), POLL._replace(minutes=1)):
                with pytest.raises(Rejected):
                    adapter.prepare(writer.write()._replace(poll=poll))
            with pytest.raises(Rejected):
                adapter.prepare(writer.write(pictures=1)._replace(poll=POLL))
            assert network.posts() == []

    def test_a_warning_arrives_and_counts_with_the_text(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        if Extra.CONTENT_WARNING in adapter.limits.expresses:
            publish(adapter, ASKING[Extra.CONTENT_WARNING](writer.write()))
            assert [post.warning for post in network.posts()] == ["Unfall"]
            with pytest.raises(Rejected):
                adapter.prepare(writer.write("a" * (writer.limits.text - 2))._replace(warning="Unfall"))

    def test_what_is_not_for_everybody_is_not_shown_to_everybody(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        if Extra.VISIBILITY in adapter.limits.expresses:
            publish(adapter, ASKING[Extra.VISIBILITY](writer.write()))
            assert "public" not in {post.visibility for post in network.posts()}

    def test_a_part_stands_beneath_the_one_before(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        if Extra.THREAD in adapter.limits.expresses:
            first = publish(adapter, writer.write("Eins."))
            second = adapter.commit(_beneath(adapter, writer.write("Zwei."), first.id), "amt/biotonne/2/1")
            by_id = {post.id: post.reply_to for post in network.posts()}
            assert by_id == {first.id: None, second.id: first.id}

    def test_of_two_parts_that_say_the_same_the_right_one_is_found(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        if Extra.THREAD in adapter.limits.expresses and isinstance(adapter, CanFind):
            since = datetime.now(UTC)
            first = publish(adapter, writer.write("Noch einmal."))
            further = _beneath(adapter, writer.write("Noch einmal."), first.id)
            assert adapter.find(further, since) is None
            second = adapter.commit(further, "amt/biotonne/2/1")
            found = adapter.find(further, since)
            assert found
            assert (found.id, second.id != first.id) == (second.id, True)


def _beneath(adapter: Adapter, part: Part, post: str) -> Prepared:
    prepared = adapter.prepare(part._replace(number=2))
    return prepared._replace(handles={**prepared.handles, "reply_to": post})
