"""Validates requests and answers against the specifications that Meta generates its SDKs from.

They are no OpenAPI: one file per node type, with its edges, their parameters, and its fields. Which node type an id
is, only Graph knows; `NODES` says which ones our networks can meet, and one that fits is enough.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from kanal.sandbox import Exchange

from .bodies import Fields, UnreadableBody, Upload, grouped, header, read_fields, read_json
from .meta_batches import batch_answer_violations, batch_violations, is_batch
from .meta_nodes import (
    Node,
    created_violations,
    deleted_violations,
    error_violations,
    field_names,
    node_violations,
    read_node,
    step_violations,
    unknown_fields,
)
from .meta_types import Enums, may_be_sent

NODES = {
    "facebook": ("Page", "PagePost", "Photo", "AdVideo"),
    "instagram": ("IGUser", "ShadowIGMediaBuilder", "IGMedia", "Page"),
}
RESULTS = ("ContentPublishingLimitResponse",)
OK = 200


@dataclass(frozen=True, slots=True)
class Beyond:
    """What Graph takes and gives beyond the files, by operation (`POST Page/photos`); parameters also by method.

    `steps` are operations that may answer with these fields in place of what they made. `uploads` is how the paths of
    the host begin that takes bytes; each is a POST with these headers, answered with these fields.
    """

    parameters: Mapping[str, Mapping[str, str]]
    steps: Mapping[str, Mapping[str, str]]
    uploads: tuple[str, frozenset[str], Mapping[str, str]]
    fields: Mapping[str, Mapping[str, str]]
    results: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """What an exchange asks of one node type. `many`: several nodes at once, by `ids`."""

    node: Node
    edge: str
    operation: Mapping[str, Any]
    result: Node | None
    many: bool

    @property
    def name(self) -> str:
        return f"{self.operation['method']} {self.node.name}/{self.edge}"


class MetaSpecs:
    """The folder of node files, and what is tolerated beyond it."""

    def __init__(self, folder: Path, beyond: Beyond) -> None:
        self._beyond = beyond
        names = [name for names in NODES.values() for name in names]
        self._nodes = {name: read_node(folder / f"{name}.json") for name in [*names, *RESULTS]}
        enums = json.loads((folder / "enum_types.json").read_text(encoding="utf-8"))
        self._enums: Enums = {one["name"]: one["values"] for one in enums}

    def request_violations(self, exchange: Exchange) -> list[str]:
        """What is wrong with the request, for the node type that it fits best."""
        if not header(exchange.request_headers, "Authorization") and "access_token=" not in exchange.query:
            return ["the request carries no token"]
        if is_batch(exchange):
            return list(batch_violations(exchange))
        start, headers, _ = self._beyond.uploads
        if exchange.path.startswith(start):
            missing = (name for name in sorted(headers) if not header(exchange.request_headers, name))
            return [f"the header “{name}” is missing" for name in missing]
        return self._best(exchange, lambda call: list(self._request(call, exchange)))

    def answer_violations(self, exchange: Exchange) -> list[str]:
        """What is wrong with the answer, for the node type that it fits best."""
        try:
            value = read_json(exchange.response_body)
        except UnreadableBody as error:
            return [f"answer: {error}"]
        start, _, fields = self._beyond.uploads
        if exchange.path.startswith(start):
            return list(step_violations(value, fields))
        if exchange.status != OK:
            return list(error_violations(value))
        if is_batch(exchange):
            return list(batch_answer_violations(value))
        return self._best(exchange, lambda call: list(self._answer(call, exchange, value)))

    def _best(self, exchange: Exchange, violations: Callable[[Call], list[str]]) -> list[str]:
        tried = [violations(call) for call in self._calls(exchange)]
        if not tried:
            return [f"{exchange.method} {exchange.path} is not in the specification"]
        return min(tried, key=len)

    def _calls(self, exchange: Exchange) -> Iterator[Call]:
        node_id, _, edge = re.sub(r"^/v\d+\.\d+", "", exchange.path).strip("/").partition("/")
        for name in NODES[exchange.platform]:
            node = self._nodes[name]
            operation = node.operations.get((exchange.method, edge))
            if operation is not None:
                result = self._beyond.results.get(f"{exchange.method} {name}/{edge}", operation["return"])
                yield Call(node, edge, operation, self._nodes.get(result), many=not node_id)

    def _request(self, call: Call, exchange: Exchange) -> Iterator[str]:
        given: dict[str, Sequence[str | Upload]] = {**grouped(parse_qsl(exchange.query, keep_blank_values=True))}
        if exchange.request_body:
            try:
                given.update(read_fields(exchange.request_headers, exchange.request_body))
            except (UnreadableBody, ValueError) as error:
                yield f"request: {error}"
        listed = call.operation["params"]
        yield from (
            f"parameter “{one['name']}” is missing"
            for one in listed
            if one.get("required") and one["name"] not in given
        )
        extra = {**self._beyond.parameters.get(exchange.method, {}), **self._beyond.parameters.get(call.name, {})}
        yield from self._parameters(given, {**{one["name"]: one["type"] for one in listed}, **extra}, call)
        node = call.result if call.edge else call.node
        if node is not None:
            yield from unknown_fields(str(given.get("fields", [""])[0]), node)

    def _parameters(self, given: Fields, types: Mapping[str, str], call: Call) -> Iterator[str]:
        for name, values in given.items():
            outer, index, rest = name.partition("[")
            kind = types.get(outer)
            if kind is None:
                yield f"parameter “{name}” of {call.name} is not in the specification"
                continue
            if index and not re.fullmatch(r"\d*\]", rest):
                yield f"parameter “{name}” is no list index"
                continue
            inner = re.sub(r"^list<(.+)>$", r"\1", kind) if index else kind
            for value in values:
                if not may_be_sent(value, inner, self._enums):
                    yield f"parameter “{name}” ({kind}) does not take {_shown(value)}"

    def _answer(self, call: Call, exchange: Exchange, value: Any) -> Iterator[str]:
        asked = set(field_names(dict(parse_qsl(exchange.query)).get("fields", "")))
        if not isinstance(value, dict):
            yield "the answer is no object"
        elif not call.edge and exchange.method == "POST" and value == {"success": True}:
            return  # Graph API, "Update or Delete": what is changed is not returned, but that it was
        elif exchange.method == "POST" and "id" not in value and call.name in self._beyond.steps:
            yield from step_violations(value, self._beyond.steps[call.name])
        elif exchange.method == "POST":
            yield from created_violations(value, call.result if asked else None, self._beyond.fields.get(call.name, {}))
        elif exchange.method == "DELETE":
            yield from deleted_violations(value, self._beyond.fields.get(call.name, {}))
        elif call.edge and (not isinstance(value.get("data"), list) or not set(value) <= {"data", "paging"}):
            yield "the answer is no list in “data” with “paging”"
        else:
            nodes = value["data"] if call.edge else list(value.values()) if call.many else [value]
            node = (call.result if call.edge else None) or call.node
            for one in nodes:
                yield from node_violations(one, node, asked)


def _shown(value: str | Upload) -> str:
    return f"the file {value.name}" if isinstance(value, Upload) else repr(value[:60])
