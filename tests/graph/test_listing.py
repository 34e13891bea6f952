"""Lists that Meta gives page by page."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kanal.errors import Unavailable
from kanal.graph import Graph
from kanal.model import Secret

from .scripted import Network, error, scripted

TOKEN = "EAAB" + "x" * 40
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def network() -> Iterator[Network]:
    with scripted() as running:
        yield running


@pytest.fixture
def graph(network: Network) -> Iterator[Graph]:
    opened = Graph(network.url, Secret(TOKEN), usage_kind="pages", now=lambda: NOW)
    yield opened
    opened.close()


def test_a_list_is_read_page_by_page_by_its_cursor_and_not_by_the_address_with_the_token(
    network: Network, graph: Graph
) -> None:
    following = {"cursors": {"after": "c1"}, "next": f"{network.url}/1/posts?access_token={TOKEN}&after=c1"}
    network.will({"data": [{"id": "1"}], "paging": following}, {"data": [{"id": "2"}], "paging": {"cursors": {}}})
    assert [entry["id"] for entry in graph.listing("/1/posts", {"fields": "id"}, pages=5)] == ["1", "2"]
    assert [asked.query for asked in network.asked] == [
        {"fields": "id", "limit": "100"},
        {"fields": "id", "limit": "100", "after": "c1"},
    ]


def test_a_list_that_is_longer_than_the_given_number_of_pages_is_not_taken_for_complete(
    network: Network, graph: Graph
) -> None:
    page = {"data": [{"id": "1"}], "paging": {"cursors": {"after": "c"}, "next": "https://x.example"}}
    network.will(page, page, page)
    listed = graph.listing("/1/posts", {}, pages=2)
    assert [next(listed)["id"], next(listed)["id"]] == ["1", "1"]
    with pytest.raises(Unavailable):
        next(listed)
    assert len(network.asked) == 2


def test_a_list_that_is_none_is_no_empty_list(network: Network, graph: Graph) -> None:
    network.will({"id": "1"})
    with pytest.raises(Unavailable):
        list(graph.listing("/1/posts", {}, pages=1))


def test_a_question_that_is_refused_never_rejects_a_post(network: Network, graph: Graph) -> None:
    network.will(error(100, message="(#100) Tried accessing nonexisting field"))
    with pytest.raises(Unavailable) as failed:
        graph.read("/1", {"fields": "nonsense"})
    assert failed.value.words == "(#100) Tried accessing nonexisting field"
    assert failed.value.needs_person
