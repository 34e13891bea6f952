"""Doubts at X: how a delivery is found among the account's own posts, whatever X made of its text."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest

from kanal.errors import Unavailable
from kanal.model import Part, Prepared
from kanal.platforms.x import Adapter
from kanal.sandbox.server import running
from kanal.testing.loopback import Asked, Reply, as_json, loopback
from kanal.testing.parts import Writer
from kanal.testing.practice import new_account
from tests.platforms.x_server import LIST, adapter_at, answering, post

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HELLO = Prepared(Part("Hallo", "de"))
JOBS = "Neue Stellen: https://www.beispiel-landkreis.de/stellen/17"


def found_in(posts: list[Mapping[str, Any]], part: Part, **answer: Any) -> Any:
    with loopback(answering({LIST: as_json({"data": posts, **answer})})) as server:
        return adapter_at(server.url).find(Prepared(part), NOON)


def linked(*links: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"urls": [{"url": short, "expanded_url": full, **more} for short, full in links]}


def test_the_receipt_has_the_time_and_the_address_of_the_post() -> None:
    found = found_in([post()], HELLO.part)
    assert (found.id, found.url, found.at) == ("1", "https://x.com/landkreis/status/1", NOON)


def test_escaped_characters_are_recognised() -> None:
    assert found_in([post("Fest &amp; Markt &lt;am&gt; Rathaus")], Part("Fest & Markt <am> Rathaus", "de"))


@pytest.mark.parametrize(("number", "found"), [("17", True), ("16", False)])
def test_posts_that_differ_in_their_shortened_link_only_are_told_apart(number: str, found: bool) -> None:
    entities = linked(("https://t.co/aBc123", f"https://www.beispiel-landkreis.de/stellen/{number}"))
    listed = post("Neue Stellen: https://t.co/aBc123", entities=entities)
    assert bool(found_in([listed], Part(JOBS, "de"))) is found


def test_a_shortened_link_without_its_address_is_not_held_against_a_post() -> None:
    assert found_in([post("Neue Stellen: https://t.co/aBc123")], Part(JOBS, "de"))


def test_an_address_that_x_wrote_in_another_way_is_not_held_against_a_post() -> None:
    part = Part("Neue Stellen: https://www.beispiel-landkreis.de/süd", "de")
    entities = linked(("https://t.co/aBc123", "https://www.beispiel-landkreis.de/s%C3%BCd"))
    assert found_in([post("Neue Stellen: https://t.co/aBc123", entities=entities)], part)


def test_a_bare_domain_that_x_made_a_link_is_recognised() -> None:
    entities = linked(("https://t.co/aBc123", "http://beispiel-landkreis.de"))
    listed = post("Mehr auf https://t.co/aBc123.", entities=entities)
    assert found_in([listed], Part("Mehr auf beispiel-landkreis.de.", "de"))


@pytest.mark.parametrize(
    "picture",
    [
        {"expanded_url": "https://x.com/landkreis/status/1/photo/1"},
        {"expanded_url": "https://example.org", "media_key": "3_77"},
    ],
)
def test_the_link_that_x_adds_for_pictures_is_not_part_of_the_text(picture: dict[str, str], tmp_path: Path) -> None:
    part = Writer(Adapter.limits, tmp_path).write("Hallo", pictures=1)
    listed = post(
        "Hallo https://t.co/pic",
        entities={"urls": [{"url": "https://t.co/pic", **picture}]},
        attachments={"media_keys": ["3_77"]},
    )
    media = [{"media_key": "3_77", "type": "photo", "alt_text": part.media[0].alt}]
    assert found_in([listed], part, includes={"media": media})


def test_a_post_with_the_same_text_and_other_pictures_is_for_a_person(tmp_path: Path) -> None:
    part = Writer(Adapter.limits, tmp_path).write("Hallo", pictures=1)
    with pytest.raises(Unavailable) as caught:
        found_in([post("Hallo")], part)
    assert caught.value.needs_person
    assert caught.value.words == "https://x.com/landkreis/status/1"


def test_only_posts_since_the_claim_are_asked_for_with_some_minutes_for_a_fast_clock() -> None:
    with loopback(answering()) as server:
        assert adapter_at(server.url).find(HELLO, NOON) is None
    query = parse_qs(urlsplit(server.asked[-1].path).query)
    assert query["start_time"] == ["2026-11-22T11:55:00Z"]
    assert query["max_results"] == ["100"]


def test_older_pages_are_searched_too() -> None:
    def page(asked: Asked) -> Reply:
        if "pagination_token=p2" in asked.path:
            return as_json({"data": [post("Hallo", 1)], "meta": {}})
        return as_json({"data": [post("Anderes", 2)], "meta": {"next_token": "p2"}})

    with loopback(answering({LIST: page})) as server:
        found = adapter_at(server.url).find(HELLO, NOON)
    assert found is not None
    assert found.id == "1"


def test_not_there_is_never_said_of_posts_that_were_not_seen() -> None:
    endless = as_json({"data": [post("Anderes")], "meta": {"next_token": "weiter"}})
    with loopback(answering({LIST: endless})) as server, pytest.raises(Unavailable):
        adapter_at(server.url).find(HELLO, NOON)
    assert server.paths("GET").count("/2/users/42/tweets") == 5


def test_the_account_is_asked_for_only_once() -> None:
    with loopback(answering()) as server:
        adapter = adapter_at(server.url)
        adapter.find(HELLO, NOON)
        adapter.find(HELLO, NOON)
    assert server.paths("GET").count("/2/users/me") == 1


def test_credentials_of_another_account_find_nothing_but_say_so() -> None:
    stranger = as_json({"data": {"id": "43", "username": "jemand"}})
    with loopback(answering({"GET /2/users/me": stranger})) as server, pytest.raises(Unavailable, match="jemand"):
        adapter_at(server.url).find(HELLO, NOON)


def test_a_network_that_insists_on_its_new_names_is_asked_in_them() -> None:
    def listing(asked: Asked) -> Reply:
        if "tweet.fields" in asked.path:
            return as_json({"errors": [{"message": "The query parameter [tweet.fields] is not one of"}]}, 400)
        return as_json({"data": [post()]})

    with loopback(answering({LIST: listing})) as server:
        assert adapter_at(server.url).find(HELLO, NOON) is not None
    assert "post.fields=created_at" in server.asked[-1].path


@pytest.mark.parametrize("code", [400, 401, 403, 429, 500])
def test_a_search_that_fails_is_unavailable_and_not_the_answer_no(code: int) -> None:
    with loopback(answering({LIST: as_json({"detail": "nein"}, code)})) as server, pytest.raises(Unavailable):
        adapter_at(server.url).find(HELLO, NOON)


@pytest.mark.parametrize("content", [[], "nein", {"errors": [{"detail": "nein"}]}])
def test_a_listing_that_cannot_be_read_is_not_the_answer_no(content: object) -> None:
    with loopback(answering({LIST: as_json(content)})) as server, pytest.raises(Unavailable):
        adapter_at(server.url).find(HELLO, NOON)


@pytest.mark.parametrize("naming", ["post", "tweet"])
def test_both_namings_of_x_are_read(tmp_path: Path, naming: Literal["post", "tweet"]) -> None:
    with running(tmp_path / "practice.sqlite3", x_naming=naming) as practice:
        network = new_account(practice, "x", tmp_path)
        adapter = Adapter(network.channel, network.credentials)
        prepared, since = adapter.prepare(Writer(Adapter.limits, tmp_path).write(pictures=2)), datetime.now(UTC)
        receipt = adapter.commit(prepared, "k")
        found = adapter.find(prepared, since)
        adapter.close()
    assert found is not None
    assert (found.id, found.url) == (receipt.id, receipt.url)
