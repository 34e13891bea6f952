"""The traps of Mastodon.py 2.3.3, one by one, on loopback (docs/networks.md#mastodon-the-library)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.errors import ConfigError, Rejected, Unavailable, Uncertain
from kanal.model import Channel, Part, Prepared, Secret
from kanal.platforms.mastodon import Adapter
from kanal.testing.loopback import Asked, Loopback, Reply, as_json, loopback
from kanal.testing.parts import Writer
from tests.platforms.mastodon_server import TOKEN, adapter_at, answering, status

PUBLISH = "POST /api/v1/statuses"
HELLO = Prepared(Part("Hallo", "de"))


def posts_to(server: Loopback) -> int:
    return server.paths("POST").count("/api/v1/statuses")


@pytest.fixture
def part(tmp_path: Path) -> Part:
    return Writer(Adapter.limits, tmp_path).write(pictures=2)


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanal.platforms.mastodon.connection.PAUSES", (0.0, 0.0, 0.0))


def test_a_dead_server_is_asked_once_and_not_for_ever(dead_address: str, part: Part) -> None:
    with pytest.raises(Unavailable) as caught:
        adapter_at(dead_address).prepare(part)
    assert caught.value.channel_wide
    assert dead_address in str(caught.value)


def test_a_server_without_instance_information_is_asked_once(part: Part) -> None:
    with loopback(answering({"GET /api/v2/instance": as_json({}, 404)})) as server:
        prepared = adapter_at(server.url).prepare(part)
    assert prepared.handles == {"media_ids": "55,55"}
    assert server.paths("GET") == ["/api/v2/instance"]


@pytest.mark.parametrize("version", ["2.7.2 (compatible; Pleroma 2.9.1)", "0.17.3+git-abc", "", "4.5.4"])
def test_pictures_go_to_the_second_media_api_whatever_the_version_says(version: str, part: Part) -> None:
    with loopback(answering(instance={"version": version})) as server:
        adapter_at(server.url).prepare(part)
    assert server.paths("POST") == ["/api/v2/media", "/api/v2/media"]


@pytest.mark.usefixtures("impatient")
def test_a_server_that_never_answers_leaves_the_post_uncertain() -> None:
    with loopback(answering({PUBLISH: Reply(silent=True)})) as server, pytest.raises(Uncertain):
        adapter_at(server.url).commit(HELLO, "k")
    assert posts_to(server) == 1


@pytest.mark.usefixtures("impatient")
def test_an_upload_that_is_never_answered_is_unavailable(part: Part) -> None:
    with loopback(answering({"POST /api/v2/media": Reply(silent=True)})) as server, pytest.raises(Unavailable):
        adapter_at(server.url).prepare(part)


def test_a_429_without_a_reset_is_neither_repeated_nor_waited_for() -> None:
    too_many = as_json({"error": "Too many requests"}, 429)
    with loopback(answering({PUBLISH: too_many})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert posts_to(server) == 1
    assert caught.value.retry_at is None
    assert caught.value.words == "Too many requests"


@pytest.mark.parametrize("given", ["2026-11-22T12:30:00.000000Z", "2026-11-22T13:30:00+01:00"])
def test_the_reset_of_a_429_is_a_date_and_not_seconds(given: str) -> None:
    too_many = as_json({"error": "Too many requests"}, 429, X_RateLimit_Reset=given)
    with loopback(answering({PUBLISH: too_many})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert caught.value.retry_at == datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirected_post_is_not_repeated_as_a_get(code: int) -> None:
    moved = Reply(code, headers={"Location": "https://neu.example/api/v1/statuses"})
    with loopback(answering({PUBLISH: moved})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert server.paths("GET") == ["/api/v2/instance"]
    assert caught.value.needs_person
    assert "https://neu.example" in str(caught.value)
    assert "config/channels.yaml" in str(caught.value.advice)


@pytest.mark.parametrize("code", [200, 201])
def test_a_web_page_in_place_of_the_answer_is_uncertain(code: int) -> None:
    page = Reply(code, b"<html>Bitte warten</html>", {"Content-Type": "text/html"})
    with loopback(answering({PUBLISH: page})) as server, pytest.raises(Uncertain):
        adapter_at(server.url).commit(HELLO, "k")
    assert posts_to(server) == 1


def test_an_answer_that_is_cut_off_is_uncertain() -> None:
    with loopback(answering({PUBLISH: Reply(cut=True)})) as server, pytest.raises(Uncertain):
        adapter_at(server.url).commit(HELLO, "k")


STRANGER = {"id": "8", "username": "jemand", "acct": "jemand"}


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        "ok",
        None,
        {"id": "1"},
        status(id=None),
        status(url=None),
        status(account=None),
        status(account=STRANGER),
        {"id": "3", "scheduled_at": "2026-11-23T12:00:00.000Z", "params": {}, "media_attachments": []},
    ],
)
def test_an_answer_that_is_not_our_status_is_uncertain(answer: object) -> None:
    with loopback(answering({PUBLISH: as_json(answer)})) as server, pytest.raises(Uncertain):
        adapter_at(server.url).commit(HELLO, "k")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *((code, Unavailable) for code in (401, 403, 404, 407)),
        *((code, Rejected) for code in (400, 413, 422)),
        *((code, Uncertain) for code in (304, 408, 500, 502, 503, 504)),
    ],
)
def test_each_status_leads_to_one_error_with_the_servers_words(code: int, expected: type[Exception]) -> None:
    refusal = as_json({"error": "Das geht so nicht"}, code)
    with loopback(answering({PUBLISH: refusal})) as server, pytest.raises(expected) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert type(caught.value) is expected
    assert getattr(caught.value, "words") in ("Das geht so nicht", "")  # noqa: B009 - pytest knows only Exception
    assert posts_to(server) == 1


def test_long_words_of_a_server_are_shortened() -> None:
    endless = as_json({"error": "x" * 5000}, 422)
    with loopback(answering({PUBLISH: endless})) as server, pytest.raises(Rejected) as caught:
        adapter_at(server.url).commit(HELLO, "k")
    assert len(caught.value.words) == 300


def test_a_token_that_is_the_name_of_a_file_is_not_read_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / TOKEN).write_text("etwas anderes\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with loopback(answering()) as server:
        adapter_at(server.url).commit(HELLO, "k")
    assert {asked.headers["authorization"] for asked in server.asked} == {f"Bearer {TOKEN}"}


@pytest.mark.parametrize("token", ["abc\n", "abc def", "", "schlüssel"])
def test_a_token_that_no_header_can_carry_is_refused_without_being_shown(token: str) -> None:
    with loopback(answering()) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url, token).prepare(HELLO.part)
    assert caught.value.needs_person
    assert server.asked == []
    assert not token.strip() or token.strip() not in str(caught.value)


@pytest.mark.usefixtures("no_pauses")
def test_a_picture_that_is_still_processed_is_waited_for(part: Part) -> None:
    looks = iter([206, 200])

    def look(_asked: Asked) -> Reply:
        code = next(looks)
        return as_json({"id": "55", "url": None if code == 206 else "https://social.example/55.jpg"}, code)

    spoilt: dict[str, Reply | Callable[[Asked], Reply]] = {
        "POST /api/v2/media": as_json({"id": "55", "url": None}, 202),
        "GET /api/v1/media/55": look,
    }
    one = Part(part.text, part.language, None, part.media[:1])
    with loopback(answering(spoilt)) as server:
        adapter_at(server.url).prepare(one)
    assert server.paths("GET").count("/api/v1/media/55") == 2


@pytest.mark.usefixtures("no_pauses")
def test_a_picture_that_is_processed_for_ever_is_not_waited_for_for_ever(part: Part) -> None:
    pending = as_json({"id": "55", "url": None}, 202)
    spoilt = {"POST /api/v2/media": pending, "GET /api/v1/media/55": pending}
    with loopback(answering(spoilt)) as server, pytest.raises(Unavailable):
        adapter_at(server.url).prepare(part)
    assert server.paths("GET").count("/api/v1/media/55") == 3


@pytest.mark.parametrize("content", [{}, [], "ok", None, {"url": "https://social.example/55.jpg"}])
def test_an_upload_without_an_id_is_unavailable(part: Part, content: object) -> None:
    with loopback(answering({"POST /api/v2/media": as_json(content)})) as server, pytest.raises(Unavailable):
        adapter_at(server.url).prepare(part)


@pytest.mark.parametrize("reply", [as_json([]), as_json("ok"), Reply(200, b"<html>")])
def test_a_server_that_is_no_mastodon_is_unavailable(reply: Reply) -> None:
    with loopback(answering({"GET /api/v2/instance": reply})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).prepare(HELLO.part)
    assert caught.value.channel_wide


@pytest.mark.usefixtures("no_pauses")
def test_a_picture_that_cannot_be_processed_is_rejected(part: Part) -> None:
    pending, failed = as_json({"id": "55", "url": None}, 202), as_json({"error": "Error processing thumbnail"}, 422)
    spoilt = {"POST /api/v2/media": pending, "GET /api/v1/media/55": failed}
    with loopback(answering(spoilt)) as server, pytest.raises(Rejected) as caught:
        adapter_at(server.url).prepare(part)
    assert caught.value.words == "Error processing thumbnail"


def test_a_deprecated_endpoint_does_not_disturb_a_delivery() -> None:
    with loopback(answering({PUBLISH: as_json(status(), Deprecation="@1767225600")})) as server:
        assert adapter_at(server.url).commit(HELLO, "k").id == "1"


def test_the_language_of_one_post_does_not_leak_into_other_requests() -> None:
    with loopback(answering()) as server:
        adapter = adapter_at(server.url)
        adapter.commit(Prepared(Part("Hello", "en")), "k")
        adapter.commit(HELLO, "k2")
    bodies = [asked.body for asked in server.asked if asked.method == "POST"]
    assert [b"language=en" in body for body in bodies] == [True, False]
    assert not any("lang=" in asked.path for asked in server.asked)


def test_a_post_costs_one_request_and_one_per_picture_after_the_first_look(part: Part) -> None:
    with loopback(answering()) as server:
        adapter = adapter_at(server.url)
        for number in range(2):
            adapter.commit(adapter.prepare(part), f"k{number}")
    assert server.paths("GET") == ["/api/v2/instance"]
    assert server.paths("POST") == ["/api/v2/media", "/api/v2/media", "/api/v1/statuses"] * 2


def test_the_post_is_public_and_names_its_language_and_its_pictures(part: Part) -> None:
    with loopback(answering()) as server:
        adapter = adapter_at(server.url)
        adapter.commit(adapter.prepare(part), "k")
    body = server.asked[-1].body
    assert b"visibility=public" in body
    assert b"language=de" in body
    assert body.count(b"media_ids%5B%5D=55") == 2


@pytest.mark.parametrize(
    ("account", "address"),
    [
        ("landkreis@social.example", "https://social.example"),
        ("@amt@soziales.bund.example", "https://soziales.bund.example"),
    ],
)
def test_the_server_follows_from_the_account(account: str, address: str) -> None:
    channel = Channel(name="amt", platform="mastodon", account=account)
    assert address in repr(Adapter(channel, {"access_token": Secret(TOKEN)}))


def test_an_account_without_a_server_is_a_mistake_in_the_configuration() -> None:
    channel = Channel(name="amt", platform="mastodon", account="landkreis")
    with pytest.raises(ConfigError, match="user@server"):
        Adapter(channel, {"access_token": Secret(TOKEN)})


@pytest.fixture
def closed() -> Iterator[Loopback]:
    with loopback(answering()) as server:
        yield server


def test_an_adapter_can_be_closed_twice_and_used_again(closed: Loopback) -> None:
    adapter = adapter_at(closed.url)
    adapter.close()
    adapter.commit(HELLO, "k")
    adapter.close()
    adapter.close()
    assert adapter.commit(HELLO, "k").id == "1"
