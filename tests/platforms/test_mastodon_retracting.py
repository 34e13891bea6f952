"""Taking down at Mastodon: what a server's answers prove, and what they do not."""

from datetime import UTC, datetime

import pytest

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.model import Receipt
from kanal.testing.loopback import Reply, as_json, loopback
from tests.platforms.mastodon_server import ACCOUNT, adapter_at, answering, status

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RECEIPT = Receipt("1", "https://social.example/@landkreis/1", NOON)
DELETE, SHOW, ME = "DELETE /api/v1/statuses/1", "GET /api/v1/statuses/1", "GET /api/v1/accounts/verify_credentials"
NOT_FOUND = as_json({"error": "Record not found"}, 404)
PAGE = Reply(404, b"<h1>Seite nicht gefunden</h1>", {"Content-Type": "text/html"})


def test_the_pictures_are_deleted_at_once_too() -> None:
    with loopback(answering({DELETE: as_json(status())})) as server:
        adapter_at(server.url).retract(RECEIPT)
        assert (server.asked[-1].path, server.asked[-1].body) == ("/api/v1/statuses/1?delete_media=true", b"")


@pytest.mark.parametrize("answer", [NOT_FOUND, as_json({"error": "Gone"}, 410)])
def test_what_the_server_does_not_know_is_gone(answer: Reply) -> None:
    with loopback(answering({DELETE: answer, SHOW: answer})) as server:
        adapter = adapter_at(server.url)
        adapter.retract(RECEIPT)
        assert adapter.is_gone(RECEIPT) is True


def test_what_a_proxy_does_not_find_proves_nothing() -> None:
    with loopback(answering({DELETE: PAGE, SHOW: PAGE})) as server:
        adapter = adapter_at(server.url)
        with pytest.raises(Unavailable, match="does not know this request"):
            adapter.retract(RECEIPT)
        with pytest.raises(Unavailable):
            adapter.is_gone(RECEIPT)


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (as_json({"error": "Validation failed"}, 422), Rejected, "refuses to delete the post"),
        (as_json({"error": "This action is not allowed"}, 403), Unavailable, "does not allow"),
        (as_json({"error": "Internal Server Error"}, 500), Uncertain, "did not say clearly"),
        (as_json([]), Uncertain, "did not say clearly"),
        (Reply(200, b"<h1>Anmeldung</h1>"), Uncertain, "did not say clearly"),
    ],
)
def test_other_answers_are_told_as_what_they_mean_for_a_deletion(
    answer: Reply, error: type[DeliveryError], words: str
) -> None:
    with loopback(answering({DELETE: answer})) as server, pytest.raises(error, match=words):
        adapter_at(server.url).retract(RECEIPT)


def test_another_accounts_token_proves_nothing() -> None:
    spoilt = {ME: as_json({**ACCOUNT, "username": "fremd"}), SHOW: NOT_FOUND}
    with loopback(answering(spoilt)) as server, pytest.raises(Unavailable, match="belong to “fremd”"):
        adapter_at(server.url).is_gone(RECEIPT)


def test_a_practice_network_that_took_another_port_is_still_the_same() -> None:
    here = {**ACCOUNT, "url": "http://127.0.0.1:8801/@landkreis"}
    with loopback(answering({ME: as_json(here), SHOW: NOT_FOUND})) as server:
        assert adapter_at(server.url).is_gone(RECEIPT._replace(url="http://127.0.0.1:8800/@landkreis/1"))


def test_another_server_than_the_one_with_the_post_proves_nothing() -> None:
    """The office moved, and the channel names its new account, which has the same name."""
    moved = RECEIPT._replace(url="https://alt.example/@landkreis/1")
    words = r"stands on alt\.example, but the account .* on social\.example now"
    with loopback(answering({SHOW: NOT_FOUND})) as server, pytest.raises(Unavailable, match=words):
        adapter_at(server.url).is_gone(moved)
