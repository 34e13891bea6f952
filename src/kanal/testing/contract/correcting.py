"""A post can be made to say something else, any number of times; nothing of it is lost, and it is told what it says."""

from datetime import UTC, datetime, timedelta

import pytest

from kanal.abilities.changing import CanCorrect, CanRetract
from kanal.adapter import Adapter
from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.model import Edition, Extra, Part, Prepared, Receipt
from kanal.sandbox import Fault, FaultKind
from kanal.testing.contract.subject import KEY, Subject, only_for
from kanal.testing.network import Network
from kanal.testing.parts import Writer, digests

UNCLEAR = (
    (FaultKind.ERROR_BEFORE, False),
    (FaultKind.ERROR_AFTER, True),
    (FaultKind.CUT_AFTER, True),
    (FaultKind.HTML, True),
)
"""Faults of the request that edits after which nobody knows, and whether the post says the new in truth."""
MUTE = (FaultKind.TOO_MANY, FaultKind.ERROR_BEFORE, FaultKind.EXPIRED, FaultKind.HTML, FaultKind.CUT_AFTER)
"""Faults after which a question is not answered."""
NEW = "Die Biotonne wird am Mittwoch geleert, „Grün“ & <Braun>."


class PostsAreCorrected(Subject):
    """Only for adapters with `correct`."""

    @only_for("correct")
    @pytest.mark.parametrize("pictures", [0, 2])
    def test_a_post_says_what_it_was_corrected_to(
        self, adapter: Adapter, network: Network, writer: Writer, pictures: int
    ) -> None:
        able = _able_to_correct(adapter)
        part = writer.write(pictures=pictures)
        receipt, old = _publish(adapter, part)
        before = network.posts()[0]
        new = able.revise(receipt, part._replace(text=NEW), _edition(old))
        assert (able.says(receipt, old), able.says(receipt, new)) == (True, False)
        assert able.correct(receipt, new) == receipt
        assert (able.says(receipt, old), able.says(receipt, new)) == (False, True)
        (after,) = network.posts()
        assert (after.text, after.id, after.at, after.media) == (NEW, before.id, before.at, before.media)

    @only_for("correct")
    def test_revising_shows_nothing(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able = _able_to_correct(adapter)
        part = writer.write(pictures=1)
        receipt, old = _publish(adapter, part)
        before = network.posts()
        for _ in range(2):
            able.revise(receipt, part._replace(text=NEW), _edition(old))
        assert network.posts() == before

    @only_for("correct")
    def test_it_may_be_corrected_again_and_back(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able = _able_to_correct(adapter)
        part = writer.write(pictures=1)
        receipt, old = _publish(adapter, part)
        for text in (NEW, NEW, part.text):
            able.correct(receipt, able.revise(receipt, part._replace(text=text), _edition(old)))
            assert [post.text for post in network.posts()] == [text]

    @only_for("correct")
    def test_what_cannot_be_changed_is_told_without_a_request_and_refused(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able_to_correct(adapter)
        part = writer.write(pictures=1)
        receipt, old = _publish(adapter, part)
        before, asked = network.posts(), network.request_count()
        others = [
            part._replace(media=()),
            part._replace(media=(part.media[0]._replace(alt="Ein anderer Baum"),)),
            part._replace(media=(*part.media, writer.picture(7))),
        ]
        refused = [new for new in others if able.unchangeable(_edition(old), new)]
        assert network.request_count() == asked
        for new in refused:
            with pytest.raises(Rejected):
                able.revise(receipt, new, _edition(old))
        assert network.posts() == before
        for new in [new for new in others if new not in refused]:
            revised = able.revise(receipt, new, _edition(old))
            able.correct(receipt, revised)
            (post,) = network.posts()
            assert [media.sha256 for media in post.media] == digests(new)
            assert [media.alt for media in post.media] == [picture.alt for picture in new.media]
            able.correct(receipt, able.revise(receipt, part, _edition(revised)))

    @only_for("correct")
    def test_what_is_not_changed_is_not_lost(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        able = _able_to_correct(adapter)
        part = writer.write(pictures=2)
        if Extra.CONTENT_WARNING in writer.limits.expresses:
            part = part._replace(warning="Baustelle", sensitive=True)
        receipt, old = _publish(adapter, part)
        before = network.posts()[0]
        able.correct(receipt, able.revise(receipt, part._replace(text=NEW), _edition(old)))
        (after,) = network.posts()
        kept = (after.warning, after.media, after.link, after.visibility, after.reply_to)
        assert kept == (before.warning, before.media, before.link, before.visibility, before.reply_to)

    @only_for("correct")
    @pytest.mark.parametrize(("kind", "edited"), UNCLEAR)
    def test_an_unclear_answer_to_an_edit_is_uncertain_and_the_same_again_finishes_it(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind, *, edited: bool
    ) -> None:
        able = _able_to_correct(adapter)
        part = writer.write()
        receipt, old = _publish(adapter, part)
        new = able.revise(receipt, part._replace(text=NEW), _edition(old))
        network.set_fault(Fault(kind, calls="correct"))
        with pytest.raises(Uncertain):
            able.correct(receipt, new)
        assert (able.says(receipt, new), able.says(receipt, old)) == (edited, not edited)
        able.correct(receipt, new)
        assert [post.text for post in network.posts()] == [NEW]

    @only_for("correct")
    @pytest.mark.parametrize("kind", [FaultKind.TOO_MANY, FaultKind.EXPIRED, FaultKind.DOWN])
    def test_an_edit_that_the_network_does_not_take_now_is_unavailable(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind
    ) -> None:
        able = _able_to_correct(adapter)
        part = writer.write()
        receipt, old = _publish(adapter, part)
        new = able.revise(receipt, part._replace(text=NEW), _edition(old))
        network.set_fault(Fault(kind, times=None, seconds=90, calls="all" if kind is FaultKind.DOWN else "correct"))
        with pytest.raises(Unavailable) as caught:
            able.correct(receipt, new)
        network.heal()
        assert caught.value.channel_wide
        if kind is FaultKind.TOO_MANY:
            assert caught.value.retry_at is not None
            assert timedelta(0) < caught.value.retry_at - datetime.now(UTC) < timedelta(minutes=5)
        assert [post.text for post in network.posts()] == [part.text]

    @only_for("correct")
    @pytest.mark.parametrize("kind", MUTE)
    def test_a_question_what_it_says_that_is_not_answered_is_unavailable(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind
    ) -> None:
        able = _able_to_correct(adapter)
        receipt, old = _publish(adapter, writer.write())
        network.set_fault(Fault(kind, times=None, calls="all"))
        with pytest.raises(Unavailable):
            able.says(receipt, old)
        network.heal()

    @only_for("correct")
    def test_what_is_gone_cannot_be_corrected_and_says_nothing(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        able = _able_to_correct(adapter)
        if not isinstance(adapter, CanRetract):
            pytest.skip("the network lets no program take posts down")
        part = writer.write()
        receipt, old = _publish(adapter, part)
        new = able.revise(receipt, part._replace(text=NEW), _edition(old))
        adapter.retract(receipt)
        with pytest.raises(Rejected):
            able.correct(receipt, new)
        with pytest.raises(Unavailable):
            able.says(receipt, old)
        assert network.posts() == []

    @only_for("correct")
    @pytest.mark.parametrize("word", ["", "foto/1", "../me", "4711?fields=id"])
    def test_what_is_no_id_is_not_edited(self, adapter: Adapter, network: Network, writer: Writer, word: str) -> None:
        """A person's word in the ledger (`kanal resolve`) may hold anything."""
        able = _able_to_correct(adapter)
        part = writer.write()
        receipt, old = _publish(adapter, part)
        told = Receipt(word, None, datetime.now(UTC))
        new = able.revise(receipt, part._replace(text=NEW), _edition(old))
        for attempt in (able.correct, able.says):
            with pytest.raises(DeliveryError):
                attempt(told, new)
        assert [post.text for post in network.posts()] == [part.text]
        assert able.says(receipt, old)


def _publish(adapter: Adapter, part: Part) -> tuple[Receipt, Prepared]:
    prepared = adapter.prepare(part)
    return adapter.commit(prepared, KEY), prepared


def _edition(prepared: Prepared) -> Edition:
    return Edition(prepared, tuple(digests(prepared.part)))


def _able_to_correct(adapter: Adapter) -> CanCorrect:
    if not isinstance(adapter, CanCorrect):
        pytest.skip("the network lets no program edit posts")
    return adapter
