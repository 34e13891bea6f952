"""The traps of tweepy 4.17.0 and of X's answers, one by one, on loopback (docs/networks.md#x-the-library)."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.model import Part, Prepared
from kanal.platforms.x import Adapter
from kanal.testing.loopback import Asked, Loopback, Reply, as_json, loopback
from kanal.testing.parts import Writer
from tests.platforms.x_server import PUBLISH, SECRETS, adapter_at, answering

HELLO = Prepared(Part("Hallo", "de"))
UPLOAD = "POST /2/media/upload"


def posts_to(server: Loopback) -> int:
    return server.paths("POST").count("/2/tweets")


@pytest.fixture
def part(tmp_path: Path) -> Part:
    return Writer(Adapter.limits, tmp_path).write(pictures=2)


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanal.platforms.x.connection.PAUSES", (0.0, 0.0, 0.0))


def test_the_host_that_tweepy_knows_by_heart_is_replaced() -> None:
    with loopback(answering()) as server:
        receipt = adapter_at(server.url, "@landkreis").commit(HELLO, "k")
    assert posts_to(server) == 1
    assert receipt.url == "https://x.com/landkreis/status/1001"


@pytest.mark.usefixtures("impatient")
def test_a_network_that_never_answers_leaves_the_post_uncertain() -> None:
    with loopback(answering({PUBLISH: Reply(silent=True)})) as server, pytest.raises(Uncertain):
        adapter_at(server.url).commit(HELLO, "k")
    assert posts_to(server) == 1


@pytest.mark.usefixtures("impatient")
def test_an_upload_that_is_never_answered_is_unavailable(part: Part) -> None:
    with loopback(answering({UPLOAD: Reply(silent=True)})) as server, pytest.raises(Unavailable):
        adapter_at(server.url).prepare(part)


def test_a_connection_that_is_refused_never_was_a_post(dead_address: str) -> None:
    with pytest.raises(Unavailable) as caught:
        adapter_at(dead_address).commit(HELLO, "k")
    assert caught.value.channel_wide
    assert not caught.value.needs_person


def test_a_connection_that_breaks_off_is_uncertain() -> None:
    with loopback(answering({PUBLISH: Reply(cut=True)})) as server, pytest.raises(Uncertain):
        adapter_at(server.url).commit(HELLO, "k")


def test_a_429_without_a_reset_does_not_loop() -> None:
    too_many = as_json({"title": "Too Many Requests"}, 429)
    with loopback(answering({PUBLISH: too_many})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert posts_to(server) == 1
    assert caught.value.retry_at is None
    assert caught.value.channel_wide


NOON = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())
DAY_END = NOON + 12 * 3600


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x_rate_limit_reset": str(NOON)}, NOON),
        ({"x_rate_limit_reset": str(NOON), "x_rate_limit_remaining": "0"}, NOON),
        (
            {
                "x_rate_limit_reset": str(NOON),
                "x_rate_limit_remaining": "87",
                "x_user_limit_24hour_reset": str(DAY_END),
                "x_user_limit_24hour_remaining": "0",
            },
            DAY_END,
        ),
    ],
)
def test_the_window_that_is_used_up_tells_when_to_come_back(headers: dict[str, str], expected: int) -> None:
    too_many = as_json({"title": "Too Many Requests"}, 429, **headers)
    with loopback(answering({PUBLISH: too_many})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert caught.value.retry_at == datetime.fromtimestamp(expected, UTC)


def test_a_reset_that_is_no_number_is_no_reset() -> None:
    too_many = as_json({}, 429, x_rate_limit_reset="bald")
    with loopback(answering({PUBLISH: too_many})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert caught.value.retry_at is None


def test_a_monthly_cap_is_not_waited_for() -> None:
    capped = {
        "title": "UsageCapExceeded",
        "detail": "Usage cap exceeded: Monthly product cap",
        "type": "https://api.twitter.com/2/problems/usage-capped",
    }
    answer = as_json(capped, 429, x_rate_limit_reset=str(NOON))
    with loopback(answering({PUBLISH: answer})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert caught.value.needs_person
    assert caught.value.retry_at is None
    assert caught.value.words == "Usage cap exceeded: Monthly product cap"


@pytest.mark.parametrize("code", [200, 201])
@pytest.mark.parametrize(
    "content",
    [
        {"errors": [{"title": "Conflict", "detail": "Something is wrong"}]},
        {"data": None},
        {"data": {}},
        {"data": {"text": "Hallo"}},
        {"data": ["1001"]},
        [],
        "ok",
        None,
    ],
)
def test_a_success_without_a_post_in_it_is_uncertain(code: int, content: object) -> None:
    with loopback(answering({PUBLISH: as_json(content, code)})) as server, pytest.raises(Uncertain):
        adapter_at(server.url).commit(HELLO, "k")
    assert posts_to(server) == 1


def test_the_errors_inside_a_success_are_quoted() -> None:
    content = {"errors": [{"title": "Conflict", "detail": "Something is wrong"}]}
    with loopback(answering({PUBLISH: as_json(content)})) as server, pytest.raises(Uncertain) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert caught.value.words == "Something is wrong"


def test_errors_beside_a_post_do_not_unmake_it() -> None:
    content = {"data": {"id": "1001", "text": "Hallo"}, "errors": [{"detail": "a field is missing"}]}
    with loopback(answering({PUBLISH: as_json(content, 201)})) as server:
        assert adapter_at(server.url).commit(HELLO, "k").id == "1001"


@pytest.mark.parametrize("code", [200, 201])
def test_a_web_page_in_place_of_the_answer_is_uncertain(code: int) -> None:
    page = Reply(code, b"<html>Bitte warten</html>", {"Content-Type": "text/html"})
    with loopback(answering({PUBLISH: page})) as server, pytest.raises(Uncertain):
        adapter_at(server.url).commit(HELLO, "k")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *((code, Unavailable) for code in (401, 402, 403, 404, 407, 429)),
        *((code, Rejected) for code in (400, 413, 422)),
        *((code, Uncertain) for code in (300, 408, 500, 502, 503, 504)),
    ],
)
@pytest.mark.parametrize(
    "content",
    [
        {"title": "Nein", "detail": "Das geht so nicht", "type": "about:blank"},
        {"errors": [{"code": 1, "message": "Das geht so nicht"}]},
        {"error": "Das geht so nicht"},
        [{"message": "Das geht so nicht"}],
        "Das geht so nicht",
    ],
)
def test_each_status_leads_to_one_error_in_every_shape_that_x_gives_it(
    code: int, expected: type[DeliveryError], content: object
) -> None:
    with loopback(answering({PUBLISH: as_json(content, code)})) as server, pytest.raises(expected) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert type(caught.value) is expected
    assert caught.value.words in ("Das geht so nicht", "" if code == 407 else "Das geht so nicht")
    assert posts_to(server) == 1


@pytest.mark.parametrize("code", [401, 402, 403])
def test_what_only_a_person_can_mend_says_what_to_do(code: int) -> None:
    with (
        loopback(answering({PUBLISH: as_json({"detail": "No"}, code)})) as server,
        pytest.raises(Unavailable) as caught,
    ):
        adapter_at(server.url).commit(HELLO, "k")
    assert caught.value.needs_person
    assert caught.value.channel_wide
    assert caught.value.advice is not None


@pytest.mark.parametrize(
    "words",
    [
        "You are not allowed to create a Tweet with duplicate content.",
        "You can only reply to or quote posts where you are mentioned or are the author.",
    ],
)
def test_a_403_about_the_content_is_a_rejection_in_the_networks_words(words: str) -> None:
    refusal = as_json({"title": "Forbidden", "detail": words, "status": 403}, 403)
    with loopback(answering({PUBLISH: refusal})) as server, pytest.raises(Rejected) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert caught.value.words == words


def test_a_redirected_post_is_not_followed() -> None:
    moved = Reply(308, headers={"Location": "https://neu.example/2/tweets?secret=1"})
    with loopback(answering({PUBLISH: moved})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert len(server.asked) == 1
    assert caught.value.needs_person
    assert "https://neu.example/2/tweets" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_tweepys_debug_log_does_not_show_the_signature(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", "tweepy.client", "requests_oauthlib.oauth1_auth", "oauthlib.oauth1.rfc5849"):
        caplog.set_level(logging.DEBUG, logger=name)
    with loopback(answering()) as server:
        adapter_at(server.url).commit(HELLO, "k")
    assert "oauth_signature" not in caplog.text
    assert [secret for secret in SECRETS.values() if secret in caplog.text] == []


def test_the_post_is_signed_by_the_user_for_the_address_that_is_asked() -> None:
    with loopback(answering()) as server:
        adapter_at(server.url).commit(HELLO, "k")
    authorization = server.asked[0].headers["authorization"]
    assert authorization.startswith("OAuth ")
    assert f'oauth_token="{SECRETS["access_token"]}"' in authorization


def test_a_post_costs_one_request_and_two_per_picture(part: Part) -> None:
    with loopback(answering()) as server:
        adapter = adapter_at(server.url)
        adapter.commit(adapter.prepare(part), "k")
    assert [asked.path for asked in server.asked] == ["/2/media/upload", "/2/media/metadata"] * 2 + ["/2/tweets"]
    assert b'"media_ids": ["77", "77"]' in server.asked[-1].body


def test_a_picture_goes_as_an_image_and_its_alternative_text_follows(part: Part) -> None:
    with loopback(answering()) as server:
        adapter_at(server.url).prepare(part)
    upload, metadata = server.asked[:2]
    assert b"tweet_image" in upload.body
    assert part.media[0].file.read_bytes() in upload.body
    assert b'"text": "Stra\\u00dfe mit 0 B\\u00e4umen' in metadata.body


def test_a_picture_whose_alternative_text_is_refused_is_not_posted_without_it(part: Part) -> None:
    spoilt = {"POST /2/media/metadata": as_json({"errors": [{"detail": "invalid"}]})}
    with loopback(answering(spoilt)) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).prepare(part)
    assert caught.value.words == "invalid"


@pytest.mark.usefixtures("no_pauses")
def test_a_picture_that_is_still_processed_is_waited_for(part: Part) -> None:
    states = iter(["in_progress", "succeeded", "in_progress", "succeeded"])

    def look(_asked: Asked) -> Reply:
        return as_json({"data": {"id": "77", "processing_info": {"state": next(states)}}})

    pending = as_json({"data": {"id": "77", "processing_info": {"state": "pending", "check_after_secs": 1}}})
    with loopback(answering({UPLOAD: pending, "GET /2/media/upload": look})) as server:
        assert adapter_at(server.url).prepare(part).handles == {"media_ids": "77,77"}
    assert server.paths("GET") == ["/2/media/upload"] * 4


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize(("state", "expected"), [("failed", Rejected), ("in_progress", Unavailable)])
def test_a_picture_that_cannot_be_processed_is_not_posted(
    part: Part, state: str, expected: type[DeliveryError]
) -> None:
    stuck = as_json({"data": {"id": "77", "processing_info": {"state": state}}})
    with loopback(answering({UPLOAD: stuck, "GET /2/media/upload": stuck})) as server, pytest.raises(expected):
        adapter_at(server.url).prepare(part)
    assert posts_to(server) == 0


def test_a_picture_over_five_megabytes_is_refused_with_the_numbers(part: Part) -> None:
    part.media[0].file.write_bytes(b"\xff\xd8\xff" + b"0" * 5_000_000)
    with loopback(answering()) as server, pytest.raises(Rejected, match="5000003"):
        adapter_at(server.url).prepare(part)
    assert server.asked == []


def test_an_alternative_text_over_a_thousand_characters_is_refused(part: Part) -> None:
    long = part._replace(media=(part.media[0]._replace(alt="ä" * 1001),))
    with loopback(answering()) as server, pytest.raises(Rejected, match="1001"):
        adapter_at(server.url).prepare(long)
    assert server.asked == []
