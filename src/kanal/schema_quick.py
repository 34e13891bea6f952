"""Takes values that are plainly in order by a schema, without importing pydantic; has doubts about everything else.

It says only yes: `kanal.schema` asks pydantic whenever there is a `Doubt`, and a test holds the two against each other
for arbitrary values. The schema is pydantic-core's, as far as `kanal.schema` makes use of it.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from kanal.message import Message


class Doubt(Exception):
    """Perhaps the value is not in order; pydantic knows."""


class Refusal(ValueError):
    """A check's own complaint."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class _Info(NamedTuple):
    """What pydantic hands to a check, as far as ours look at it."""

    context: Mapping[str, object]


def taken(schema: Mapping[str, Any], value: Any, context: Mapping[str, object]) -> Any:
    """The value as pydantic would return it. Raises `Doubt`."""
    return _KINDS[schema["type"]](schema, value, context)


def _text(_: Mapping[str, Any], value: Any, __: Mapping[str, object]) -> str:
    if type(value) is not str:
        raise Doubt
    return value


def _switch(_: Mapping[str, Any], value: Any, __: Mapping[str, object]) -> bool:
    if type(value) is not bool:
        raise Doubt
    return value


def _count(schema: Mapping[str, Any], value: Any, _: Mapping[str, object]) -> int:
    if type(value) is not int or value <= schema["gt"]:
        raise Doubt
    return value


def _anything(_: Mapping[str, Any], value: Any, __: Mapping[str, object]) -> Any:
    return value


def _word(schema: Mapping[str, Any], value: Any, _: Mapping[str, object]) -> str:
    if type(value) is not str or value not in schema["expected"]:
        raise Doubt
    return value


def _perhaps(schema: Mapping[str, Any], value: Any, context: Mapping[str, object]) -> Any:
    return None if value is None else taken(schema["schema"], value, context)


def _default(schema: Mapping[str, Any], value: Any, context: Mapping[str, object]) -> Any:
    return taken(schema["schema"], value, context)


def _list(schema: Mapping[str, Any], value: Any, context: Mapping[str, object]) -> list[Any]:
    if type(value) is not list or len(value) < schema["min_length"]:
        raise Doubt
    return [taken(schema["items_schema"], item, context) for item in value]


def _names(schema: Mapping[str, Any], value: Any, context: Mapping[str, object]) -> dict[str, Any]:
    if type(value) is not dict or len(value) < schema["min_length"]:
        raise Doubt
    names, values = schema["keys_schema"], schema["values_schema"]
    return {taken(names, name, context): taken(values, inner, context) for name, inner in value.items()}


def _group(schema: Mapping[str, Any], value: Any, context: Mapping[str, object]) -> dict[str, Any]:
    fields = schema["fields"]
    if type(value) is not dict or not value.keys() <= fields.keys():
        raise Doubt
    found = {}
    for name, field in fields.items():
        if name in value:
            found[name] = taken(field["schema"], value[name], context)
        elif field["required"]:
            raise Doubt
        else:
            default = field["schema"]["default"]
            found[name] = default.copy() if isinstance(default, list | dict) else default
    return found


def _either(schema: Mapping[str, Any], value: Any, context: Mapping[str, object]) -> Any:
    choice = schema["choices"].get(schema["discriminator"](value))
    if choice is None:
        raise Doubt
    return taken(choice, value, context)


def _checked(schema: Mapping[str, Any], value: Any, context: Mapping[str, object]) -> Any:
    inner = taken(schema["schema"], value, context)
    function = schema["function"]
    try:
        if function["type"] == "with-info":
            return function["function"](inner, _Info(context))
        return function["function"](inner)
    except Refusal as refusal:
        raise Doubt from refusal


_KINDS: Mapping[str, Callable[[Mapping[str, Any], Any, Mapping[str, object]], Any]] = {
    "str": _text,
    "bool": _switch,
    "int": _count,
    "any": _anything,
    "literal": _word,
    "nullable": _perhaps,
    "default": _default,
    "list": _list,
    "dict": _names,
    "typed-dict": _group,
    "tagged-union": _either,
    "function-after": _checked,
}
