"""A video arrives byte by byte, alone in its post; what the network would not take is refused before anything is sent.

For adapters whose `Limits.video` says that they take one; with another, every video is refused.
"""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.abilities.sending import CanComplete, CanContinue, CanFind, TellsProgress
from kanal.adapter import Adapter
from kanal.errors import Rejected, Unavailable, Uncertain
from kanal.limits import VideoLimits
from kanal.sandbox import Fault, FaultKind
from kanal.testing.contract.refusing import LOOKS
from kanal.testing.contract.subject import Subject, only_for, publish
from kanal.testing.network import Network
from kanal.testing.parts import Writer, digests
from kanal.transport.streaming import PIECE

LONG = 12_000_000
"""Bytes of a video that no network takes in one piece."""


class VideosArrive(Subject):
    """`Limits.video` and `Limits.gif` say what the network takes of what moves."""

    def test_a_video_arrives_unchanged_with_its_alternative_text(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        part = writer.film("Der Winterdienst ist unterwegs.")
        video = adapter.limits.video
        if video is None:
            _is_refused(adapter, network, writer, part.text)
            return
        publish(adapter, part)
        [post] = network.posts()
        assert (post.text, [media.sha256 for media in post.media]) == (part.text, digests(part))
        [media] = post.media
        assert media.type == "video/mp4"
        assert media.alt == (part.media[0].alt if video.alt else "")
        assert set(media.captions) == ({"DE"} if video.captions else set())

    def test_a_video_is_found_again(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        if adapter.limits.video and isinstance(adapter, CanFind):
            since = datetime.now(UTC)
            prepared = adapter.prepare(writer.film())
            assert adapter.find(prepared, since) is None
            receipt = adapter.commit(prepared, "amt/film/1/1")
            found = adapter.find(prepared, since)
            assert found
            assert found.id == receipt.id

    @pytest.mark.parametrize("kind", [FaultKind.CUT_AFTER, FaultKind.ERROR_AFTER, FaultKind.ERROR_BEFORE])
    def test_a_video_whose_answer_was_lost_is_found_if_it_is_out(
        self, adapter: Adapter, network: Network, writer: Writer, kind: FaultKind
    ) -> None:
        if adapter.limits.video and isinstance(adapter, CanFind):
            since = datetime.now(UTC)
            prepared = adapter.prepare(writer.film())
            network.set_fault(Fault(kind))
            with pytest.raises(Uncertain):
                adapter.commit(prepared, "amt/film/1/1")
            found = adapter.find(prepared, since)
            assert ([found.id] if found else []) == [post.id for post in network.posts()]
            assert (found is None) == (kind is FaultKind.ERROR_BEFORE)

    @only_for("complete")
    def test_what_follows_a_video_may_be_repeated(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        if isinstance(adapter, CanComplete):
            part = writer.film()
            receipt = publish(adapter, part)
            before = network.posts()
            adapter.complete(receipt, part)
            assert network.posts() == before

    def test_a_moving_gif_arrives_unchanged(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        if adapter.limits.gif:
            part = writer.write()._replace(media=(writer.gif(),))
            publish(adapter, part)
            [post] = network.posts()
            assert [media.sha256 for media in post.media] == digests(part)
            assert [media.alt for media in post.media] == [part.media[0].alt]

    def test_nothing_stands_beside_a_video_or_a_moving_gif(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        part = writer.film()
        video = adapter.limits.video
        for alone in ([part.media[0]] if video and video.alone else []) + (
            [writer.gif()] if adapter.limits.gif else []
        ):
            with pytest.raises(Rejected):
                adapter.prepare(part._replace(media=(alone, writer.picture(1))))
        assert network.request_count() <= LOOKS
        assert network.posts() == []

    def test_a_video_larger_than_the_network_takes_is_refused_before_it_is_sent(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        if adapter.limits.video:
            part = writer.film(bytes_=_most(adapter.limits.video, writer) + 1)
            with pytest.raises(Rejected) as caught:
                adapter.prepare(part)
            assert any(character.isdigit() for character in str(caught.value)), "the message names the numbers"
            assert network.request_count() <= LOOKS

    def test_a_cut_off_video_is_refused_before_it_is_sent(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        part = writer.film()
        file = part.media[0].file
        file.write_bytes(file.read_bytes()[:-1])
        with pytest.raises(Rejected):
            adapter.prepare(part)
        assert network.request_count() <= LOOKS

    def test_an_upload_that_fails_is_unavailable_and_the_next_one_goes_through(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        if adapter.limits.video:
            network.set_fault(Fault(FaultKind.ERROR_BEFORE, times=None, calls="all"))
            with pytest.raises(Unavailable):
                adapter.prepare(writer.film())
            network.heal()
            publish(adapter, writer.film())
            assert len(network.posts()) == 1

    @only_for("continue_uploads")
    def test_an_interrupted_upload_goes_on_in_a_later_run(
        self, network: Network, writer: Writer, tmp_path: Path
    ) -> None:
        part = writer.film(bytes_=LONG)
        begun: list[int] = []
        with closing(self._continuing(network, tmp_path, begun)) as adapter, pytest.raises(KeyboardInterrupt):
            adapter.prepare(part)
        told: list[int] = []
        with closing(self._continuing(network, tmp_path, told, until=LONG * 2)) as adapter:
            publish(adapter, part)
        assert begun[-1] >= LONG // 2
        assert told[0] > PIECE, "the beginning was sent again"
        assert told[-1] == part.media[0].file.stat().st_size
        assert [media.sha256 for post in network.posts() for media in post.media] == digests(part)

    def _continuing(self, network: Network, folder: Path, told: list[int], until: int = LONG // 2) -> Adapter:
        """An adapter that is broken off, as by Ctrl-C, when more than `until` bytes are on their way."""
        adapter = self.make(network)
        if not isinstance(adapter, CanContinue) or not isinstance(adapter, TellsProgress):
            pytest.skip("an interrupted upload begins anew")

        def hear(_file: str, sent: int, _total: int) -> None:
            told.append(sent)
            if sent > until:
                raise KeyboardInterrupt

        adapter.continue_uploads(folder / "uploads")
        adapter.tell_progress(hear)
        return adapter

    def test_the_progress_is_told_up_to_the_last_byte(self, adapter: Adapter, writer: Writer) -> None:
        if adapter.limits.video and isinstance(adapter, TellsProgress):
            told: list[tuple[str, int, int]] = []
            adapter.tell_progress(lambda file, sent, total: told.append((file, sent, total)))
            part = writer.film(bytes_=300_000)
            adapter.prepare(part)
            name, size = part.media[0].file.name, part.media[0].file.stat().st_size
            assert {(file, total) for file, _, total in told} == {(name, size)}
            assert [sent for _, sent, _ in told] == sorted(sent for _, sent, _ in told)
            assert told[-1][1] == size


def _most(limits: VideoLimits, writer: Writer) -> int:
    ours = writer.limits.video
    return max(limits.bytes, ours.bytes if ours else 0)


def _is_refused(adapter: Adapter, network: Network, writer: Writer, text: str) -> None:
    with pytest.raises(Rejected):
        adapter.prepare(writer.film(text))
    assert network.request_count() <= LOOKS
    assert network.posts() == []
