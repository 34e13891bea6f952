"""Faults that hit a correction or a retraction: refused, lost, slow, with or without having done their work."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from kanal.sandbox import Deed, Fault, FaultKind, Practice
from tests.sandbox.clients import Graph, MastodonApi, XApi
from tests.sandbox.conftest import Jpeg


class Act(NamedTuple):
    """A published post, and the request that does something to it."""

    platform: str
    deed: Deed
    do: Callable[[], httpx.Response]


ACTS = (
    "mastodon correct",
    "mastodon retract",
    "x retract",
    "facebook correct",
    "facebook retract",
    "instagram retract",
)


@pytest.fixture
def posted(
    *,
    practice: Practice,
    mastodon: MastodonApi,
    x: XApi,
    facebook: Graph,
    instagram: Graph,
    staging: Path,
    picture: Jpeg,
) -> Mapping[str, str]:
    """The id of a post on each network."""
    container = instagram.container(practice, staging, picture(), caption="Alt").json()["id"]
    return {
        "mastodon": mastodon.post("Alt").json()["id"],
        "x": x.post("Alt").json()["data"]["id"],
        "facebook": facebook.post("/feed", {"message": "Alt"}).json()["id"],
        "instagram": instagram.post("/media_publish", {"creation_id": container}).json()["id"],
    }


@pytest.fixture(params=ACTS)
def act(
    *,
    request: pytest.FixtureRequest,
    posted: Mapping[str, str],
    mastodon: MastodonApi,
    x: XApi,
    facebook: Graph,
    instagram: Graph,
) -> Act:
    status = f"/api/v1/statuses/{posted['mastodon']}"
    ways: Mapping[str, Callable[[], httpx.Response]] = {
        "mastodon correct": lambda: mastodon.http.put(status, data={"status": "Neu"}),
        "mastodon retract": lambda: mastodon.http.delete(status),
        "x retract": lambda: x.call("DELETE", f"/2/tweets/{posted['x']}"),
        "facebook correct": lambda: facebook.http.post(
            f"{facebook.base}/{posted['facebook']}", data={"message": "Neu"}
        ),
        "facebook retract": lambda: facebook.node(posted["facebook"], "DELETE"),
        "instagram retract": lambda: instagram.node(posted["instagram"], "DELETE"),
    }
    platform, deed = request.param.split()
    return Act(platform, deed, ways[request.param])


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
