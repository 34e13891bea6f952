"""From a YAML parser's events to plain values, refusing what nobody means in a draft.

It watches depth, anchors, tags, second documents and repeated keys while it builds, so that nothing monstrous is ever
built. It must not know files, nor what any key means.
"""

import re
from collections.abc import Iterator

import yaml

from kanal.message import Message, msg
from kanal.model import Place
from kanal.yaml_document import CONTROL, Document, Stop, invisible
from kanal.yaml_words import lost_hashtag

MAX_DEPTH = 20
LONGEST_NUMBER = 300
"""More signs than that are no number (and `int` refuses more than some thousand)."""

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _resolve(event: yaml.ScalarEvent) -> object:
    """The value of a scalar by the YAML 1.2 core schema without hex and octal (https://yaml.org/spec/1.2.2/#103)."""
    text: str = event.value
    if not event.implicit[0] or len(text) > LONGEST_NUMBER:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


class Builder:
    """Turns parser events into values, watching depth, anchors, tags and repeated keys."""

    def __init__(self, document: Document, text: str) -> None:
        self._document = document
        self._lines = text.splitlines()
        self._has_escapes = "\\" in text
        self._hash_lines = {number for number, line in enumerate(self._lines) if "#" in line}

    def build(self, events: Iterator[yaml.Event]) -> None:
        """Fill the document from a parser's events. Raises `Stop`, and what the parser raises."""
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(
                        event,
                        msg(
                            "A second document begins here (“---”). One file is one draft: "
                            "delete the line, or move the rest to a file of its own."
                        ),
                    )
            elif isinstance(event, yaml.NodeEvent):
                self._document.value = self._node(event, events, "", 1)
        if documents == 0:
            self._document.object_to("format/yaml", Place(1, 1), msg("The file is empty."))

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: str, depth: int) -> object:
        self._refuse_tricks(event, depth)
        self._document.places[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_losses(event, path)
            return _resolve(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path, depth)
        return self._mapping(events, path, depth)

    def _sequence(self, events: Iterator[yaml.Event], path: str, depth: int) -> list[object]:
        items: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, f"{path}[{len(items)}]", depth + 1))
        return items

    def _mapping(self, events: Iterator[yaml.Event], path: str, depth: int) -> dict[str, object]:
        entries: dict[str, object] = {}
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                break
            self._refuse_tricks(key, depth)
            if not isinstance(key, yaml.ScalarEvent):
                raise self._stop(key, msg("A key must be a word, followed by a colon."))
            self._refuse_losses(key, None)
            name = str(key.value)
            below = f"{path}.{name}" if path else name
            repeated = name in entries
            if repeated:
                first = self._document.keys[below].line
                self._document.object_to(
                    "format/duplicate-key",
                    _place(key),
                    msg(
                        "The key “{key}” stands here a second time; the first is in line {line}. Keep one.",
                        key=name,
                        line=first,
                    ),
                    below,
                )
            else:
                self._document.keys[below] = _place(key)
            value = self._node(next(events), events, f"{below}#2" if repeated else below, depth + 1)
            if not repeated:
                entries[name] = value
        return entries

    def _refuse_tricks(self, event: yaml.Event, depth: int) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is None and tag is None and depth <= MAX_DEPTH:
            return
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

    def _refuse_losses(self, event: yaml.ScalarEvent, path: str | None) -> None:
        """What would vanish unseen: characters written as escapes (`U+0000`), and hashtags taken for remarks."""
        control = CONTROL.search(event.value) if self._has_escapes else None
        if control:
            self._document.object_to("format/encoding", _place(event), invisible(control[0]), path or "")
        mark = event.end_mark
        if path is not None and mark and not self._hash_lines.isdisjoint((mark.line, mark.line + 1)):
            lost = lost_hashtag(event, self._lines, self._document.keys.get(path))
            if lost:
                self._document.object_to("format/yaml", *lost, path)

    def _stop(self, event: yaml.Event, message: Message) -> Stop:
        self._document.object_to("format/yaml", _place(event), message)
        return Stop()


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
