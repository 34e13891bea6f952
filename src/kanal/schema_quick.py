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


Taker = Callable[[Any, Mapping[str, object]], Any]
"""Takes a value, with the context for checks, as pydantic would return it. Raises `Doubt`."""


def taker(schema: Mapping[str, Any]) -> Taker:
    """How values of a schema are taken; worked out once, so that the schema is not asked again for each value."""
    return _KINDS[schema["type"]](schema)


def _text(_: Mapping[str, Any]) -> Taker:
    def take(value: Any, _: Mapping[str, object]) -> str:
        if type(value) is not str:
            raise Doubt
        return value

    return take


def _switch(_: Mapping[str, Any]) -> Taker:
    def take(value: Any, _: Mapping[str, object]) -> bool:
        if type(value) is not bool:
            raise Doubt
        return value

    return take


def _count(schema: Mapping[str, Any]) -> Taker:
    def take(value: Any, _: Mapping[str, object]) -> int:
        if type(value) is not int or value <= schema["gt"]:
            raise Doubt
        return value

    return take


def _anything(_: Mapping[str, Any]) -> Taker:
    return lambda value, _: value


def _word(schema: Mapping[str, Any]) -> Taker:
    def take(value: Any, _: Mapping[str, object]) -> str:
        if type(value) is not str or value not in schema["expected"]:
            raise Doubt
        return value

    return take


def _perhaps(schema: Mapping[str, Any]) -> Taker:
    inner = taker(schema["schema"])
    return lambda value, context: None if value is None else inner(value, context)


def _default(schema: Mapping[str, Any]) -> Taker:
    return taker(schema["schema"])


def _list(schema: Mapping[str, Any]) -> Taker:
    inner = taker(schema["items_schema"])

    def take(value: Any, context: Mapping[str, object]) -> list[Any]:
        if type(value) is not list or len(value) < schema["min_length"]:
            raise Doubt
        return [inner(item, context) for item in value]

    return take


def _names(schema: Mapping[str, Any]) -> Taker:
    of_name, of_value = taker(schema["keys_schema"]), taker(schema["values_schema"])

    def take(value: Any, context: Mapping[str, object]) -> dict[str, Any]:
        if type(value) is not dict or len(value) < schema["min_length"]:
            raise Doubt
        return {of_name(name, context): of_value(inner, context) for name, inner in value.items()}

    return take


def _group(schema: Mapping[str, Any]) -> Taker:
    fields = schema["fields"]
    takers = {name: taker(field["schema"]) for name, field in fields.items()}
    required = frozenset(name for name, field in fields.items() if field["required"])
    left_out = {name: None if name in required else field["schema"]["default"] for name, field in fields.items()}
    unshared = {name: default for name, default in left_out.items() if isinstance(default, list | dict)}

    def take(value: Any, context: Mapping[str, object]) -> dict[str, Any]:
        if type(value) is not dict or not required <= value.keys() <= takers.keys():
            raise Doubt
        found = left_out.copy()
        for name, default in unshared.items():
            found[name] = default.copy()
        for name, item in value.items():
            found[name] = takers[name](item, context)
        return found

    return take


def _either(schema: Mapping[str, Any]) -> Taker:
    kinds = {kind: taker(choice) for kind, choice in schema["choices"].items()}

    def take(value: Any, context: Mapping[str, object]) -> Any:
        chosen = kinds.get(schema["discriminator"](value))
        if chosen is None:
            raise Doubt
        return chosen(value, context)

    return take


def _checked(schema: Mapping[str, Any]) -> Taker:
    inner, check = taker(schema["schema"]), schema["function"]["function"]
    asks = schema["function"]["type"] == "with-info"

    def take(value: Any, context: Mapping[str, object]) -> Any:
        found = inner(value, context)
        try:
            return check(found, _Info(context)) if asks else check(found)
        except Refusal as refusal:
            raise Doubt from refusal

    return take


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], Taker]] = {
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
