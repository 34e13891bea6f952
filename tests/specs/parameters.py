"""Text from addresses and forms, read as the types that a schema names.

A form knows only text; whether "1" is a number, a switch or text is for the schema to say.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .bodies import Fields, Upload
from .schemas import Document

SWITCHES = {"true": True, "1": True, "false": False, "0": False}


def parameter_violations(
    document: Document, parameters: Sequence[Mapping[str, Any]], given: Fields, place: str
) -> Iterator[str]:
    """Check the path or query parameters (`place`) against the operation's list."""
    known = {one["name"]: one for one in parameters if one["in"] == place}
    for name, one in known.items():
        if one.get("required") and name not in given and f"{name}[]" not in given:
            yield f"{place} parameter “{name}” is missing"
    for name, values in given.items():
        parameter = known.get(name) or known.get(name.removesuffix("[]"))
        if parameter is None:
            yield f"{place} parameter “{name}” is not in the specification"
            continue
        texts = [value for value in values if isinstance(value, str)]
        if parameter.get("explode") is False:
            texts = [item for text in texts for item in text.split(",")]
        if not _fits(document, texts, parameter["schema"]):
            yield f"{place} parameter “{name}” does not take {', '.join(texts)!r}"


def _fits(document: Document, texts: Sequence[str], schema: Mapping[str, Any]) -> bool:
    items = _items(document, schema)
    if items is None:
        return len(texts) == 1 and any(document.fits(value, schema) for value in readings(texts[0]))
    return document.fits([read_as(document, text, items) for text in texts], schema)


def object_from(document: Document, fields: Fields, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON object that a form stands for: `media_ids[]` is a list, `poll[multiple]` a field of `poll`.

    Names that the schema does not know stay, as text, so that they are found to be unknown.
    """
    properties = document.properties(schema)
    built: dict[str, Any] = {}
    for name, values in fields.items():
        outer, bracket, rest = name.partition("[")
        inner = properties.get(outer, {})
        if bracket and rest not in ("", "]"):
            nested = built.setdefault(outer, {})
            nested.update(object_from(document, {rest.replace("]", "", 1): values}, inner))
            continue
        items = _items(document, inner)
        if bracket or items is not None:
            built[outer] = [read_as(document, value, items or {}) for value in values]
        else:
            built[outer] = read_as(document, values[-1], inner)
    return built


def read_as(document: Document, value: str | Upload, schema: Mapping[str, Any]) -> Any:
    """The first reading of `value` that fits the schema; the text itself when none does."""
    if isinstance(value, Upload):
        return value.name
    return next((reading for reading in readings(value) if document.fits(reading, schema)), value)


def readings(text: str) -> Iterator[str | int | float | bool]:
    """What a text can mean, the text itself first."""
    yield text
    if text in SWITCHES:
        yield SWITCHES[text]
    for number in (int, float):
        try:
            yield number(text)
        except ValueError:
            continue


def _items(document: Document, schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    items = document.resolved(schema).get("items")
    return items if isinstance(items, dict) else None
