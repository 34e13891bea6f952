"""What Meta tells of a token, whatever shape it has; where it tells nothing, nothing is claimed."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kanal.errors import Unavailable
from kanal.graph import Graph
from kanal.graph.tokens import TokenFacts, facts_of
from kanal.graph.verifying import verify_account, verify_page
from kanal.graph.versions import UNTIL, version_in
from kanal.model import Secret
from kanal.testing.loopback import Asked, Reply, as_json, loopback
from kanal.verification import ENDLESS, Allowance, ApiVersion, Validity

TOKEN = "EAAtest-token-0123456789"
PAGE = "104711"
GRANTED = ["pages_manage_posts", "public_profile"]
REFUSED = {"error": {"message": "(#100) You must provide an app access token", "type": "OAuthException", "code": 100}}


@contextmanager
def meta(nodes: Mapping[str, Any], told: Any, *, status: int = 200) -> Iterator[tuple[Graph, list[Asked]]]:
    """A Graph that knows some nodes by their path, and answers a batch with what is `told` of the token."""

    def answer(asked: Asked) -> Reply:
        path = asked.path.partition("?")[0].removeprefix("/v26.0")
        if asked.method == "POST":
            return as_json([{"code": status, "body": json.dumps(told)}])
        return as_json(nodes[path]) if path in nodes else as_json(REFUSED, 400)

    with loopback(answer) as server, closing(Graph(f"{server.url}/v26.0", Secret(TOKEN), usage_kind="pages")) as graph:
        yield graph, server.asked


def _facts(told: Any, *, status: int = 200) -> TokenFacts:
    with meta({}, told, status=status) as (graph, _):
        return facts_of(graph, PAGE, "pages_")


def test_the_token_stands_in_no_address() -> None:
    with meta({}, {"data": {"scopes": GRANTED}}) as (graph, asked):
        facts_of(graph, PAGE, "pages_")
    [one] = asked
    assert (one.method, one.path) == ("POST", "/v26.0/")
    assert TOKEN.encode() in one.body


def test_end_and_permissions_are_read() -> None:
    told = {"data": {"is_valid": True, "scopes": GRANTED, "expires_at": 1_800_000_000, "data_access_expires_at": 1}}
    until, reading = datetime.fromtimestamp(1_800_000_000, UTC), datetime.fromtimestamp(1, UTC)
    assert _facts(told) == TokenFacts(frozenset(GRANTED), Validity(until, reading))


def test_zero_stands_for_no_end() -> None:
    assert _facts({"data": {"scopes": [], "expires_at": 0}}) == TokenFacts(frozenset(), ENDLESS)


def test_a_permission_that_is_granted_for_other_pages_is_none() -> None:
    for targets, granted in ((["9"], {"public_profile"}), ([PAGE, "9"], {*GRANTED}), ([], {*GRANTED})):
        granular = [{"scope": "pages_manage_posts", "target_ids": targets}, {"scope": "other", "target_ids": ["9"]}]
        assert _facts({"data": {"scopes": GRANTED, "granular_scopes": granular}}).scopes == frozenset(granted)


@pytest.mark.parametrize("told", [{}, {"data": []}, {"data": {"scopes": "all"}}, {"data": {}}])
def test_what_is_told_in_another_shape_is_not_guessed(told: Any) -> None:
    assert _facts(told).scopes is None


def test_a_refusal_says_nothing_about_the_token() -> None:
    assert _facts(REFUSED, status=400) == TokenFacts()


def test_a_token_that_is_called_invalid_needs_a_person() -> None:
    with pytest.raises(Unavailable) as caught:
        _facts({"data": {"is_valid": False}})
    assert caught.value.needs_person


def test_a_temporary_error_leaves_the_question_open() -> None:
    with pytest.raises(Unavailable) as caught:
        _facts({"error": {"message": "later", "type": "OAuthException", "code": 2}}, status=500)
    assert not caught.value.needs_person


def test_a_page_is_known_by_its_number() -> None:
    for found, is_right in ((PAGE, True), ("9", False)):
        with meta({"/me": {"id": found, "name": "Landkreis"}}, {"data": {"scopes": GRANTED}}) as (graph, asked):
            told = verify_page(graph, PAGE)
        assert (told.account, told.name, told.is_right) == (found, "Landkreis", is_right)
        assert [one.method for one in asked] == (["GET", "POST"] if is_right else ["GET"])


def test_an_account_that_the_token_does_not_see_is_told_apart_by_the_one_that_it_sees() -> None:
    missing = {"error": {"message": "no", "type": "GraphMethodException", "code": 100, "error_subcode": 33}}

    def answer(asked: Asked) -> Reply:
        linked = {"id": "1", "name": "Seite", "instagram_business_account": {"id": "9"}}
        return as_json(linked) if "/me" in asked.path else as_json(missing, 400)

    with loopback(answer) as server:
        graph = Graph(f"{server.url}/v26.0", Secret(TOKEN), usage_kind="instagram")
        told = verify_account(graph, "17841")
        graph.close()
    assert (told.account, told.name, told.is_right, told.granted) == ("9", "Seite", False, None)


@pytest.mark.parametrize(
    ("limit", "allowance"),
    [
        ({"data": [{"quota_usage": 3, "config": {"quota_total": 50, "quota_duration": 86_400}}]}, Allowance(3, 50)),
        ({"data": []}, None),
        ({"data": [{"quota_usage": 3}]}, None),
        ({"data": "3"}, None),
    ],
)
def test_how_many_posts_are_left_is_read(limit: Any, allowance: Allowance | None) -> None:
    nodes = {"/17841": {"id": "17841", "username": "landkreis"}, "/17841/content_publishing_limit": limit}
    with meta(nodes, {"data": {"scopes": []}}) as (graph, _):
        told = verify_account(graph, "17841")
    assert (told.is_right, told.page, told.allowance) == (
        True,
        "https://www.instagram.com/landkreis/",
        allowance,
    )


@pytest.mark.parametrize(
    ("address", "version"),
    [
        ("https://graph.facebook.com/v26.0", ApiVersion("v26.0")),
        ("http://127.0.0.1:8803/v19.0/", ApiVersion("v19.0", date(2026, 5, 21))),
        ("https://graph.facebook.com/v2.12", ApiVersion("v2.12", UNTIL["v16.0"])),
        ("https://graph.facebook.com/v99.0", ApiVersion("v99.0", known=False)),
        ("https://graph.facebook.com", ApiVersion("", known=False)),
    ],
)
def test_the_version_stands_at_the_end_of_the_address(address: str, version: ApiVersion) -> None:
    assert version_in(address) == version


def test_later_versions_do_not_end_earlier() -> None:
    days = [day or date.max for day in UNTIL.values()]
    assert days == sorted(days)
