"""Values as YAML that a person would write, and that the strict reader takes for exactly these values.

Text is plain where that is beyond doubt, a block (`|`) where it has lines, and in quotation marks otherwise. It must
not know what any key means.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kanal.message import NOTHING
from kanal.yaml_document import BREAK, CONTROL

_PLAIN = re.compile(r"[^\W\d_](?:[^\n:#]|:(?=[^\s:]))*", re.ASCII)
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
_WIDTH = 110


def to_yaml(values: Mapping[str, Any], comments: Mapping[str, str] = NOTHING) -> str:
    """The values as a document; `comments` stand above their keys."""
    lines: list[str] = []
    for name, value in values.items():
        lines += [f"# {line}" for line in comments.get(name, "").splitlines()]
        lines += _entry(name, value, 0)
    return "\n".join(lines) + "\n"


def _entry(name: str, value: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    key = scalar(name)
    if isinstance(value, dict) and value:
        yield f"{indent}{key}:"
        for inner_name, inner in value.items():
            yield from _entry(inner_name, inner, depth + 1)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield f"{indent}{key}:"
        for item in value:
            yield from _item(item, depth + 1)
    elif isinstance(value, list):
        yield from _words(f"{indent}{key}:", value, depth + 1)
    elif isinstance(value, str) and _is_block(value):
        ending = "" if value.endswith("\n") else "-"
        yield f"{indent}{key}: |{ending}"
        yield from (f"{indent}  {line}" if line else "" for line in value.removesuffix("\n").split("\n"))
    else:
        yield f"{indent}{key}: {scalar(value)}"


def _item(item: Any, depth: int) -> Iterator[str]:
    """An entry of a list; a group begins behind its hyphen."""
    indent = "  " * depth
    if not isinstance(item, dict) or not item:
        yield f"{indent}- {scalar(item)}"
        return
    lines = [line for name, value in item.items() for line in _entry(name, value, depth + 1)]
    yield f"{indent}- {lines[0].lstrip(' ')}"
    yield from lines[1:]


def _words(head: str, items: list[Any], depth: int) -> Iterator[str]:
    """A list of single values: in brackets where that is short."""
    flow = f"{head} [{', '.join(_in_brackets(item) for item in items)}]"
    if len(flow) <= _WIDTH:
        yield flow
        return
    yield head
    for item in items:
        yield from _item(item, depth)


def _in_brackets(value: Any) -> str:
    written = scalar(value)
    plain = isinstance(value, str) and written == value
    return json.dumps(value, ensure_ascii=False) if plain and re.search(r"[,\[\]{}]", value) else written


def scalar(value: Any) -> str:
    """A single value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return json.dumps(value)
    if _LOCAL_TIME.fullmatch(value) or _is_plain(value):
        return value
    return f'"{_ODD.sub(_escaped, value.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34)))}"'


def _is_plain(value: str) -> bool:
    """Whether nothing in it means anything in YAML; letters of any script may stand inside, one of a-z begins."""
    return (
        _PLAIN.fullmatch(value) is not None
        and value.strip() == value
        and not value.endswith(":")
        and value.casefold() not in _WORDS
        and not _ODD.search(value)
    )


def _is_block(value: str) -> bool:
    """Whether it can stand as it is, line by line."""
    lines = value.removesuffix("\n").split("\n")
    if "\n" not in value or not lines[0].strip() or not lines[-1].strip() or lines[0][0] in " \t":
        return False
    return len(lines) == len(BREAK.split(value.removesuffix("\n"))) and not (
        CONTROL.search(value) or any(line and not line.strip() for line in lines)
    )


def _escaped(found: re.Match[str]) -> str:
    return {"\n": "\\n", "\t": "\\t"}.get(found[0], f"\\u{ord(found[0]):04x}")
