"""Faults that hit a correction or a retraction: refused, lost, slow, with or without having done their work."""

import time
from collections.abc import Callable
from typing import NamedTuple

import httpx
import pytest

from kanal.sandbox import Deed, Fault, FaultKind, Practice
from tests.sandbox.clients import Graph, MastodonApi, XApi


class Act(NamedTuple):
    """A published post, and the request that does something to it."""

    platform: str
    deed: Deed
    do: Callable[[], httpx.Response]


ACTS = ("mastodon correct", "mastodon retract", "x retract", "facebook correct", "facebook retract")


@pytest.fixture(params=ACTS)
def act(request: pytest.FixtureRequest, mastodon: MastodonApi, x: XApi, facebook: Graph) -> Act:
    platform, deed = request.param.split()
    if platform == "mastodon":
        path = f"/api/v1/statuses/{mastodon.post('Alt').json()['id']}"
        if deed == "correct":
            return Act(platform, deed, lambda: mastodon.http.put(path, data={"status": "Neu"}))
        return Act(platform, deed, lambda: mastodon.http.delete(path))
    if platform == "x":
        post = x.post("Alt").json()["data"]["id"]
        return Act(platform, deed, lambda: x.call("DELETE", f"/2/tweets/{post}"))
    post = facebook.post("/feed", {"message": "Alt"}).json()["id"]
    if deed == "correct":
        return Act(platform, deed, lambda: facebook.http.post(f"{facebook.base}/{post}", data={"message": "Neu"}))
    return Act(platform, deed, lambda: facebook.node(post, "DELETE"))


def _is_done(practice: Practice, act: Act) -> bool:
    texts = [post.text for post in practice.posts(act.platform)]
    assert texts in (["Alt"], ["Neu"], [])
    return texts != ["Alt"]


@pytest.mark.parametrize("kind", [FaultKind.ERROR_BEFORE, FaultKind.TOO_MANY, FaultKind.EXPIRED])
def test_a_refusal_does_nothing(practice: Practice, act: Act, kind: FaultKind) -> None:
    practice.set_fault(act.platform, Fault(kind, calls=act.deed))
    assert act.do().status_code >= 400
    assert not _is_done(practice, act)
    assert act.do().status_code == 200
    assert _is_done(practice, act)


def test_a_lost_answer_has_done_its_work(practice: Practice, act: Act) -> None:
    practice.set_fault(act.platform, Fault(FaultKind.CUT_AFTER, calls=act.deed))
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        act.do()
    assert _is_done(practice, act)


@pytest.mark.parametrize(("kind", "status"), [(FaultKind.ERROR_AFTER, 500), (FaultKind.HTML, 200)])
def test_an_answer_that_says_nothing_has_done_its_work(
    practice: Practice, act: Act, kind: FaultKind, status: int
) -> None:
    practice.set_fault(act.platform, Fault(kind, calls=act.deed))
    assert act.do().status_code == status
    assert _is_done(practice, act)


def test_a_slow_network_answers_in_the_end(practice: Practice, act: Act) -> None:
    practice.set_fault(act.platform, Fault(FaultKind.LATENCY, seconds=0.1, calls=act.deed))
    began = time.monotonic()
    assert act.do().status_code == 200
    assert time.monotonic() - began > 0.1


def test_a_fault_for_publishing_leaves_the_rest_alone(practice: Practice, act: Act) -> None:
    practice.set_fault(act.platform, Fault(FaultKind.ERROR_BEFORE))
    assert act.do().status_code == 200
    assert _is_done(practice, act)


def test_a_fault_for_the_rest_leaves_publishing_alone(practice: Practice, mastodon: MastodonApi) -> None:
    practice.set_fault("mastodon", Fault(FaultKind.ERROR_BEFORE, calls="retract"))
    practice.set_fault("mastodon", Fault(FaultKind.ERROR_AFTER, calls="correct"))
    assert mastodon.post("Hallo").status_code == 200
