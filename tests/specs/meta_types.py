"""The type words of Meta's SDK specifications (`list<unsigned int>`, `datetime`, …): what may be sent, what may come.

Meta's own page on data types is part of the Graph API overview; the words here are those of the *.json files.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from .bodies import Upload

Enums = Mapping[str, Sequence[str]]

_SENT: Mapping[str, Callable[[str], bool]] = {
    "bool": lambda text: text in {"true", "false", "1", "0"},
    "int": lambda text: re.fullmatch(r"-?\d+", text) is not None,
    "unsigned int": lambda text: text.isdecimal(),
    "float": lambda text: re.fullmatch(r"-?\d+(\.\d+)?", text) is not None,
    "datetime": lambda text: text.isdecimal() or _is_time(text),
    "map": lambda text: isinstance(_json(text), dict),
    "Object": lambda text: isinstance(_json(text), dict) or text.isdecimal(),
    "list": lambda text: isinstance(_json(text), list),
}
_RECEIVED: Mapping[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "unsigned int": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "datetime": lambda value: isinstance(value, str) and _is_time(value),
    "list": lambda value: isinstance(value, list),
}


def may_be_sent(value: str | Upload, kind: str, enums: Enums) -> bool:
    """Whether a parameter of type `kind` takes this form value."""
    if isinstance(value, Upload) or kind == "file":
        return isinstance(value, Upload) and kind == "file"
    if kind == "string":
        return True
    if kind in enums:
        return value in enums[kind]
    inner = _inner(kind)
    if inner is None:
        return _SENT.get(kind, _SENT["Object"])(value)
    listed = _json(value)
    # Meta takes a JSON array, or the items separated by commas (`children=1,2`).
    items = [_as_text(item) for item in listed] if isinstance(listed, list) else value.split(",")
    return all(may_be_sent(item, inner, enums) for item in items)


def may_come(value: object, kind: str) -> bool:
    """Whether a field of type `kind` can have this value. A node is an object; Meta leaves out what is not set."""
    inner = _inner(kind)
    if inner is not None:
        return isinstance(value, list) and all(may_come(item, inner) for item in value)
    fits = _RECEIVED.get(kind)
    return isinstance(value, dict) if fits is None else fits(value)


def _inner(kind: str) -> str | None:
    found = re.fullmatch(r"list<(.+)>", kind)
    return found.group(1) if found else None


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
