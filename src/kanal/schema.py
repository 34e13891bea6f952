"""From plain values to checked pydantic models, with every complaint at its line and in plain words.

Shared by drafts and configuration. It must not know any particular file; the models bring their keys, and the
sentences for pydantic's error types stand here once.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from kanal.message import Message, msg
from kanal.model import Place
from kanal.suggest import did_you_mean
from kanal.yaml12 import Document

Model = TypeVar("Model", bound="Strict")


class Strict(BaseModel):
    """Refuses unknown keys and never converts a value silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


def refuse(message: Message) -> PydanticCustomError:
    """What a validator raises so that `message` reaches the reader translated."""
    return PydanticCustomError("kanal", "kanal", {"message": message})


def check(model: type[Model], document: Document, context: Mapping[str, object] | None = None) -> Model | None:
    """The document as `model`, or None with the findings added to the document."""
    if document.findings and document.value is None:
        return None
    if not isinstance(document.value, dict):
        start = document.places.get("", Place(1, 1))
        document.object_to("format/type", start, msg("The file must consist of lines “key: value”."))
        return None
    try:
        checked = model.model_validate(document.value, context=dict(context or {}))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _object(document, model, detail)
        return None
    return None if document.findings else checked


def _object(document: Document, model: type[Strict], detail: ErrorDetails) -> None:
    path = _path(detail["loc"])
    kind = detail["type"]
    of_key = kind == "extra_forbidden" or "[key]" in detail["loc"]
    places = document.keys if of_key else document.places
    place = places.get(path) or document.places.get(_parent(path)) or Place(1, 1)
    rule, message = _in_plain_words(kind, path, detail, model)
    document.object_to(rule, place, message, path)


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step != "[key]":
            path += f".{step}" if path else step
    return path


def _parent(path: str) -> str:
    return path[: max(path.rfind("."), path.rfind("["), 0)]


def _in_plain_words(kind: str, path: str, detail: ErrorDetails, model: type[Strict]) -> tuple[str, Message]:
    key = path.rsplit(".", 1)[-1]
    context = detail.get("ctx", {})
    if kind == "kanal":
        return "format/value", context["message"]
    if kind == "extra_forbidden":
        hint = did_you_mean(key, _keys_at(model, path))
        return "format/unknown-key", msg("The key “{key}” is unknown here. {hint}", key=key, hint=hint)
    if kind == "missing":
        return "format/missing-key", msg("The key “{key}” is missing.", key=key)
    if kind in {"enum", "literal_error"}:
        return "format/value", msg(
            "“{key}” must be one of: {expected}.",
            key=key,
            expected=str(context["expected"]).replace("'", "").replace(" or ", ", "),
        )
    if detail["input"] is None:
        return "format/type", msg("“{key}” is empty.", key=key)
    return "format/type", _TYPES.get(kind, _FALLBACK)(key, detail)


def _type(text: Message) -> Any:
    return lambda key, _detail: Message(text.text, {"key": key})


_FALLBACK = lambda key, detail: msg("“{key}” is not as it must be: {reason}.", key=key, reason=detail["msg"])  # noqa: E731
_TYPES: dict[str, Any] = {
    "string_type": _type(msg("“{key}” must be text. Put the value in quotation marks.")),
    "int_type": _type(msg("“{key}” must be a whole number.")),
    "bool_type": _type(msg("“{key}” must be true or false.")),
    "list_type": _type(msg("“{key}” must be a list: one entry per line, each with “- ” in front, or [a, b].")),
    "tuple_type": _type(msg("“{key}” must be a list: one entry per line, each with “- ” in front, or [a, b].")),
    "dict_type": _type(msg("“{key}” must be a group of lines “key: value”, indented below it.")),
    "model_type": _type(msg("“{key}” must be a group of lines “key: value”, indented below it.")),
    "model_attributes_type": _type(msg("“{key}” must be a group of lines “key: value”, indented below it.")),
    "string_too_short": _type(msg("“{key}” is empty.")),
    "too_short": _type(msg("“{key}” is empty.")),
    "greater_than": _type(msg("“{key}” must be greater than zero.")),
}


def _keys_at(model: type[BaseModel], path: str) -> list[str]:
    """The keys that would be known where `path` points, by walking the models' annotations."""
    current: type[BaseModel] = model
    for step in _parent(path).replace("[", ".[").split("."):
        if not step or step.startswith("["):
            continue
        found = current.model_fields.get(step)
        inner = _model_in(found.annotation) if found else _value_model(current)
        if inner is None:
            continue
        current = inner
    return list(current.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found:
            return found
    return None


def _value_model(model: type[BaseModel]) -> type[BaseModel] | None:
    """The keys of a mapping are free (channel names); the model of its values is `model` itself by then."""
    return model
