"""Taking down at Meta, which says the same of what is gone as of what a token may not see."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.graph import Graph
from kanal.graph.taking_down import is_gone, take_down
from kanal.model import Receipt, Secret
from kanal.testing.loopback import Reply, as_json

from .scripted import Network, error, scripted

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RECEIPT = Receipt("104711_9", "https://www.facebook.com/104711/posts/9", NOW)
MISSING = error(100, 33)
LIST = "/104711/published_posts"


@pytest.fixture
def network() -> Iterator[Network]:
    with scripted() as running:
        yield running


@pytest.fixture
def graph(network: Network) -> Iterator[Graph]:
    opened = Graph(network.url, Secret("EAAB" + "x" * 40), usage_kind="pages", now=lambda: NOW)
    yield opened
    opened.close()


@pytest.mark.parametrize("answer", [as_json({"success": True, "deleted_id": "9"}), MISSING])
def test_a_post_that_is_deleted_or_not_found_is_no_error(network: Network, graph: Graph, answer: Reply) -> None:
    network.will(answer)
    take_down(graph, RECEIPT)
    assert [(asked.method, asked.path) for asked in network.asked] == [("DELETE", "/v26.0/104711_9")]


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (error(100), Rejected, "refuses to delete"),
        (error(-1, 2207073), Rejected, "Instagram's app"),
        (error(10), Unavailable, "lacks a permission"),
        (error(190, 463), Unavailable, "has expired"),
        (error(2), Uncertain, "did not say clearly"),
        (error(1, status=500), Uncertain, "did not say clearly"),
        (as_json({"success": False}), Uncertain, "did not say clearly"),
        (as_json({}), Uncertain, "did not say clearly"),
        (Reply(200, b"<h1>Anmeldung</h1>"), Uncertain, "did not say clearly"),
    ],
)
def test_other_answers_are_told_as_what_they_mean_for_a_deletion(
    network: Network, graph: Graph, answer: Reply, kind: type[DeliveryError], words: str
) -> None:
    network.will(answer)
    with pytest.raises(kind, match=words):
        take_down(graph, RECEIPT)


def test_what_is_found_is_not_gone(network: Network, graph: Graph) -> None:
    network.will({"id": "104711_9"})
    assert is_gone(graph, RECEIPT, LIST) is False


@pytest.mark.parametrize("listed", [[], [{"id": "104711_8"}]])
def test_what_is_not_found_is_gone_where_the_accounts_posts_can_be_seen(
    network: Network, graph: Graph, listed: list[dict[str, str]]
) -> None:
    network.will(MISSING, {"data": listed})
    assert is_gone(graph, RECEIPT, LIST) is True
    assert network.asked[1].path == f"/v26.0{LIST}"


def test_an_instagram_id_names_no_account(network: Network, graph: Graph) -> None:
    network.will(MISSING, {"data": [{"id": "17900000000000001"}]})
    assert is_gone(graph, RECEIPT._replace(id="17900000000000002"), "/178/media") is True


@pytest.mark.parametrize("listed", [error(10), MISSING, as_json({"id": "1"}), Reply(200, b"<h1>Anmeldung</h1>")])
def test_what_is_not_found_by_a_token_that_sees_nothing_is_not_called_gone(
    network: Network, graph: Graph, listed: Reply
) -> None:
    network.will(MISSING, listed)
    with pytest.raises(Unavailable):
        is_gone(graph, RECEIPT, LIST)


def test_what_another_page_does_not_have_is_not_called_gone(network: Network, graph: Graph) -> None:
    """The channel names a new page; the post stands on the old one."""
    network.will(MISSING, {"data": [{"id": "999_1"}]})
    with pytest.raises(Unavailable, match="another page"):
        is_gone(graph, RECEIPT, "/999/published_posts")


def test_an_answer_without_an_id_is_no_word_about_the_post(network: Network, graph: Graph) -> None:
    network.will({"success": True})
    with pytest.raises(Unavailable):
        is_gone(graph, RECEIPT, LIST)


@pytest.mark.parametrize("word", ["pfbid02abc", "DAbc_x", "9?fields=id", ""])
def test_what_is_no_id_is_not_asked_about(network: Network, graph: Graph, word: str) -> None:
    for attempt in (
        lambda: take_down(graph, RECEIPT._replace(id=word)),
        lambda: is_gone(graph, RECEIPT._replace(id=word), LIST),
    ):
        with pytest.raises(Unavailable, match="--by-hand"):
            attempt()
    assert network.asked == []
