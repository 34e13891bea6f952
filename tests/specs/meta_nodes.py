"""Node types of Meta's Graph, as the files of its SDK specifications describe them, and what an answer may say of one.

This module must not know which node types our networks meet, nor what is tolerated.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .meta_types import may_come

ERROR_FIELDS = {
    "message": "string",
    "type": "string",
    "code": "int",
    "error_subcode": "int",
    "is_transient": "bool",
    "error_user_title": "string",
    "error_user_msg": "string",
    "fbtrace_id": "string",
    "error_data": "Object",
}
"""Graph API, page "Error handling": the fields of the error object."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node type: its fields, and its operations by method and edge (`("GET", "")` reads the node itself)."""

    name: str
    fields: Mapping[str, str]
    operations: Mapping[tuple[str, str], Mapping[str, Any]]

    def has_edge(self, name: str) -> bool:
        """Whether an edge can be asked for like a field ("field expansion")."""
        return name not in self.fields and ("GET", name) in self.operations


def read_node(file: Path) -> Node:
    """One node file; its name is the node type's."""
    contents = json.loads(file.read_text(encoding="utf-8"))
    fields = {one["name"]: one["type"] for one in contents["fields"]}
    return Node(file.stem, fields, {(one["method"], one.get("endpoint", "")): one for one in contents["apis"]})


def field_names(asked: str) -> Sequence[str]:
    """The outer names of a `fields` list: `comments.limit(0){id},message` asks for comments and message."""
    outer = asked
    while (shorter := re.sub(r"\{[^{}]*\}|\([^()]*\)", "", outer)) != outer:
        outer = shorter
    return [name.partition(".")[0].strip() for name in outer.split(",") if name.strip()]


def unknown_fields(asked: str, node: Node) -> Iterator[str]:
    """Asked fields that the node type does not have."""
    for name in field_names(asked):
        if name not in node.fields and not node.has_edge(name):
            yield f"field “{name}” of {node.name} is not in the specification"


def node_violations(value: Any, node: Node, asked: set[str]) -> Iterator[str]:
    """What is wrong with one node in an answer. An edge's entries are not looked into."""
    if not isinstance(value, dict):
        yield f"a {node.name} in the answer is no object"
        return
    for name, one in value.items():
        if node.has_edge(name):
            if not isinstance(one, dict) or not isinstance(one.get("data"), list):
                yield f"the answer's edge “{name}” holds no list in “data”"
        elif name not in node.fields:
            yield f"the answer's field “{name}” is not one of {node.name}"
        elif not may_come(one, node.fields[name]):
            yield f"the answer's field “{name}” ({node.fields[name]}) cannot be {one!r}"
    if asked:
        yield from (f"the answer holds “{name}”, which was not asked for" for name in set(value) - asked - {"id"})


def created_violations(value: Mapping[str, Any], node: Node | None, extra: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the answer of a POST: an id, what the operation adds (`extra`), and the fields asked for."""
    if not isinstance(value.get("id"), str):
        yield "the answer names no id"
    for name, one in value.items():
        kind = extra.get(name) or (node.fields.get(name) if node else None)
        if name != "id" and (kind is None or not may_come(one, kind)):
            yield f"the answer's “{name}” is not in the specification, or of another type"


def step_violations(value: Mapping[str, Any], fields: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the answer of a step that makes nothing by itself."""
    for name, one in value.items():
        if name not in fields or not may_come(one, fields[name]):
            yield f"the answer's “{name}” is not in the specification, or of another type"
    if not value:
        yield "the answer says nothing"


def deleted_violations(value: Mapping[str, Any], extra: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the answer of a DELETE: Graph answers `success`, and what the operation adds (`extra`)."""
    if value.get("success") is not True:
        yield "the answer does not say that it succeeded"
    for name, one in value.items():
        if name != "success" and not (name in extra and may_come(one, extra[name])):
            yield f"the answer's “{name}” is not in the specification, or of another type"


def error_violations(value: Any) -> Iterator[str]:
    """What is wrong with the answer that tells of an error."""
    error = value.get("error") if isinstance(value, dict) else None
    if not isinstance(error, dict):
        yield "the error answer holds no “error” object"
        return
    yield from (f"error field “{name}” is missing" for name in ("message", "type", "code") if name not in error)
    for name, one in error.items():
        if name not in ERROR_FIELDS or not may_come(one, ERROR_FIELDS[name]):
            yield f"the error's field “{name}” is unknown or of another type"
