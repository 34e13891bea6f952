"""Validates requests and answers against an OpenAPI document (3.0 or 3.1).

Generic: it must not know any network. Where a published document is narrower than reality, `Dialect` says so; what a
network's dialect is, and why, stands in `tolerated.py`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from kanal.sandbox import Exchange

from .bodies import FORM, JSON, MULTIPART, UnreadableBody, Upload, grouped, header, media_type, read_fields, read_json
from .parameters import object_from, parameter_violations
from .schemas import Document

Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """A part of the document that is put right: `value` at `pointer`, whose last step “-” appends to a list."""

    pointer: str
    value: Any


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where the real server takes more than its document says."""

    forms_as_json: bool = False
    """A body that is documented as JSON may come as a form."""
    trailing_slash: bool = False
    """A path may end with a slash."""
    overlapping_bodies: bool = False
    """The alternatives (`oneOf`) of a request body overlap, so that more than one may fit."""
    corrections: Sequence[Correction] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path template, and the values that the path gave its parameters."""

    template: str
    path: Part
    definition: Part
    arguments: Mapping[str, str]


class OpenApi:
    """A specification that exchanges can be held against."""

    def __init__(self, document: Document, dialect: Dialect | None = None) -> None:
        self.document = document
        self.dialect = dialect or Dialect()
        for correction in self.dialect.corrections:
            document.put(correction.pointer, correction.value)
        self._templates = [(_pattern(template), template) for template in _most_literal_first(document)]

    @classmethod
    def load(cls, file: Path, dialect: Dialect | None = None) -> "OpenApi":
        return cls(Document.load(file), dialect)

    def request_violations(self, exchange: Exchange) -> Iterator[str]:
        """What is wrong with the request."""
        operation = self._operation(exchange)
        if operation is None:
            yield f"{exchange.method} {exchange.path} is not in the specification"
            return
        yield from self._parameters(operation, exchange)
        if self._needs_login(operation) and not header(exchange.request_headers, "Authorization"):
            yield "the request carries no Authorization, which the specification demands"
        yield from self._request_body(operation, exchange)

    def answer_violations(self, exchange: Exchange) -> Iterator[str]:
        """What is wrong with the answer; nothing for a request that is unknown itself."""
        operation = self._operation(exchange)
        if operation is None:
            return
        responses = operation.definition["responses"]
        status = str(exchange.status)
        response = responses.get(status) or responses.get(f"{status[0]}XX") or responses.get("default")
        if response is None:
            yield f"status {status} is not in the specification"
            return
        offered = self.document.resolved(response).get("content")
        if not offered:
            return
        kind = media_type(exchange.response_headers)
        if kind not in offered:
            yield f"the answer's type “{kind}” is not among {', '.join(offered)}"
            return
        try:
            value = read_json(exchange.response_body)
        except UnreadableBody as error:
            yield f"answer: {error}"
            return
        yield from self.document.violations(value, offered[kind]["schema"], f"answer {status}")

    def _operation(self, exchange: Exchange) -> Operation | None:
        path = exchange.path
        if self.dialect.trailing_slash:
            path = path.rstrip("/")
        for pattern, template in self._templates:
            found = pattern.fullmatch(path)
            item = self.document.contents["paths"][template]
            if found and exchange.method.lower() in item:
                arguments = {name: unquote(value) for name, value in zip(_names(template), found.groups(), strict=True)}
                return Operation(template, item, item[exchange.method.lower()], arguments)
        return None

    def _parameters(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        listed = [*operation.path.get("parameters", ()), *operation.definition.get("parameters", ())]
        parameters = [self.document.resolved(one) for one in listed]
        in_path = grouped(list(operation.arguments.items()))
        in_query = grouped(parse_qsl(exchange.query, keep_blank_values=True))
        yield from parameter_violations(self.document, parameters, in_path, "path")
        yield from parameter_violations(self.document, parameters, in_query, "query")
        for one in parameters:
            if one["in"] == "header" and one.get("required") and not header(exchange.request_headers, one["name"]):
                yield f"header “{one['name']}” is missing"

    def _needs_login(self, operation: Operation) -> bool:
        ways = operation.definition.get("security", self.document.contents.get("security", ()))
        return bool(ways) and {} not in ways

    def _request_body(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        body = operation.definition.get("requestBody")
        if body is None:
            if exchange.request_body:
                yield "the request carries a body, which the specification does not know"
            return
        offered = self.document.resolved(body)["content"]
        if not exchange.request_body:
            if self.document.resolved(body).get("required"):
                yield "the request carries no body"
            return
        kind = media_type(exchange.request_headers)
        as_form = self.dialect.forms_as_json and kind in (FORM, MULTIPART) and kind not in offered and JSON in offered
        if kind not in offered and not as_form:
            yield f"the request's type “{kind}” is not among {', '.join(offered)}"
            return
        schema = offered[JSON if as_form else kind].get("schema", {})
        try:
            yield from self._body_fields(kind, schema, exchange)
        except UnreadableBody as error:
            yield f"request: {error}"

    def _body_fields(self, kind: str, schema: Part, exchange: Exchange) -> Iterator[str]:
        if self.dialect.overlapping_bodies and "oneOf" in schema:
            schema = {"anyOf": schema["oneOf"]}
        if kind == JSON:
            value = read_json(exchange.request_body)
        else:
            fields = read_fields(exchange.request_headers, exchange.request_body)
            yield from self._files(fields, schema)
            value = object_from(self.document, fields, schema)
        yield from self.document.violations(value, schema, "request")

    def _files(self, fields: Mapping[str, Any], schema: Part) -> Iterator[str]:
        """A field is sent as a file exactly where the specification says so."""
        for name, values in fields.items():
            inner = self.document.properties(schema).get(name)
            if inner is not None and _is_file(self.document, inner) != isinstance(values[0], Upload):
                yield f"request: “{name}” must {'' if _is_file(self.document, inner) else 'not '}be sent as a file"


def _is_file(document: Document, schema: Part) -> bool:
    resolved = document.resolved(schema)
    return resolved.get("format") == "binary" or any(_is_file(document, one) for one in resolved.get("anyOf", ()))


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("([^/]+)".join(re.escape(piece) for piece in re.split(r"\{[^}]+\}", template)))


def _names(template: str) -> list[str]:
    return re.findall(r"\{([^}]+)\}", template)


def _most_literal_first(document: Document) -> list[str]:
    """OpenAPI matches concrete paths before templated ones (`/users/me` before `/users/{id}`)."""
    return sorted(document.contents["paths"], key=lambda template: (template.count("{"), template))
