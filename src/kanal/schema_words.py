"""What pydantic objects to, in words for people who never heard of it. It must not know any particular file."""

from collections.abc import Iterable
from typing import Any

from pydantic_core import ErrorDetails

from kanal.message import Message, msg
from kanal.suggest import must_be_one_of, unknown_key


def in_plain_words(key: str, detail: ErrorDetails, known: Iterable[str]) -> tuple[str, Message]:
    """The rule and the sentence for one complaint about `key`; `known` are the keys that may stand there."""
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "value_error":
        return "format/value", context["error"].message
    if kind == "extra_forbidden":
        return "format/unknown-key", unknown_key(key, known)
    if kind == "missing":
        return "format/missing-key", msg("The key “{key}” is missing.", key=key)
    if detail["input"] is None:
        return "format/type", msg("“{key}” is empty.", key=key)
    if kind == "literal_error":
        words = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return "format/value", must_be_one_of(key, detail["input"], words)
    return "format/type", _TYPES.get(kind, _other)(key, detail)


def _type(text: Message) -> Any:
    return lambda key, _detail: Message(text.text, {"key": key})


def _neither(key: str, detail: ErrorDetails) -> Message:
    """A list or a group where the other one, or a word, may stand."""
    if "<list>" in detail["ctx"]["expected_tags"]:
        return msg("“{key}” must be text, or a list: one entry per line, each with “- ” in front, or [a, b].", key=key)
    return msg("“{key}” must be text, or a group of lines “key: value”, indented below it.", key=key)


def _other(key: str, detail: ErrorDetails) -> Message:
    return msg("“{key}” is not as it must be: {reason}.", key=key, reason=detail["msg"])


_TYPES: dict[str, Any] = {
    "string_type": _type(msg("“{key}” must be text. Put the value in quotation marks.")),
    "int_type": _type(msg("“{key}” must be a whole number.")),
    "bool_type": _type(msg("“{key}” must be true or false.")),
    "list_type": _type(msg("“{key}” must be a list: one entry per line, each with “- ” in front, or [a, b].")),
    "dict_type": _type(msg("“{key}” must be a group of lines “key: value”, indented below it.")),
    "union_tag_invalid": _neither,
    "string_too_short": _type(msg("“{key}” is empty.")),
    "too_short": _type(msg("“{key}” is empty.")),
    "greater_than": _type(msg("“{key}” must be greater than zero.")),
}
