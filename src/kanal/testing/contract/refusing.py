"""What does not fit is refused with `Rejected`, before anything is sent."""

import pytest

from kanal.adapter import Adapter
from kanal.errors import Rejected
from kanal.testing.contract.subject import Subject
from kanal.testing.network import Network
from kanal.testing.parts import Writer

LOOKS = 1
"""An adapter may ask the network once for its own limits before it refuses."""


class MisfitsAreRefused(Subject):
    """The limits that `lint` reads hold at run time too."""

    def test_a_text_at_the_limit_is_taken_and_one_over_it_refused(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        text = "ä" * writer.limits.text
        adapter.prepare(writer.write(text))
        before = network.request_count()
        with pytest.raises(Rejected) as caught:
            adapter.prepare(writer.write(text + "ä"))
        assert network.request_count() - before <= LOOKS
        assert any(character.isdigit() for character in str(caught.value)), "the message names the numbers"

    def test_too_many_pictures_are_refused(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        with pytest.raises(Rejected):
            adapter.prepare(writer.write(pictures=writer.limits.media_max + 1))
        assert network.request_count() <= LOOKS
        assert network.posts() == []

    def test_too_few_pictures_are_refused(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        part = writer.write()
        bare = type(part)(part.text, part.language)
        if not writer.limits.media_min:
            adapter.prepare(bare)  # a network that takes posts without pictures takes this one
            return
        with pytest.raises(Rejected):
            adapter.prepare(bare)
        assert network.posts() == []

    def test_a_file_that_is_no_picture_is_refused(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        part = writer.write(pictures=max(1, writer.limits.media_min))
        part.media[0].file.write_bytes(b"%PDF-1.7 not a picture")
        with pytest.raises(Rejected):
            adapter.prepare(part)
        assert network.posts() == []
