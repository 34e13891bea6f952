"""Puts an approval into the text of a draft, or a new one in the place of the old: every other character stays.

The text is read again afterwards: it must say what it said, and hold this approval. It must not know files or rules.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import yaml

from kanal.approval.digest import said
from kanal.drafts import DraftSetting, parse_draft
from kanal.errors import UsageError
from kanal.local_time import parse_local
from kanal.message import msg
from kanal.model import Approval

_PLAIN = re.compile(r"[^\W\d_][\w.’-]*( [\w.’()-]+)*")
"""A name that YAML takes as it stands; all others get quotation marks."""
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off"})


class _Edit(NamedTuple):
    start: int
    end: int
    instead: str


def approved(raw: bytes, approval: Approval, setting: DraftSetting) -> bytes:
    """The bytes of a readable draft's file with this approval, its time to the minute. Raises `UsageError`."""
    start = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    return start + with_approval(raw.decode("utf-8-sig"), _writable(approval, setting), setting).encode()


def with_approval(text: str, approval: Approval, setting: DraftSetting) -> str:
    """The text of a readable draft with this approval and no other.

    Raises `UsageError` where the file is written so unusually that it cannot be done without changing more.
    """
    line = ", ".join(f"{key}: {value}" for key, value in _values(approval).items())
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    done = text
    if isinstance(top, yaml.MappingNode):
        for edit in sorted(_edits(text, top, approval), reverse=True):
            done = done[: edit.start] + edit.instead + done[edit.end :]
    if not _says_the_same_with(approval, text, done, setting):
        raise UsageError(
            msg("The approval cannot be written into this file without changing more of it."),
            msg("Write it there yourself: approval: {approval}", approval=f"{{{line}}}"),
        )
    return done


def _writable(approval: Approval, setting: DraftSetting) -> Approval:
    """The approval with its time to the minute; in the hour that a clock change repeats, the last minute before it."""
    at = approval.at.astimezone(setting.zone).replace(second=0, microsecond=0, tzinfo=None)
    while True:
        found = parse_local(f"{at:%Y-%m-%d %H:%M}", setting.zone)
        if not hasattr(found, "text"):
            return approval._replace(at=found)
        at -= timedelta(minutes=1)


def _values(approval: Approval) -> dict[str, str]:
    found = {"name": _scalar(approval.name), "at": f"{approval.at:%Y-%m-%d %H:%M}"}
    return found | ({"digest": approval.digest} if approval.digest else {})


def _scalar(name: str) -> str:
    if _PLAIN.fullmatch(name) and name.casefold() not in _WORDS:
        return name
    return "'" + name.replace("'", "''") + "'"


def _edits(text: str, top: yaml.MappingNode, approval: Approval) -> Iterator[_Edit]:
    values = _values(approval)
    flow = "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"
    old = next((node for key, node in top.value if key.value == "approval"), None)
    if isinstance(old, yaml.MappingNode):
        yield from _replaced(text, old, values)
    elif old is not None:  # nothing, or null
        yield _Edit(old.start_mark.index, old.end_mark.index, flow if old.value else f" {flow}")
    elif top.flow_style:
        yield _Edit(top.end_mark.index - 1, top.end_mark.index - 1, f", approval: {flow}")
    else:
        yield _appended(text, top, f"approval: {flow}")


def _replaced(text: str, old: yaml.MappingNode, values: dict[str, str]) -> Iterator[_Edit]:
    """Each value in the place of the old one; what is new behind the last one, on a line of its own in a block."""
    nodes = {key.value: (key, node) for key, node in old.value}
    for name in values.keys() & nodes.keys():
        node = nodes[name][1]
        yield _Edit(node.start_mark.index, node.end_mark.index, values[name])
    missing = {name: value for name, value in values.items() if name not in nodes}
    last_key, last = max(nodes.values(), key=lambda pair: pair[1].end_mark.index)
    if missing and old.flow_style:
        at = last.end_mark.index
        yield _Edit(at, at, "".join(f", {name}: {value}" for name, value in missing.items()))
    elif missing:
        at = _end_of_line(text, last.end_mark.index)
        begin = _line_end(text) + " " * last_key.start_mark.column
        yield _Edit(at, at, "".join(f"{begin}{name}: {value}" for name, value in missing.items()))


def _appended(text: str, top: yaml.MappingNode, line: str) -> _Edit:
    """A line of its own at the end, before the sign that ends a document."""
    end = re.search(r"^\.\.\.[ \t]*(#[^\r\n]*)?[\r\n]*\Z", text, re.MULTILINE)
    at = end.start() if end else len(text)
    break_before = "" if text[:at].endswith(("\n", "\r")) else _line_end(text)
    return _Edit(at, at, f"{break_before}{' ' * top.start_mark.column}{line}{_line_end(text)}")


def _line_end(text: str) -> str:
    """The one that the file uses."""
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


def _end_of_line(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]").search(text, at)
    return found.start() if found else len(text)


def _says_the_same_with(approval: Approval, before: str, after: str, setting: DraftSetting) -> bool:
    old, _ = parse_draft(before, "", setting)
    new, _ = parse_draft(after, "", setting)
    if old is None or new is None:
        return False
    return new.approval == approval and said(old, setting.posts) == said(new, setting.posts)
