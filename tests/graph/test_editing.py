"""The text of a post at Meta: what its answers mean for an edit."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.graph import Graph
from kanal.graph.editing import change_text, text_of
from kanal.model import Receipt, Secret
from kanal.testing.loopback import Reply, as_json

from .scripted import Network, error, scripted

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RECEIPT = Receipt("104711_9", "https://www.facebook.com/104711/posts/9", NOW)
MISSING = error(100, 33)


@pytest.fixture
def network() -> Iterator[Network]:
    with scripted() as running:
        yield running


@pytest.fixture
def graph(network: Network) -> Iterator[Graph]:
    opened = Graph(network.url, Secret("EAAB" + "x" * 40), usage_kind="pages", now=lambda: NOW)
    yield opened
    opened.close()


def test_the_text_is_posted_to_the_post(network: Network, graph: Graph) -> None:
    network.will({"success": True})
    assert change_text(graph, RECEIPT, "message", "Am Dienstag.") == RECEIPT
    (asked,) = network.asked
    assert (asked.method, asked.path, dict(asked.fields)) == ("POST", "/v26.0/104711_9", {"message": "Am Dienstag."})


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (MISSING, Rejected, "does not find this post any more"),
        (error(100), Rejected, "refuses to change"),
        (error(10), Unavailable, "lacks a permission"),
        (error(190, 463), Unavailable, "has expired"),
        (error(2), Uncertain, "did not say clearly"),
        (as_json({"success": False}), Uncertain, "did not say clearly"),
        (Reply(200, b"<h1>Anmeldung</h1>"), Uncertain, "did not say clearly"),
    ],
)
def test_answers_are_told_as_what_they_mean_for_an_edit(
    network: Network, graph: Graph, answer: Reply, kind: type[DeliveryError], words: str
) -> None:
    network.will(answer)
    with pytest.raises(kind, match=words):
        change_text(graph, RECEIPT, "message", "Am Dienstag.")


def test_what_a_post_says_is_asked(network: Network, graph: Graph) -> None:
    network.will({"id": "104711_9", "message": "Am Dienstag.\n"}, {"id": "104711_9"}, MISSING)
    assert text_of(graph, RECEIPT, "message") == "Am Dienstag."
    assert text_of(graph, RECEIPT, "message") == ""
    with pytest.raises(Unavailable):
        text_of(graph, RECEIPT, "message")


@pytest.mark.parametrize("word", ["pfbid02abc", "9?fields=id", ""])
def test_what_is_no_id_is_not_asked_about(network: Network, graph: Graph, word: str) -> None:
    with pytest.raises(Unavailable, match="Do it on the network itself"):
        change_text(graph, RECEIPT._replace(id=word), "message", "Am Dienstag.")
    assert network.asked == []
