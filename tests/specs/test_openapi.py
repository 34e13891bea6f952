import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from .exchanges import exchange, sent_as_form, sent_as_json, sent_as_parts
from .openapi import Correction, Dialect, OpenApi

NOTE = {
    "type": "object",
    "required": ["id", "text"],
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9]+$"},
        "text": {"type": "string", "nullable": True},
        "marks": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Tag"}},
        "at": {"type": "string", "format": "date-time"},
        "page": {"type": "string", "format": "uri"},
        "weight": {"type": "integer", "minimum": 0, "exclusiveMinimum": True},
        "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}},
    },
}
TAG = {
    "type": "object",
    "properties": {"name": {"type": "string"}},
    "discriminator": {"propertyName": "name", "mapping": {"place": "#/components/schemas/Place"}},
}
PLACE = {"allOf": [{"$ref": "#/components/schemas/Tag"}, {"properties": {"town": {"type": "string"}}}]}
NEW = {
    "oneOf": [
        {
            "type": "object",
            "required": ["text"],
            "properties": {
                "text": {"type": "string"},
                "loud": {"type": "boolean"},
                "poll": {"type": "object", "properties": {"days": {"type": "integer"}}},
            },
        },
        {
            "type": "object",
            "required": ["pictures"],
            "properties": {"pictures": {"type": "array", "items": {"type": "string"}}, "text": {"type": "string"}},
        },
    ]
}
UPLOAD = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}, "alt": {"type": "string"}},
    "additionalProperties": False,
}
SPEC: dict[str, Any] = {
    "openapi": "3.0.0",
    "security": [{"Bearer": []}],
    "paths": {
        "/notes/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "get": {
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}}
                }
            },
        },
        "/notes/mine": {"get": {"security": [], "responses": {"2XX": {"description": "nothing to say"}}}},
        "/notes": {
            "get": {
                "parameters": [
                    {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer", "maximum": 40}},
                    {
                        "name": "show",
                        "in": "query",
                        "explode": False,
                        "schema": {"type": "array", "items": {"type": "string", "enum": ["text", "at"]}},
                    },
                    {"name": "only", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}},
                ],
                "responses": {"default": {"description": "anything"}},
            },
            "post": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": NEW}}},
                "responses": {"201": {"description": "made"}},
            },
        },
        "/files": {
            "post": {
                "parameters": [{"name": "X-Size", "in": "header", "required": True, "schema": {"type": "integer"}}],
                "requestBody": {"content": {"multipart/form-data": {"schema": UPLOAD}}},
                "responses": {"200": {"description": "taken"}},
            }
        },
    },
    "components": {"schemas": {"Note": NOTE, "Tag": TAG, "Place": PLACE}},
}


@pytest.fixture
def spec_file(tmp_path: Path) -> Path:
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(SPEC), encoding="utf-8")
    return file


def asked(spec_file: Path, request: str, dialect: Dialect | None = None, **details: Any) -> list[str]:
    return list(OpenApi.load(spec_file, dialect).request_violations(exchange(request, **details)))


def uploaded(spec_file: Path, parts: dict[str, Any], *headers: tuple[str, str]) -> list[str]:
    sent = exchange("POST /files", **parts)
    return list(
        OpenApi.load(spec_file).request_violations(replace(sent, request_headers=sent.request_headers + headers))
    )


def answered(spec_file: Path, answer: Any, request: str = "GET /notes/1", **details: Any) -> list[str]:
    return list(OpenApi.load(spec_file).answer_violations(exchange(request, answer=answer, **details)))


@pytest.mark.parametrize(
    ("request_line", "words"),
    [
        ("GET /nodes?limit=3", "GET /nodes is not in the specification"),
        ("PUT /notes?limit=3", "PUT /notes is not in the specification"),
        ("GET /notes/seven", "path parameter “id” does not take 'seven'"),
        ("GET /notes", "query parameter “limit” is missing"),
        ("GET /notes?limit=41", "query parameter “limit” does not take '41'"),
        ("GET /notes?limit=some", "query parameter “limit” does not take 'some'"),
        ("GET /notes?limit=3&since=1", "query parameter “since” is not in the specification"),
        ("GET /notes?limit=3&show=text,mood", "query parameter “show” does not take 'text, mood'"),
        ("GET /notes?limit=3&only=1&only=x", "query parameter “only” does not take '1, x'"),
    ],
)
def test_a_wrong_address_is_found(spec_file: Path, request_line: str, words: str) -> None:
    assert asked(spec_file, request_line) == [words]


@pytest.mark.parametrize(
    "request_line",
    ["GET /notes/7", "GET /notes?limit=40", "GET /notes?limit=3&show=text,at", "GET /notes?limit=3&only[]=1&only[]=2"],
)
def test_a_right_address_passes(spec_file: Path, request_line: str) -> None:
    assert asked(spec_file, request_line) == []


def test_a_literal_path_wins_over_a_template(spec_file: Path) -> None:
    assert asked(spec_file, "GET /notes/mine", logged_in=False) == []


def test_a_request_without_authorization_is_found(spec_file: Path) -> None:
    [words] = asked(spec_file, "GET /notes/7", logged_in=False)
    assert "Authorization" in words


@pytest.mark.parametrize("value", [{"text": "a", "loud": True}, {"pictures": ["1"]}])
def test_a_right_json_body_passes(spec_file: Path, value: object) -> None:
    assert asked(spec_file, "POST /notes", **sent_as_json(value)) == []


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ({"text": "a", "mood": "good"}, "mood"),
        ({"text": "a", "loud": "very"}, "loud"),
        ({"loud": True}, "text"),
        ({"text": "a", "poll": {"hours": 3}}, "hours"),
        ({"text": "a", "pictures": ["1"]}, "valid under each of"),
    ],
)
def test_a_wrong_json_body_is_found(spec_file: Path, value: object, word: str) -> None:
    assert word in " ".join(asked(spec_file, "POST /notes", **sent_as_json(value)))


def test_a_missing_body_is_found(spec_file: Path) -> None:
    assert asked(spec_file, "POST /notes") == ["the request carries no body"]


def test_an_unexpected_body_is_found(spec_file: Path) -> None:
    [words] = asked(spec_file, "GET /notes/7", **sent_as_json({}))
    assert "does not know" in words


def test_broken_json_is_found(spec_file: Path) -> None:
    [words] = asked(spec_file, "POST /notes", body=b"{", kind="application/json")
    assert "not JSON" in words


def test_a_form_is_refused_where_json_is_documented(spec_file: Path) -> None:
    [words] = asked(spec_file, "POST /notes", **sent_as_form(("text", "a")))
    assert "application/x-www-form-urlencoded" in words


def test_a_form_is_read_as_json_where_the_dialect_says_so(spec_file: Path) -> None:
    fields = sent_as_form(("text", "12"), ("loud", "0"), ("poll[days]", "3"))
    assert asked(spec_file, "POST /notes", Dialect(forms_as_json=True), **fields) == []


@pytest.mark.parametrize("field", [("mood", "good"), ("loud", "very"), ("poll[hours]", "3"), ("poll[days]", "many")])
def test_a_wrong_form_field_is_found(spec_file: Path, field: tuple[str, str]) -> None:
    assert asked(spec_file, "POST /notes", Dialect(forms_as_json=True), **sent_as_form(("text", "a"), field))


def test_overlapping_bodies_pass_only_where_the_dialect_says_so(spec_file: Path) -> None:
    fields = sent_as_json({"text": "a", "pictures": ["1"]})
    assert asked(spec_file, "POST /notes", Dialect(overlapping_bodies=True), **fields) == []


def test_a_trailing_slash_passes_only_where_the_dialect_says_so(spec_file: Path) -> None:
    assert asked(spec_file, "GET /notes/7/", Dialect(trailing_slash=True)) == []
    assert asked(spec_file, "GET /notes/7/") == ["GET /notes/7/ is not in the specification"]


def test_the_document_is_corrected_where_the_dialect_says_so(spec_file: Path) -> None:
    mood = Correction("#/components/schemas/Note/properties/mood", {"type": "string"})
    loud = Correction("#/components/schemas/Note/required/-", "mood")
    spec = OpenApi.load(spec_file, Dialect(corrections=(mood, loud)))
    right = exchange("GET /notes/1", answer={"id": "1", "text": "a", "mood": "good"})
    wrong = exchange("GET /notes/1", answer={"id": "1", "text": "a"})
    assert list(spec.answer_violations(right)) == []
    assert "mood" in " ".join(spec.answer_violations(wrong))


def test_a_file_upload_passes(spec_file: Path) -> None:
    parts = sent_as_parts(("alt", "Rot, grün\r\nund blau"), file=("file", b"\x89PNG\r\n\x00\xff"))
    assert uploaded(spec_file, parts, ("x-size", "7")) == []


def test_a_missing_header_is_found(spec_file: Path) -> None:
    assert uploaded(spec_file, sent_as_parts(file=("file", b"1"))) == ["header “X-Size” is missing"]


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        (sent_as_parts(("file", "no file")), "must be sent as a file"),
        (sent_as_parts(("x", "1"), file=("file", b"1")), "x"),
        (sent_as_parts(("alt", "a")), "'file' is a required property"),
        (sent_as_parts(file=("alt", b"1")), "“alt” must not be sent as a file"),
    ],
)
def test_a_wrong_file_upload_is_found(spec_file: Path, parts: dict[str, Any], word: str) -> None:
    assert word in " ".join(uploaded(spec_file, parts, ("X-Size", "7")))


@pytest.mark.parametrize(
    "answer",
    [
        {"id": "1", "text": None},
        {"id": "1", "text": "a", "at": "2026-11-22T10:00:00Z", "page": "https://a.example/", "weight": 1},
        {"id": "1", "text": "a", "tags": [{"name": "place", "town": "b"}], "marks": {"any": {"name": "b"}}},
    ],
)
def test_a_right_answer_passes(spec_file: Path, answer: object) -> None:
    assert answered(spec_file, answer) == []


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ({"id": "1"}, "'text' is a required property"),
        ({"id": 1, "text": "a"}, ".id"),
        ({"id": "a", "text": "a"}, ".id"),
        ({"id": "1", "text": "a", "at": "2026-11-22T10:00:00"}, ".at"),
        ({"id": "1", "text": "a", "page": "no address"}, ".page"),
        ({"id": "1", "text": "a", "weight": 0}, ".weight"),
        ({"id": "1", "text": "a", "weight": None}, ".weight"),
        ({"id": "1", "text": "a", "mood": "good"}, "“mood” is not in the specification"),
        ({"id": "1", "text": "a", "tags": [{"name": "b", "size": 1}]}, ".tags[0]: “size”"),
        ({"id": "1", "text": "a", "marks": {"any": {"size": 1}}}, ".marks.any: “size”"),
        ([], "is not of type 'object'"),
    ],
)
def test_a_wrong_answer_is_found(spec_file: Path, answer: object, word: str) -> None:
    assert word in " ".join(answered(spec_file, answer))


def test_an_answer_that_is_not_what_it_says_is_found(spec_file: Path) -> None:
    [words] = answered(spec_file, {"id": "1", "text": "a"}, broken=True)
    assert "not JSON" in words


def test_an_unknown_status_is_found(spec_file: Path) -> None:
    assert answered(spec_file, {}, status=404) == ["status 404 is not in the specification"]


def test_a_status_of_a_known_range_passes(spec_file: Path) -> None:
    assert answered(spec_file, {}, "GET /notes/mine", status=204) == []


def test_an_answer_of_another_type_is_found(spec_file: Path) -> None:
    [words] = answered(spec_file, {"id": "1", "text": "a"}, answer_kind="text/html; charset=utf-8")
    assert "text/html" in words


def test_version_3_1_keeps_null_as_a_type(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    text = {"type": ["string", "null"]}
    newer = {**SPEC, "openapi": "3.1.0", "components": {"schemas": {"Note": {"properties": {"text": text}}}}}
    file.write_text(json.dumps(newer), encoding="utf-8")
    assert answered(file, {"text": None}) == []
    assert answered(file, {"text": 1})
