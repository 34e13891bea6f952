"""Fault switches: which requests they hit, how often, and what goes together."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kanal.errors import UsageError
from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice
from tests.sandbox.clients import Graph, MastodonApi, XApi
from tests.sandbox.conftest import Ways


def test_times_counts_the_requests_that_are_hit(practice: Practice, ways: Ways) -> None:
    practice.set_fault("mastodon", Fault(FaultKind.ERROR_BEFORE, times=2))
    assert [ways["mastodon"]().status_code for _ in range(3)] == [503, 503, 200]


def test_without_times_a_fault_lasts_until_healed(practice: Practice, ways: Ways) -> None:
    practice.set_fault("mastodon", Fault(FaultKind.ERROR_BEFORE, times=None))
    assert [ways["mastodon"]().status_code for _ in range(3)] == [503, 503, 503]
    practice.heal()
    assert ways["mastodon"]().status_code == 200


def test_only_the_request_that_publishes_is_hit(
    *,
    practice: Practice,
    mastodon: MastodonApi,
    x: XApi,
    facebook: Graph,
    instagram: Graph,
    staging: Path,
    picture: Callable[..., bytes],
) -> None:
    for platform in PLATFORMS:
        practice.set_fault(platform, Fault(FaultKind.ERROR_BEFORE))
    others = [
        mastodon.upload(picture()),
        x.upload(picture()),
        facebook.photo(picture(), published="false"),
        facebook.get("/published_posts"),
        instagram.container(practice, staging, picture()),
    ]
    assert [answer.status_code for answer in others] == [200] * 5
    assert facebook.photo(picture()).status_code == 503


def test_all_requests_are_hit_when_asked(practice: Practice, mastodon: MastodonApi) -> None:
    practice.set_fault("mastodon", Fault(FaultKind.ERROR_BEFORE, calls="all"))
    assert mastodon.http.get("/api/v2/instance").status_code == 503


def test_latency_and_another_fault_add_up(practice: Practice, ways: Ways) -> None:
    practice.set_fault("x", Fault(FaultKind.LATENCY, times=None, seconds=0.1, calls="all"))
    practice.set_fault("x", Fault(FaultKind.ERROR_AFTER))
    began = time.monotonic()
    assert ways["x"]().status_code == 500
    assert time.monotonic() - began > 0.1


def test_the_same_key_twice_at_a_time_is_503(practice: Practice, mastodon: MastodonApi) -> None:
    practice.set_fault("mastodon", Fault(FaultKind.LATENCY, seconds=0.2))
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(mastodon.post, "Einmal", key="k1")
        while practice.request_counts()["mastodon"] == 0:
            time.sleep(0.005)
        assert mastodon.post("Einmal", key="k1").status_code == 503
        assert slow.result().status_code == 200
    assert mastodon.post("Einmal", key="k1").json()["id"] == slow.result().json()["id"]
    assert len(practice.posts()) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.LATENCY, times=0),
        Fault(FaultKind.DRIP, seconds=-1.0),
        Fault(FaultKind.LATENCY, calls="erase"),  # type: ignore[arg-type] # what is no deed is the point
    ],
)
def test_a_fault_that_cannot_be_is_refused(practice: Practice, fault: Fault) -> None:
    with pytest.raises(UsageError):
        practice.set_fault("x", fault)
