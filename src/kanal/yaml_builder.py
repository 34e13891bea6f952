"""From a YAML parser's events to plain values, refusing what nobody means in a draft.

It watches depth, anchors, tags, second documents and repeated keys while it builds, so that nothing monstrous is ever
built. It must not know files, nor what any key means.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from kanal.message import Message, msg
from kanal.model import Place
from kanal.yaml_document import CONTROL, Document, Stop, invisible, place_of
from kanal.yaml_words import lost_hashtag

MAX_DEPTH = 20
LONGEST_NUMBER = 300
"""More signs than that are no number (and `int` refuses more than some thousand)."""

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_BEGIN_NUMBERS = frozenset("+-.0123456789")
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _resolve(text: str) -> object:
    """The value of a plain scalar by the YAML 1.2 core schema without hex and octal (https://yaml.org/spec/1.2.2/#103)."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _BEGIN_NUMBERS or len(text) > LONGEST_NUMBER:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


class Builder:
    """Turns a parser's events into values, watching depth, anchors, tags and repeated keys."""

    def __init__(self, document: Document, text: str, events: Iterator[Any]) -> None:
        self._document = document
        self._marks = document.marks
        self._events = events
        self._lines = text.splitlines()
        self._has_escapes = "\\" in text
        self._hash_lines = {number for number, line in enumerate(self._lines) if "#" in line}

    def build(self) -> None:
        """Fill the document. Raises `Stop`, and what the parser raises."""
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(
                        event,
                        msg(
                            "A second document begins here (“---”). A file holds one draft, or one list of settings: "
                            "delete the line, or move the rest to a file of its own."
                        ),
                    )
            elif isinstance(event, yaml.NodeEvent):
                self._document.value = self._node(event, "", 1)
        if documents == 0:
            self._document.object_to("format/yaml", Place(1, 1), msg("The file is empty. Fill it, or delete it."))

    def _node(self, event: Any, path: str, depth: int) -> object:
        # An alias has no tag, but an anchor.
        if event.anchor is not None or event.tag is not None or depth > MAX_DEPTH:
            self._refuse_trick(event, depth)
        self._marks[path] = event.start_mark
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _scalar(self, event: yaml.ScalarEvent, path: str) -> object:
        if self._has_escapes:
            self._refuse_control(event, path)
        if not event.implicit[0]:  # in quotation marks, or a block
            return event.value
        mark = event.end_mark
        if mark and (mark.line in self._hash_lines or mark.line + 1 in self._hash_lines):
            self._refuse_lost_hashtag(event, path)
        return _resolve(event.value)

    def _sequence(self, path: str, depth: int) -> list[object]:
        items: list[object] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, f"{path}[{len(items)}]", depth + 1))
        return items

    def _mapping(self, path: str, depth: int) -> dict[str, object]:
        entries: dict[str, object] = {}
        for key in self._events:
            if isinstance(key, yaml.MappingEndEvent):
                break
            name = self._key(key, depth)
            below = f"{path}.{name}" if path else name
            if name in entries:
                self._object_to_repeated(key, name, below)
                self._node(next(self._events), f"{below}#2", depth + 1)
            else:
                self._marks[f"{below}:key"] = key.start_mark
                entries[name] = self._node(next(self._events), below, depth + 1)
        return entries

    def _key(self, event: Any, depth: int) -> str:
        if event.anchor is not None or event.tag is not None:
            self._refuse_trick(event, depth)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._stop(event, msg("A key must be a word, followed by a colon."))
        if self._has_escapes:
            self._refuse_control(event, "")
        return event.value

    def _object_to_repeated(self, key: yaml.ScalarEvent, name: str, path: str) -> None:
        self._document.object_to(
            "format/duplicate-key",
            place_of(key.start_mark),
            msg(
                "The key “{key}” stands here a second time; the first is in line {line}. Keep one.",
                key=name,
                line=self._document.places[f"{path}:key"].line,
            ),
            path,
        )

    def _refuse_trick(self, event: yaml.NodeEvent, depth: int) -> None:
        anchor, tag = event.anchor, getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            raise self._stop(
                event, msg("References (“*{name}”) are not allowed here. Write the text out.", name=anchor)
            )
        if anchor:
            raise self._stop(
                event, msg("Anchors (“&{name}”) are not allowed. Delete it, or put the value in quotes.", name=anchor)
            )
        if tag is not None:
            raise self._stop(
                event, msg("Tags (“{tag}”) are not allowed. Delete it, or put the value in quotes.", tag=tag)
            )
        if depth > MAX_DEPTH:
            raise self._stop(
                event, msg("Here the file is more than {depth} levels deep. Check the indentation.", depth=MAX_DEPTH)
            )

    def _refuse_control(self, event: yaml.ScalarEvent, path: str) -> None:
        """What nobody would see: characters written as escapes (`U+0000`)."""
        control = CONTROL.search(event.value)
        if control:
            self._document.object_to("format/encoding", place_of(event.start_mark), invisible(control[0]), path)

    def _refuse_lost_hashtag(self, event: yaml.ScalarEvent, path: str) -> None:
        """What would vanish unseen: hashtags taken for remarks."""
        lost = lost_hashtag(event, self._lines, self._document.places.get(f"{path}:key"))
        if lost:
            self._document.object_to("format/yaml", *lost, path)

    def _stop(self, event: yaml.Event, message: Message) -> Stop:
        self._document.object_to("format/yaml", place_of(event.start_mark), message)
        return Stop()
