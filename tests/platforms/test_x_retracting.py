"""Taking down at X: what its answers prove, and what they do not."""

from datetime import UTC, datetime

import pytest

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.model import Receipt
from kanal.testing.loopback import Reply, as_json, loopback
from tests.platforms.x_server import adapter_at, answering, post

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RECEIPT = Receipt("1001", "https://x.com/landkreis/status/1001", NOON)
DELETE, SHOW = "DELETE /2/tweets/1001", "GET /2/tweets/1001"
PROBLEM = "https://api.twitter.com/2/problems/"
NOT_FOUND = {"title": "Not Found Error", "detail": "Could not find tweet.", "type": f"{PROBLEM}resource-not-found"}
NOT_YOURS = {**NOT_FOUND, "title": "Authorization Error", "type": f"{PROBLEM}not-authorized-for-resource"}
NO_ROUTE = {"title": "Not Found", "detail": "Not Found", "type": "about:blank", "status": 404}


@pytest.mark.parametrize(
    "answer",
    [
        as_json({"data": {"deleted": True}}),
        as_json({"errors": [NOT_FOUND]}),
        as_json(NOT_FOUND, 404),
        as_json(NO_ROUTE, 404),
    ],
)
def test_a_post_that_is_deleted_or_not_there_is_no_error(answer: Reply) -> None:
    with loopback(answering({DELETE: answer})) as server:
        adapter_at(server.url).retract(RECEIPT)
        assert server.paths("DELETE") == ["/2/tweets/1001"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (as_json({"data": {"deleted": False}}), Uncertain),
        (as_json({"data": []}), Uncertain),
        (Reply(200, b"<h1>Anmeldung</h1>"), Uncertain),
        (as_json({"title": "Service Unavailable"}, 503), Uncertain),
        (as_json({"title": "Forbidden"}, 403), Unavailable),
        (Reply(404, b"<h1>Seite nicht gefunden</h1>"), Unavailable),
        (as_json({"title": "Invalid Request", "detail": "One or more parameters is invalid."}, 400), Rejected),
    ],
)
def test_other_answers_are_told_as_what_they_mean(answer: Reply, error: type[DeliveryError]) -> None:
    with loopback(answering({DELETE: answer})) as server, pytest.raises(error):
        adapter_at(server.url).retract(RECEIPT)


@pytest.mark.parametrize("answer", [as_json({"errors": [NOT_FOUND]}), as_json(NOT_FOUND, 404)])
def test_what_x_does_not_find_is_gone(answer: Reply) -> None:
    with loopback(answering({SHOW: answer})) as server:
        assert adapter_at(server.url).is_gone(RECEIPT) is True


def test_what_x_shows_is_not_gone() -> None:
    with loopback(answering({SHOW: as_json({"data": post(number=1001)})})) as server:
        assert adapter_at(server.url).is_gone(RECEIPT) is False


@pytest.mark.parametrize(
    "answer", [as_json({"errors": [NOT_YOURS]}), as_json(NO_ROUTE, 404), Reply(200, b"{}"), Reply(200, b"[]")]
)
def test_what_may_not_be_seen_and_an_address_that_is_wrong_prove_nothing(answer: Reply) -> None:
    with loopback(answering({SHOW: answer})) as server, pytest.raises(Unavailable):
        adapter_at(server.url).is_gone(RECEIPT)


def test_a_persons_address_with_something_behind_the_id_proves_nothing() -> None:
    """`kanal resolve --published https://x.com/…/status/1001/photo/1` keeps “1”, and X has no such post."""
    told = Receipt("1", "https://x.com/landkreis/status/1001/photo/1", NOON)
    with loopback(answering({"GET /2/tweets/1": as_json({"errors": [NOT_FOUND]})})) as server:
        adapter = adapter_at(server.url)
        for attempt in (adapter.retract, adapter.is_gone):
            with pytest.raises(Unavailable, match="--by-hand"):
                attempt(told)
        assert server.asked == []
