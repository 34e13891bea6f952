"""A post arrives as it was written, once, and the receipt tells where."""

from datetime import UTC, datetime, timedelta

import pytest

from kanal.adapter import Adapter
from kanal.testing.contract.subject import KEY, Subject, publish
from kanal.testing.network import Network
from kanal.testing.parts import Writer, digests

TEXTS = {
    "umlauts": "Ämter öffnen früher: Größe, Maß & „Übergänge“ – 5 € für 1 m²",
    "emoji": "Hitze! 🥵 Trinkbrunnen 👩‍🚒🇩🇪 sind offen.",
    "line breaks": "Erste Zeile\nZweite Zeile\n\nNeuer Absatz",
    "angle brackets": "Weniger als < 3 und mehr als > 2, <b>fett</b> &amp; roh",
    "form characters": "Plus+Zeichen 100 % und a=b&c=d; #Müllabfuhr",
}


class PostsArrive(Subject):
    """What is prepared and committed stands on the network."""

    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
    def test_a_text_arrives_unchanged(self, adapter: Adapter, network: Network, writer: Writer, text: str) -> None:
        publish(adapter, writer.write(text))
        assert [post.text for post in network.posts()] == [text]

    def test_pictures_arrive_unchanged_in_order_with_their_alternative_texts(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        for count in sorted({1, 2, writer.limits.media_max}):
            part = writer.write(f"{count} Bilder vom Straßenfest", pictures=count)
            publish(adapter, part, f"amt/bilder-{count}/1/1")
            arrived = network.posts()[-1]
            assert arrived.text == part.text
            assert [media.sha256 for media in arrived.media] == digests(part)
            assert [media.alt for media in arrived.media] == [picture.alt for picture in part.media]

    def test_a_link_arrives(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        link = "https://www.beispiel-landkreis.de/abfall?ort=Süd&jahr=2026"
        publish(adapter, writer.write(link=link))
        [post] = network.posts()
        assert link in (post.link or "", *post.text.split())

    def test_the_receipt_names_the_post(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        receipt = publish(adapter, writer.write())
        [post] = network.posts()
        assert receipt.id == post.id
        assert receipt.url in (None, post.url)
        assert abs(datetime.now(UTC) - receipt.at) < timedelta(minutes=5)
        assert receipt.at.utcoffset() == timedelta(0)

    def test_preparing_twice_publishes_nothing(self, adapter: Adapter, network: Network, writer: Writer) -> None:
        part = writer.write(pictures=1)
        adapter.prepare(part)
        adapter.prepare(part)
        assert network.posts() == []

    def test_what_was_prepared_twice_is_published_once(
        self, adapter: Adapter, network: Network, writer: Writer
    ) -> None:
        part = writer.write(pictures=1)
        adapter.prepare(part)
        adapter.commit(adapter.prepare(part), KEY)
        assert len(network.posts()) == 1

    def test_what_was_prepared_holds_nothing_but_text_for_the_ledger(self, adapter: Adapter, writer: Writer) -> None:
        handles = adapter.prepare(writer.write(pictures=1)).handles
        assert all(isinstance(word, str) for pair in handles.items() for word in pair)
