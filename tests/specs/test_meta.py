import json
from pathlib import Path
from typing import Any

import pytest

from .exchanges import exchange, sent_as_form, sent_as_parts
from .meta import Beyond, MetaSpecs

PAGE = {
    "apis": [
        {
            "method": "POST",
            "endpoint": "photos",
            "return": "Photo",
            "params": [
                {"name": "published", "type": "bool", "required": False},
                {"name": "when", "type": "datetime", "required": False},
                {"name": "count", "type": "unsigned int", "required": True},
                {"name": "tags", "type": "list<int>", "required": False},
                {"name": "place", "type": "Object", "required": False},
                {"name": "mood", "type": "mood_enum_param", "required": False},
            ],
        },
        {"method": "GET", "endpoint": "posts", "return": "PagePost", "params": []},
        {"method": "GET", "name": "#get", "return": "Page", "params": []},
    ],
    "fields": [{"name": "id", "type": "string"}, {"name": "fans", "type": "unsigned int"}],
}
POST = {
    "apis": [
        {"method": "GET", "name": "#get", "return": "PagePost", "params": []},
        {"method": "DELETE", "name": "#delete", "return": "Object", "params": []},
        {"method": "GET", "endpoint": "comments", "return": "Comment", "params": []},
    ],
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "created_time", "type": "datetime"},
        {"name": "tags", "type": "list<string>"},
        {"name": "place", "type": "Place"},
    ],
}
NOTHING: dict[str, list[object]] = {"apis": [], "fields": []}


@pytest.fixture
def specs(tmp_path: Path) -> MetaSpecs:
    files: dict[str, object] = {
        "Page": PAGE,
        "PagePost": POST,
        "enum_types": [{"name": "mood_enum_param", "values": ["GOOD"]}],
    }
    for name in ("Photo", "AdVideo", "IGUser", "ShadowIGMediaBuilder", "IGMedia", "ContentPublishingLimitResponse"):
        files[name] = NOTHING
    for name, contents in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(contents), encoding="utf-8")
    beyond = Beyond(
        steps={},
        uploads=("/ig-api-upload/", frozenset({"offset"}), {"success": "bool"}),
        parameters={"GET": {"fields": "list<string>", "ids": "list<string>"}, "POST Page/photos": {"source": "file"}},
        fields={"POST Page/photos": {"post_id": "string"}, "DELETE PagePost/": {"deleted_id": "string"}},
        results={"POST Page/photos": "PagePost"},
    )
    return MetaSpecs(tmp_path, beyond)


def asked(specs: MetaSpecs, request: str, **details: Any) -> list[str]:
    return specs.request_violations(exchange(request, platform="facebook", **details))


def answered(specs: MetaSpecs, request: str, answer: Any, **details: Any) -> list[str]:
    return specs.answer_violations(exchange(request, platform="facebook", answer=answer, **details))


@pytest.mark.parametrize(
    "field",
    [
        ("published", "false"),
        ("when", "1790000000"),
        ("when", "2026-11-22T10:00:00+0000"),
        ("tags", "1,2"),
        ("tags", "[1, 2]"),
        ("tags[0]", "1"),
        ("place", '{"id": "1"}'),
        ("place", "123"),
        ("mood", "GOOD"),
    ],
)
def test_a_right_parameter_passes(specs: MetaSpecs, field: tuple[str, str]) -> None:
    assert asked(specs, "POST /v26.0/1/photos", **sent_as_form(("count", "1"), field)) == []


@pytest.mark.parametrize(
    "field",
    [
        ("published", "no"),
        ("when", "tomorrow"),
        ("count", "-1"),
        ("tags", "a,b"),
        ("tags[0]", "a"),
        ("tags[a]", "1"),
        ("place", "here"),
        ("mood", "BAD"),
        ("language", "de"),
        ("source", "no file"),
    ],
)
def test_a_wrong_parameter_is_found(specs: MetaSpecs, field: tuple[str, str]) -> None:
    [words] = asked(specs, "POST /v26.0/1/photos", **sent_as_form(("count", "1"), field))
    assert field[0] in words


def test_a_missing_parameter_is_found(specs: MetaSpecs) -> None:
    assert asked(specs, "POST /v26.0/1/photos", **sent_as_form()) == ["parameter “count” is missing"]


def test_a_body_that_is_not_what_it_says_is_found(specs: MetaSpecs) -> None:
    found = asked(specs, "POST /1/photos?count=1", body=b"no parts", kind="multipart/form-data; boundary=line")
    assert len(found) == 1
    assert "not multipart" in found[0]


def test_an_answer_that_is_not_what_it_says_is_found(specs: MetaSpecs) -> None:
    [words] = answered(specs, "GET /1", {"id": "1"}, broken=True)
    assert "not JSON" in words


def test_a_file_is_taken_only_where_a_file_is_meant(specs: MetaSpecs) -> None:
    assert asked(specs, "POST /1/photos", **sent_as_parts(("count", "1"), file=("source", b"1"))) == []
    assert asked(specs, "POST /1/photos", **sent_as_parts(("count", "1"), file=("mood", b"1")))


@pytest.mark.parametrize("request_line", ["POST /1/posts", "GET /1/videos", "GET /1/posts/2"])
def test_an_unknown_edge_is_found(specs: MetaSpecs, request_line: str) -> None:
    assert asked(specs, request_line) == [f"{request_line} is not in the specification"]


def test_a_request_without_a_token_is_found(specs: MetaSpecs) -> None:
    assert asked(specs, "GET /1", logged_in=False) == ["the request carries no token"]


def test_asked_fields_are_those_of_the_list_entries(specs: MetaSpecs) -> None:
    assert asked(specs, "GET /1/posts?fields=id,created_time,comments.limit(0){id,text}") == []
    assert asked(specs, "GET /1/posts?fields=id,fans") == ["field “fans” of PagePost is not in the specification"]


def test_a_right_list_passes(specs: MetaSpecs) -> None:
    entry = {"id": "1", "created_time": "2026-11-22T10:00:00+0000", "tags": ["a"], "place": {"name": "b"}}
    answer = {"data": [entry], "paging": {}}
    assert answered(specs, "GET /1/posts?fields=id,created_time,tags,place", answer) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"id": 1},
        {"created_time": "today"},
        {"tags": "a"},
        {"tags": [1]},
        {"place": "b"},
        {"fans": 3},
    ],
)
def test_a_wrong_entry_of_a_list_is_found(specs: MetaSpecs, entry: dict[str, object]) -> None:
    [words] = answered(specs, "GET /1/posts", {"data": [entry]})
    assert next(iter(entry)) in words


def test_a_field_nobody_asked_for_is_found(specs: MetaSpecs) -> None:
    [words] = answered(specs, "GET /1/posts?fields=id", {"data": [{"id": "1", "tags": []}]})
    assert "tags" in words


@pytest.mark.parametrize("answer", [[], {"data": {}}, {"data": [3]}, {"data": [], "next": "x"}])
def test_something_else_than_a_list_is_found(specs: MetaSpecs, answer: object) -> None:
    assert answered(specs, "GET /1/posts", answer)


def test_an_edge_comes_as_a_list_when_asked_for_like_a_field(specs: MetaSpecs) -> None:
    assert answered(specs, "GET /1/posts?fields=id,comments", {"data": [{"id": "1", "comments": {"data": []}}]}) == []
    assert answered(specs, "GET /1/posts?fields=id,comments", {"data": [{"id": "1", "comments": 3}]})


def test_what_was_made_can_be_read_at_once(specs: MetaSpecs) -> None:
    request = "POST /1/photos?fields=id,tags"
    assert asked(specs, request, **sent_as_form(("count", "1"))) == [
        "parameter “fields” of POST Page/photos is not in the specification"
    ]
    assert answered(specs, request, {"id": "1", "tags": ["a"]}) == []
    assert answered(specs, request, {"id": "1", "fans": 3})


def test_several_nodes_come_by_id(specs: MetaSpecs) -> None:
    assert answered(specs, "GET /v26.0/?ids=1,2", {"1": {"tags": []}, "2": {"tags": []}}) == []
    assert answered(specs, "GET /v26.0/?ids=1,2", {"1": {"tags": []}, "2": {"colour": "red"}})


@pytest.mark.parametrize(
    ("answer", "count"),
    [({"id": "1"}, 0), ({"id": "1", "post_id": "1_2"}, 0), ({"post_id": "1_2"}, 1), ({"id": "1", "url": "x"}, 1)],
)
def test_a_created_node_is_named(specs: MetaSpecs, answer: object, count: int) -> None:
    assert len(answered(specs, "POST /1/photos", answer)) == count


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ({"success": True}, 0),
        ({"success": True, "deleted_id": "1_2"}, 0),
        ({"success": True, "deleted_id": 12}, 1),
        ({"success": False}, 1),
        ({}, 1),
    ],
)
def test_a_deletion_says_that_it_succeeded(specs: MetaSpecs, answer: object, count: int) -> None:
    assert len(answered(specs, "DELETE /1_2", answer)) == count


@pytest.mark.parametrize(
    ("error", "count"),
    [
        ({"message": "no", "type": "OAuthException", "code": 190, "error_subcode": 463, "fbtrace_id": "a"}, 0),
        ({"message": "no", "type": "OAuthException"}, 1),
        ({"message": "no", "type": "OAuthException", "code": "190"}, 1),
        ({"message": "no", "type": "OAuthException", "code": 190, "reason": "x"}, 1),
    ],
)
def test_an_error_has_metas_shape(specs: MetaSpecs, error: object, count: int) -> None:
    assert len(answered(specs, "GET /1", {"error": error}, status=400)) == count


def test_an_error_without_its_object_is_found(specs: MetaSpecs) -> None:
    assert answered(specs, "GET /1", {"message": "no"}, status=400)
