"""JSON Schema as OpenAPI 3.0 and 3.1 mean it: one dialect, references resolved, validators compiled once.

This module must not know paths, methods or exchanges; it answers whether a value fits the schema at a pointer.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

ROOT = "urn:spec"
FORMATS = FormatChecker(formats=())
COMBINING = ("allOf", "oneOf", "anyOf")


@FORMATS.checks("date-time", raises=ValueError)
def _is_time(value: object) -> bool:
    # OpenAPI's date-time is RFC 3339: with a zone.
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("uri")
def _is_address(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


class Document:
    """One specification. `schema` values passed in and out are parts of it, with `$ref` as written there."""

    def __init__(self, contents: Mapping[str, Any]) -> None:
        self.contents = contents
        self._validators: dict[str, Draft202012Validator] = {}

    @classmethod
    def load(cls, file: Path) -> "Document":
        """Read a file; version 3.0 is turned into the dialect of 3.1."""
        contents = json.loads(file.read_text(encoding="utf-8"))
        return cls(_modern(contents) if contents["openapi"].startswith("3.0") else contents)

    def resolved(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        """`part`, or what its `$ref` stands for."""
        while "$ref" in part:
            part = self.at(part["$ref"])
        return part

    def at(self, pointer: str) -> Any:
        """The part at a local reference (`#/components/…`)."""
        found: Any = self.contents
        for step in pointer.removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        return found

    def put(self, pointer: str, value: Any) -> None:
        """Set the part at a local reference; do so before the first question. A last step “-” appends to a list."""
        outer, _, step = pointer.rpartition("/")
        holder = self.at(outer)
        if step == "-":
            holder.append(value)
        else:
            holder[step] = value

    def fits(self, value: object, schema: Mapping[str, Any]) -> bool:
        """Whether `value` is what the schema demands."""
        return self._validator(schema).is_valid(value)

    def violations(self, value: object, schema: Mapping[str, Any], where: str) -> Iterator[str]:
        """What is wrong with `value`, fields that the schema does not know included."""
        for error in self._validator(schema).iter_errors(value):
            yield _worded(error, where)
        yield from self._unknown_fields(value, schema, where)

    def properties(self, schema: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        """All fields that the schema names, in any of its alternatives."""
        found: dict[str, Mapping[str, Any]] = {}
        for one in self._alternatives(schema):
            found.update(one.get("properties", {}))
        return found

    def _unknown_fields(self, value: object, schema: Mapping[str, Any], where: str) -> Iterator[str]:
        """JSON Schema lets unknown fields pass; an invented field is what we are after."""
        alternatives = list(self._alternatives(schema))
        if isinstance(value, dict):
            known = self.properties(schema)
            others = [one["additionalProperties"] for one in alternatives if one.get("additionalProperties")]
            for name, inner in value.items():
                if name in known:
                    yield from self._unknown_fields(inner, known[name], f"{where}.{name}")
                elif known and not others:
                    yield f"{where}: “{name}” is not in the specification"
                for other in others:
                    if isinstance(other, dict) and name not in known:
                        yield from self._unknown_fields(inner, other, f"{where}.{name}")
        elif isinstance(value, list):
            items = [one["items"] for one in alternatives if "items" in one]
            for index, inner in enumerate(value):
                for item in items[:1]:
                    yield from self._unknown_fields(inner, item, f"{where}[{index}]")

    def _alternatives(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The schema and all that it is combined from; a discriminator's kinds refer back to it, so each comes once."""
        seen: list[Mapping[str, Any]] = []
        waiting = [schema]
        while waiting:
            one = waiting.pop(0)
            if any(one is known for known in seen):
                continue
            seen.append(one)
            yield one
            kinds = one.get("discriminator", {}).get("mapping", {}).values()
            waiting += [self.at(one["$ref"])] if "$ref" in one else []
            waiting += [part for word in COMBINING for part in one.get(word, ())]
            waiting += [self.at(kind) for kind in kinds]

    def _validator(self, schema: Mapping[str, Any]) -> Draft202012Validator:
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            anchored = _anchored(schema)
            self._validators[key] = Draft202012Validator(anchored, registry=self._registry, format_checker=FORMATS)
        return self._validators[key]

    @cached_property
    def _registry(self) -> Registry[Any]:
        resource = Resource.from_contents(self.contents, default_specification=DRAFT202012)
        registry: Registry[Any] = Registry[Any]().with_resource(ROOT, resource).crawl()
        return registry


def _anchored(schema: Any) -> Any:
    """`schema` outside its document: local references point back into it."""
    if isinstance(schema, dict):
        return {
            name: ROOT + part if name == "$ref" and isinstance(part, str) else _anchored(part)
            for name, part in schema.items()
        }
    return [_anchored(part) for part in schema] if isinstance(schema, list) else schema


def _modern(part: Any) -> Any:
    """OpenAPI 3.0's `nullable` and boolean `exclusiveMinimum` in the words of JSON Schema 2020-12."""
    if isinstance(part, list):
        return [_modern(one) for one in part]
    if not isinstance(part, dict):
        return part
    new = {name: _modern(one) for name, one in part.items()}
    for word, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if new.get(word) is True:
            new[word] = new.pop(limit)
    if new.get("nullable") is True:
        new = {"anyOf": [{name: one for name, one in new.items() if name != "nullable"}, {"type": "null"}]}
    return new


def _worded(error: ValidationError, where: str) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    inner = "; ".join(sorted({one.message[:120] for one in error.context or ()})[:3])
    return f"{where}{path}: {error.message[:200]}" + (f" ({inner})" if inner else "")
