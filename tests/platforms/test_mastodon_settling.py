"""Doubts at Mastodon: which servers keep keys, and how a delivery is found among the account's own statuses."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kanal.errors import Unavailable, Uncertain
from kanal.model import Extra, Part, Prepared
from kanal.platforms.mastodon.server import read_server
from kanal.sandbox import Fault, FaultKind
from kanal.sandbox.server import running
from kanal.testing.loopback import Asked, Reply, as_json, loopback
from kanal.testing.parts import Writer
from kanal.testing.practice import PracticeNetwork, new_account
from tests.platforms.mastodon_server import MASTODON, adapter_at, answering, status

PUBLISH = "POST /api/v1/statuses"
LIST = "GET /api/v1/accounts/7/statuses"
HELLO = Prepared(Part("Hallo", "de"))
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

KEEPS_KEYS = (
    MASTODON,
    {**MASTODON, "version": "4.7.2+glitch", "source_url": "https://github.com/glitch-soc/mastodon"},
    {"version": "4.2.1+hometown-1.1.1", "source_url": "https://github.com/hometown-fork/hometown"},
    {**MASTODON, "source_url": "https://github.com/mastodon/mastodon/tree/v4.5.4"},
)
KEEPS_NONE: tuple[Mapping[str, Any], ...] = (
    {"version": "0.20.1+git-1a2b3c", "source_url": "https://codeberg.org/superseriousbusiness/gotosocial"},
    {"version": "4.3.0 (compatible; Pixelfed 0.12.4)", "source_url": "https://github.com/pixelfed/pixelfed"},
    {"version": "2.8.0 (compatible; Friendica 2026.08)", "source_url": "https://git.friendi.ca/friendica/friendica"},
    {"version": "2.7.2 (compatible; Akkoma 3.17.0)", "source_url": "https://akkoma.dev/AkkomaGang/akkoma"},
    {"version": "4.5.4", "source_url": "https://git.example/wir/mastodon-nachbau", "api_versions": {"mastodon": 7}},
    {"version": "4.5.4", "source_url": "https://github.com/mastodon/mastodon"},
    {"version": "4.5.4", "source_url": "https://github.com/mastodon/mastodon-fake", "api_versions": {"mastodon": 7}},
    {},
)


@pytest.mark.parametrize("instance", KEEPS_KEYS)
def test_mastodon_and_its_forks_keep_keys(instance: Mapping[str, Any]) -> None:
    with loopback(answering(instance=instance)) as server:
        assert adapter_at(server.url).repeat(HELLO, "k").id == "1"


@pytest.mark.parametrize("instance", KEEPS_NONE)
def test_to_other_software_nothing_is_sent_again(instance: Mapping[str, Any]) -> None:
    with loopback(answering(instance=instance)) as server, pytest.raises(Uncertain):
        adapter_at(server.url).repeat(HELLO, "k")
    assert server.paths("POST") == []


def test_the_same_delivery_always_carries_the_same_key_in_ascii() -> None:
    with loopback(answering()) as server:
        for key in ("amt/müllabfuhr-köln/1/1", "amt/müllabfuhr-köln/1/1", "amt/müllabfuhr-köln/1/2"):
            adapter_at(server.url).commit(HELLO, key)
        adapter_at(server.url).repeat(HELLO, "amt/müllabfuhr-köln/1/2")
    keys = [asked.headers["idempotency-key"] for asked in server.asked if asked.method == "POST"]
    assert keys[0] == keys[1] != keys[2] == keys[3]


@pytest.mark.parametrize("code", [401, 404, 422, 429, 500, 503])
def test_whatever_a_repetition_meets_says_nothing_about_the_first_attempt(code: int) -> None:
    with loopback(answering({PUBLISH: as_json({"error": "nein"}, code)})) as server, pytest.raises(Uncertain) as caught:
        adapter_at(server.url).repeat(HELLO, "k")
    assert caught.value.words == "nein"


def test_a_repetition_at_a_dead_server_is_uncertain(dead_address: str) -> None:
    with pytest.raises(Uncertain):
        adapter_at(dead_address).repeat(HELLO, "k")


@pytest.mark.parametrize("version", ["4.6.0", "4.7.1"])
def test_versions_that_answer_500_to_a_known_key_are_settled_by_searching(tmp_path: Path, version: str) -> None:
    with running(tmp_path / "state.sqlite3", mastodon_version=version) as practice:
        network = new_account(practice, "mastodon", tmp_path / "staging")
        adapter = adapter_of(network)
        prepared, since = adapter.prepare(HELLO.part), datetime.now(UTC)
        network.set_fault(Fault(FaultKind.ERROR_AFTER))
        with pytest.raises(Uncertain):
            adapter.commit(prepared, "k")
        with pytest.raises(Uncertain):
            adapter.repeat(prepared, "k")
        found = adapter.find(prepared, since)
        adapter.close()
        assert found is not None
        assert [post.id for post in network.posts()] == [found.id]


def adapter_of(network: PracticeNetwork) -> Any:
    from kanal.platforms.mastodon import Adapter

    return Adapter(network.channel, network.credentials)


def listing(*statuses: Mapping[str, Any]) -> dict[str, Reply | Callable[[Asked], Reply]]:
    return {LIST: lambda asked: as_json([] if "max_id" in asked.path else statuses)}


@pytest.mark.parametrize(
    "content",
    [
        "<p>Heute &amp; morgen:<br>Fest am Rathaus</p>",
        "<p>Heute &amp; morgen:<br/>Fest am Rathaus</p>",
        "<p>Heute &#38; morgen:<br />Fest am <span>Rathaus</span></p>",
    ],
)
def test_a_status_is_recognised_in_its_html(content: str) -> None:
    part = Part("Heute & morgen:\nFest am Rathaus", "de")
    with loopback(answering(listing(status(content=content)))) as server:
        found = adapter_at(server.url).find(Prepared(part), NOON)
    assert found is not None
    assert found.url == "https://social.example/@landkreis/1"
    assert found.at == NOON


def link_html(path: str) -> str:
    return (
        '<p>Neue Stellen: <a href="https://www.beispiel-landkreis.de/' + path + '" rel="nofollow">'
        '<span class="invisible">https://www.</span><span class="">beispiel-landkreis.de/' + path + "</span></a></p>"
    )


@pytest.mark.parametrize(("path", "found"), [("stellen/17", True), ("stellen/16", False)])
def test_two_posts_that_differ_in_their_link_only_are_told_apart(path: str, found: bool) -> None:
    part = Part("Neue Stellen: https://www.beispiel-landkreis.de/stellen/17", "de")
    with loopback(answering(listing(status(content=link_html(path))))) as server:
        assert bool(adapter_at(server.url).find(Prepared(part), NOON)) is found


@pytest.mark.parametrize(("language", "found"), [("de", True), (None, True), ("en", False)])
def test_the_language_must_agree_where_the_server_tells_it(language: str | None, found: bool) -> None:
    part = Part("Hallo", "de-AT")
    with loopback(answering(listing(status(language=language)))) as server:
        assert bool(adapter_at(server.url).find(Prepared(part), NOON)) is found


def test_a_post_with_the_same_text_and_another_alternative_text_is_for_a_person(tmp_path: Path) -> None:
    from kanal.platforms.mastodon import Adapter

    part = Writer(Adapter.limits, tmp_path).write("Hallo", pictures=1)
    other = status(media_attachments=[{"id": "5", "type": "image", "description": "Etwas anderes"}])
    with loopback(answering(listing(other))) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).find(Prepared(part), NOON)
    assert caught.value.needs_person
    assert caught.value.words == "https://social.example/@landkreis/1"


def test_the_right_pictures_win_over_others_with_the_same_text(tmp_path: Path) -> None:
    from kanal.platforms.mastodon import Adapter

    part = Writer(Adapter.limits, tmp_path).write("Hallo", pictures=1)
    right = status(number=1, media_attachments=[{"id": "5", "type": "image", "description": part.media[0].alt}])
    with loopback(answering(listing(status(number=2), right))) as server:
        found = adapter_at(server.url).find(Prepared(part), NOON)
    assert found is not None
    assert found.id == "1"


def test_a_post_from_before_the_claim_is_not_it_but_a_clock_may_be_five_minutes_fast() -> None:
    with loopback(answering(listing(status(created_at="2026-11-22T12:00:00.000Z")))) as server:
        adapter = adapter_at(server.url)
        assert adapter.find(HELLO, NOON + timedelta(minutes=4)) is not None
        assert adapter.find(HELLO, NOON + timedelta(minutes=6)) is None


def pages_of(total: int) -> Any:
    def page(asked: Asked) -> Reply:
        query = parse_qs(urlsplit(asked.path).query)
        newest = int(query.get("max_id", [str(total + 1)])[0]) - 1
        numbers = range(newest, max(newest - 40, 0), -1)
        return as_json([status("Hallo" if number == 1 else f"Nr. {number}", number) for number in numbers])

    return {LIST: page}


def test_older_pages_are_searched_too() -> None:
    with loopback(answering(pages_of(100))) as server:
        found = adapter_at(server.url).find(HELLO, NOON)
    assert found is not None
    assert found.id == "1"


def test_not_there_is_never_said_of_posts_that_were_not_seen() -> None:
    with loopback(answering(pages_of(1000))) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).find(HELLO, NOON)
    assert caught.value.needs_person


def test_a_token_of_another_account_finds_nothing_but_says_so() -> None:
    stranger = as_json({"id": "8", "username": "jemand", "acct": "jemand"})
    spoilt = {"GET /api/v1/accounts/verify_credentials": stranger}
    with loopback(answering(spoilt)) as server, pytest.raises(Unavailable, match="jemand") as caught:
        adapter_at(server.url).find(HELLO, NOON)
    assert caught.value.needs_person


@pytest.mark.parametrize("code", [401, 422, 429, 500])
def test_a_search_that_fails_is_unavailable_and_not_the_answer_no(code: int) -> None:
    with loopback(answering({LIST: as_json({"error": "nein"}, code)})) as server, pytest.raises(Unavailable):
        adapter_at(server.url).find(HELLO, NOON)


@pytest.mark.parametrize("where", ["GET /api/v1/accounts/verify_credentials", LIST])
@pytest.mark.parametrize("content", [["nein"], "nein", None, {"error": "nein"}])
def test_an_answer_that_no_mastodon_gives_is_not_the_answer_no(where: str, content: object) -> None:
    with loopback(answering({where: as_json(content)})) as server, pytest.raises(Unavailable):
        adapter_at(server.url).find(HELLO, NOON)


@pytest.fixture
def odd_instances() -> Iterator[Mapping[str, Any]]:
    return iter(
        (
            {"configuration": None},
            {"configuration": {"statuses": {"max_characters": "viele"}, "media_attachments": []}},
            {"configuration": {"media_attachments": {"supported_mime_types": None, "image_size_limit": -1}}},
        )
    )


def test_malformed_numbers_of_a_server_fall_back_to_the_usual(odd_instances: Iterator[Mapping[str, Any]]) -> None:
    from kanal.platforms.mastodon import Adapter

    for instance in odd_instances:
        usual = Adapter.limits._replace(expresses=Adapter.limits.expresses - {Extra.QUOTE})
        assert read_server(instance).limits(Adapter.limits) == usual, "who knows whether it knows quotations"
