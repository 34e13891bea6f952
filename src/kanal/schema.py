"""What files may hold, said once: for the reader who checks them, for editors, and for whoever got it wrong.

A `Form` is a schema of pydantic's core, written as the plain values that it is made of (pydantic-core, "core_schema").
A file that is in order is taken by `kanal.schema_quick`, which reads the same schema; pydantic is imported to explain
what is wrong, and for editors. In a commit hook that saves as much time as all the rest of the start takes
(docs/benchmarks.md). Shared by drafts and configuration; this module must not know any particular file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from kanal.message import Message, msg
from kanal.model import Place
from kanal.schema_quick import Doubt, Refusal, Taker, taker
from kanal.yaml12 import Document

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails, SchemaValidator

Schema = dict[str, Any]
Check = Callable[[Any], Any]
TEXT: Schema = {"type": "str", "strict": True}
SWITCH: Schema = {"type": "bool", "strict": True}
COUNT: Schema = {"type": "int", "strict": True, "gt": 0}
ANYTHING: Schema = {"type": "any"}


class Info(Protocol):
    """What a check may ask about the office."""

    @property
    def context(self) -> Any:
        """What was handed to `check`."""
        ...


class Form:
    """The keys of one kind of file."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def validate(self, value: object, context: Mapping[str, object] | None = None) -> dict[str, Any]:
        """The values with defaults filled in. Raises pydantic's `ValidationError`."""
        try:
            found: dict[str, Any] = self._take(value, dict(context or {}))
        except Doubt:
            found = self.explain(value, context)
        return found

    def explain(self, value: object, context: Mapping[str, object] | None = None) -> dict[str, Any]:
        """As `validate`, by pydantic itself."""
        found: dict[str, Any] = self._validator.validate_python(value, context=dict(context or {}))
        return found

    @cached_property
    def _take(self) -> Taker:
        return taker(self.schema)

    @cached_property
    def _validator(self) -> "SchemaValidator":
        from pydantic_core import CoreConfig, SchemaValidator

        schema: Any = self.schema
        return SchemaValidator(schema, CoreConfig(hide_input_in_errors=True))

    def json_schema(self) -> dict[str, Any]:
        """For editors, without `$schema`."""
        from pydantic.json_schema import GenerateJsonSchema

        schema: Any = self.schema
        return GenerateJsonSchema().generate(schema)

    def keys_at(self, path: str = "") -> dict[str, Schema]:
        """The schemas of the keys that are known below `path` (`media[0]`), by name."""
        current = self.schema
        for step in path.replace("[", ".[").split("."):
            if step:
                current = _below(_peeled(current), step)
        fields: dict[str, Any] = _branch(_peeled(current), "<group>").get("fields", {})
        return {name: field["schema"] for name, field in fields.items()}


def group(keys: Mapping[str, Schema]) -> Schema:
    """A group of lines `key: value` that has these keys and no others."""
    return {"type": "typed-dict", "fields": dict(keys), "extra_behavior": "forbid", "strict": True}


def key(schema: Schema, about: str = "") -> Schema:
    """A key that must be there. `about` is shown by editors."""
    return {"type": "typed-dict-field", "schema": schema, "required": True, "metadata": _described(about)}


def maybe(schema: Schema, about: str = "", default: object = None) -> Schema:
    """A key that may be left out; without a default, or left empty, it is None."""
    inner = {"type": "nullable", "schema": schema} if default is None else schema
    filled = {"type": "default", "schema": inner, "default": default}
    return {"type": "typed-dict-field", "schema": filled, "required": False, "metadata": _described(about)}


def checked(schema: Schema, *checks: Check) -> Schema:
    """A value that also passes each of `checks`, which return it or raise `refuse(…)`."""
    for check_value in checks:
        schema = {
            "type": "function-after",
            "function": {"type": "no-info", "function": check_value},
            "schema": schema,
        }
    return schema


def in_context(schema: Schema, check_value: Callable[[Any, Info], Any]) -> Schema:
    """As `checked`, for a check that needs to know something about the office (`info.context`)."""
    function = {"type": "with-info", "function": check_value}
    return {"type": "function-after", "function": function, "schema": schema}


def one_of(words: Iterable[str]) -> Schema:
    """One of some words."""
    return {"type": "literal", "expected": [str(word) for word in words]}


def list_of(item: Schema, at_least: int = 0) -> Schema:
    """A list."""
    return {"type": "list", "items_schema": item, "strict": True, "min_length": at_least}


def by_name(value: Schema, name: Schema = TEXT, at_least: int = 0) -> Schema:
    """A group whose keys are free, such as names of channels."""
    return {"type": "dict", "keys_schema": name, "values_schema": value, "strict": True, "min_length": at_least}


def either(*kinds: Schema) -> Schema:
    """One of several kinds of value, told apart by their type: a word, a list or a group."""
    return {"type": "tagged-union", "choices": {_sort(kind): kind for kind in kinds}, "discriminator": _sort_of}


def _sort(schema: Schema) -> str:
    return {"typed-dict": "<group>", "dict": "<group>", "list": "<list>"}.get(_peeled(schema)["type"], "<word>")


def _sort_of(value: object) -> str:
    return "<group>" if isinstance(value, dict) else "<list>" if isinstance(value, list) else "<word>"


def refuse(message: Message) -> Refusal:
    """What a check raises so that `message` reaches the reader translated."""
    return Refusal(message)


def check(form: Form, document: Document, context: Mapping[str, object] | None = None) -> dict[str, Any] | None:
    """The document's values, or None with the findings added to the document."""
    if document.findings and document.value is None:
        return None
    if not isinstance(document.value, dict):
        start = document.places.get("", Place(1, 1))
        document.object_to("format/type", start, msg("The file must consist of lines “key: value”."))
        return None
    try:
        values = form.validate(document.value, context)
    except ValueError as error:  # pydantic's ValidationError is one
        for detail in error.errors(include_url=False):  # type: ignore[attr-defined]
            _object(document, form, detail)
        return None
    return None if document.findings else values


def _object(document: Document, form: Form, detail: "ErrorDetails") -> None:
    from kanal.schema_words import in_plain_words

    path = "".join(_steps(detail["loc"])).removeprefix(".")
    parent = path[: max(path.rfind("."), path.rfind("["), 0)]
    of_key = detail["type"] == "extra_forbidden" or "[key]" in detail["loc"]
    place = document.places.get(f"{path}:key" if of_key else path) or document.places.get(parent) or Place(1, 1)
    rule, message = in_plain_words(path.rsplit(".", 1)[-1], detail, form.keys_at(parent))
    document.object_to(rule, place, message, path)


def _steps(location: tuple[int | str, ...]) -> Iterator[str]:
    """The way to a value; pydantic also names the branch of an `either`, which is no key."""
    for step in location:
        if isinstance(step, int):
            yield f"[{step}]"
        elif step not in {"[key]", "<group>", "<list>", "<word>"}:
            yield f".{step}"


def _described(about: str) -> dict[str, Any]:
    return {"pydantic_js_updates": {"description": about}} if about else {}


def _peeled(schema: Any) -> Any:
    """The schema within checks, defaults and `maybe`."""
    while schema["type"] in {"function-after", "default", "nullable"}:
        schema = schema["schema"]
    return schema


def _branch(schema: Any, sort: str) -> Any:
    """Of an `either`, the kind that is meant; everything else is itself."""
    return _peeled(schema["choices"].get(sort, TEXT)) if schema["type"] == "tagged-union" else schema


def _below(schema: Any, step: str) -> Any:
    schema = _branch(schema, "<list>" if step.startswith("[") else "<group>")
    if schema["type"] == "typed-dict":
        return schema["fields"].get(step, {"schema": TEXT})["schema"]
    return schema.get("items_schema") or schema.get("values_schema") or TEXT
