"""An allowance that is used up: waited for as long as Meta says, and never longer than that."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from kanal.errors import Unavailable
from kanal.graph import PAUSE, Graph
from kanal.model import Secret
from kanal.testing.loopback import Reply

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


def test_a_gateways_word_on_when_to_come_back_is_kept(network: Network, graph: Graph) -> None:
    network.will(Reply(429, b"slow down", {"Retry-After": "90"}))
    with pytest.raises(Unavailable) as failed:
        graph.publish("/1/feed", {"message": "x"})
    assert failed.value.channel_wide
    assert failed.value.retry_at is not None
    assert abs(failed.value.retry_at - datetime.now(UTC) - timedelta(seconds=90)) < timedelta(seconds=20)


def _business(percent: float, minutes: int, kind: str = "pages") -> dict[str, str]:
    entry = {"type": kind, "call_count": percent, "total_time": 3, "estimated_time_to_regain_access": minutes}
    return {"X-Business-Use-Case-Usage": json.dumps({"4711": [entry]})}


def test_a_rate_limit_is_waited_for_as_long_as_meta_estimates(network: Network, graph: Graph) -> None:
    network.will(error(80001, status=403, headers=_business(120, 17)))
    with pytest.raises(Unavailable) as failed:
        graph.publish("/1/feed", {"message": "x"})
    assert failed.value.retry_at == NOW + timedelta(minutes=17)
    assert failed.value.channel_wide
    assert not failed.value.needs_person


@pytest.mark.parametrize(
    ("headers", "until"),
    [
        (_business(100, 12), NOW + timedelta(minutes=12)),
        ({"X-App-Usage": '{"call_count": 28, "total_time": 100, "total_cputime": 1}'}, NOW + PAUSE),
        ({"X-Page-Usage": '{"call_count": 104, "total_time": 2, "total_cputime": 1}'}, NOW + PAUSE),
    ],
)
def test_a_used_up_allowance_is_respected_after_a_success_too(
    network: Network, graph: Graph, headers: dict[str, str], until: datetime
) -> None:
    network.will(Reply(body=b'{"id": "1"}', headers=headers))
    assert graph.upload("/1/photos", {}) == "1"
    with pytest.raises(Unavailable) as failed:
        graph.publish("/1/feed", {"message": "x"})
    assert failed.value.retry_at == until
    assert failed.value.channel_wide
    assert len(network.asked) == 1


def test_a_used_up_allowance_does_not_last_for_ever(network: Network) -> None:
    times = iter([NOW, NOW + timedelta(minutes=11), NOW + timedelta(minutes=13), NOW + timedelta(minutes=13)])
    graph = Graph(network.url, Secret(TOKEN), usage_kind="pages", now=lambda: next(times))
    network.will(Reply(body=b'{"id": "1"}', headers=_business(100, 12)), {"id": "2"})
    graph.upload("/1/photos", {})
    with pytest.raises(Unavailable):
        graph.upload("/1/photos", {})
    assert graph.upload("/1/photos", {}) == "2"
    graph.close()


@pytest.mark.parametrize(
    "headers",
    [
        _business(99, 0),
        _business(100, 5, kind="ads_management"),
        {"X-App-Usage": "no JSON"},
        {"X-Page-Usage": "[]"},
        {"X-Business-Use-Case-Usage": '{"1": "x", "2": [3]}'},
    ],
)
def test_an_allowance_that_is_free_or_somebody_elses_stops_nothing(
    network: Network, graph: Graph, headers: dict[str, str]
) -> None:
    network.will(Reply(body=b'{"id": "1"}', headers=headers), {"id": "2"})
    graph.upload("/1/photos", {})
    assert graph.upload("/1/photos", {}) == "2"


def test_a_limit_without_an_estimate_does_not_keep_the_caller_from_trying_again(network: Network, graph: Graph) -> None:
    network.will(error(80002, headers=_business(100, 0)), {"id": "1"})
    with pytest.raises(Unavailable) as failed:
        graph.upload("/1/photos", {})
    assert failed.value.retry_at is None
    assert graph.upload("/1/photos", {}) == "1"
