"""Fault switches: what each looks like on the wire, and what it leaves stored."""

import json
import socket
import time
from datetime import UTC, datetime
from errno import EADDRINUSE

import httpx
import pytest

from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice
from tests.sandbox.clients import Graph
from tests.sandbox.conftest import Ways


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_error_before_leaves_nothing_stored(practice: Practice, ways: Ways, platform: str) -> None:
    practice.set_fault(platform, Fault(FaultKind.ERROR_BEFORE))
    assert ways[platform]().status_code == 503
    assert practice.posts() == []
    assert ways[platform]().status_code < 300


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_error_after_leaves_the_post_stored(practice: Practice, ways: Ways, platform: str) -> None:
    practice.set_fault(platform, Fault(FaultKind.ERROR_AFTER))
    answer = ways[platform]()
    assert answer.status_code == 500
    assert answer.json()
    assert len(practice.posts(platform)) == 1


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_cut_connection_gives_no_byte_but_the_post_is_stored(practice: Practice, ways: Ways, platform: str) -> None:
    practice.set_fault(platform, Fault(FaultKind.CUT_AFTER))
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        ways[platform]()
    assert len(practice.posts(platform)) == 1


@pytest.mark.parametrize("platform", PLATFORMS)
def test_html_comes_with_the_status_of_success(practice: Practice, ways: Ways, platform: str) -> None:
    practice.set_fault(platform, Fault(FaultKind.HTML))
    answer = ways[platform]()
    assert answer.status_code == (201 if platform == "x" else 200)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.startswith("<!doctype html>")
    assert len(practice.posts(platform)) == 1


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_dripping_answer_takes_its_time_and_is_whole(practice: Practice, ways: Ways, platform: str) -> None:
    practice.set_fault(platform, Fault(FaultKind.DRIP, seconds=0.15))
    began = time.monotonic()
    answer = ways[platform]()
    assert time.monotonic() - began > 0.12
    assert answer.json()
    assert len(practice.posts(platform)) == 1


def test_a_dripping_answer_really_comes_in_pieces(practice: Practice, facebook: Graph) -> None:
    practice.set_fault("facebook", Fault(FaultKind.DRIP, seconds=0.1, calls="all"))
    with facebook.http.stream("GET", f"{facebook.base}/me") as answer:
        pieces = list(answer.iter_raw())
    assert len(pieces) > 5
    assert json.loads(b"".join(pieces))["id"] == facebook.account


@pytest.mark.parametrize("platform", PLATFORMS)
def test_latency_comes_before_the_work(practice: Practice, ways: Ways, platform: str) -> None:
    practice.set_fault(platform, Fault(FaultKind.LATENCY, seconds=0.1))
    began = time.monotonic()
    assert ways[platform]().status_code < 300
    assert time.monotonic() - began > 0.1


def test_too_many_requests_on_mastodon(practice: Practice, ways: Ways) -> None:
    practice.set_fault("mastodon", Fault(FaultKind.TOO_MANY, seconds=120))
    answer = ways["mastodon"]()
    reset = datetime.fromisoformat(answer.headers["X-RateLimit-Reset"])
    assert (answer.status_code, answer.json()) == (429, {"error": "Too many requests"})
    assert 110 < (reset - datetime.now(UTC)).total_seconds() < 125
    assert answer.headers["X-RateLimit-Remaining"] == "0"
    assert practice.posts() == []


def test_too_many_requests_on_x(practice: Practice, ways: Ways) -> None:
    practice.set_fault("x", Fault(FaultKind.TOO_MANY, seconds=120))
    answer = ways["x"]()
    assert (answer.status_code, answer.json()["title"]) == (429, "Too Many Requests")
    assert 110 < int(answer.headers["x-rate-limit-reset"]) - time.time() < 125
    assert practice.posts() == []


@pytest.mark.parametrize(
    ("platform", "code", "kind"), [("facebook", 80001, "pages"), ("instagram", 80002, "instagram")]
)
def test_too_many_requests_on_the_graph_api(
    practice: Practice, ways: Ways, platform: str, code: int, kind: str
) -> None:
    practice.set_fault(platform, Fault(FaultKind.TOO_MANY, seconds=120))
    answer = ways[platform]()
    ((usage,),) = json.loads(answer.headers["X-Business-Use-Case-Usage"]).values()
    assert answer.json()["error"]["code"] == code
    assert (usage["type"], usage["call_count"], usage["estimated_time_to_regain_access"]) == (kind, 100, 2)
    assert practice.posts() == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_expired_token_is_told_in_the_networks_shape(practice: Practice, ways: Ways, platform: str) -> None:
    practice.set_fault(platform, Fault(FaultKind.EXPIRED))
    answer = ways[platform]()
    assert answer.status_code == 401
    if platform in ("facebook", "instagram"):
        error = answer.json()["error"]
        assert (error["code"], error["error_subcode"]) == (190, 463)
    assert practice.posts() == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_network_that_is_down_refuses_connections_until_healed(practice: Practice, ways: Ways, platform: str) -> None:
    practice.set_fault(platform, Fault(FaultKind.DOWN))
    practice.set_fault(platform, Fault(FaultKind.DOWN))
    for _ in range(2):
        with pytest.raises(httpx.ConnectError):
            ways[platform]()
    practice.heal()
    assert ways[platform]().status_code < 300
    assert len(practice.posts(platform)) == 1


def test_the_other_networks_stay_up(practice: Practice, ways: Ways) -> None:
    practice.set_fault("x", Fault(FaultKind.DOWN))
    assert ways["mastodon"]().status_code == 200


def test_nobody_else_gets_the_port_of_a_network_that_is_down(practice: Practice) -> None:
    port = int(practice.urls("x")["api"].rpartition(":")[2])
    practice.set_fault("x", Fault(FaultKind.DOWN))
    with socket.socket() as other, pytest.raises(OSError, check=lambda error: error.errno == EADDRINUSE):
        other.bind(("127.0.0.1", port))
