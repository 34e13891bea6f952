"""YAML as people mean it: the strict reader under drafts and configuration.

YAML 1.2's few plain types (`no`, `12:30` and `1_000` stay text), no anchors, no tags, no second document, no repeated
key, and a place (line, column) for every field. It must not know what any key means; see `kanal.schema` for that.
Works on parser events, so that a file 100 levels deep or with a billion laughs is refused before anything is built.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kanal.message import Message, msg
from kanal.model import Finding, Place, Severity
from kanal.yaml_words import in_plain_words, lost_hashtag

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
LONGEST_NUMBER = 300
"""More signs than that are no number (and `int` refuses more than some thousand)."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what YAML's parsers count as a line
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(slots=True)
class Document:
    """A file's content as plain Python values, with the place of each field.

    `places` maps a field path (`media[0].alt`) to where its value stands, `keys` to where its key stands. With
    findings, `value` is what could still be read (None if nothing).
    """

    file: str
    value: object = None
    places: dict[str, Place] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def object_to(self, rule: str, place: Place, message: Message, field_path: str = "") -> None:
        """Add an error."""
        self.findings.append(Finding(rule, Severity.ERROR, self.file, place, field_path, message))


class _Stop(Exception):
    """The rest of the file makes no sense; the finding is noted."""


def read(path: Path, file: str) -> Document:
    """Read `path`; `file` is how findings name it. Never raises for what the file holds."""
    document = Document(file)
    with suppress(_Stop):
        _build(_decode(path, document), document)
    return document


def parse(text: str, file: str) -> Document:
    """As `read`, for text that is already in memory (a rule's example, a template)."""
    document = Document(file)
    with suppress(_Stop):
        _build(text.removeprefix("\ufeff"), document)
    return document


def _decode(path: Path, document: Document) -> str:
    start = Place(1, 1)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            document.object_to(
                "format/size",
                start,
                msg(
                    "The file has {size} bytes; more than {limit} cannot be meant. Is it a picture or an export?",
                    size=size,
                    limit=MAX_BYTES,
                ),
            )
            raise _Stop
        raw = path.read_bytes()
    except OSError as error:
        document.object_to(
            "format/unreadable", start, msg("The file cannot be read: {reason}.", reason=error.strerror or "?")
        )
        raise _Stop from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        document.object_to(
            "format/encoding",
            _place_at_end_of(before),
            msg("Here is a byte that is not UTF-8. Save the file as “UTF-8”, not as “ANSI” or “Windows-1252”."),
        )
        raise _Stop from error


def _place_at_end_of(text: str) -> Place:
    lines = _BREAK.split(text)
    return Place(len(lines), len(lines[-1]) + 1)


def _build(text: str, document: Document) -> None:
    control = _CONTROL.search(text)
    if control:
        document.object_to("format/encoding", _place_at_end_of(text[: control.start()]), _invisible(control[0]))
        raise _Stop
    try:
        _Builder(document, text.splitlines()).build(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        document.object_to("format/yaml", *in_plain_words(error, text))
        raise _Stop from error


def _invisible(sign: str) -> Message:
    return msg("Here is an invisible control character (U+{code}). Delete it.", code=f"{ord(sign):04X}")


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


class _Builder:
    """Turns parser events into values, watching depth, anchors, tags and repeated keys."""

    def __init__(self, document: Document, lines: list[str]) -> None:
        self._document = document
        self._lines = lines

    def build(self, events: Iterator[yaml.Event]) -> None:
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
        control = _CONTROL.search(event.value)
        if control:
            self._document.object_to("format/encoding", _place(event), _invisible(control[0]), path or "")
        if path is not None:
            lost = lost_hashtag(event, self._lines, self._document.keys.get(path))
            if lost:
                self._document.object_to("format/yaml", *lost, path)

    def _stop(self, event: yaml.Event, message: Message) -> _Stop:
        self._document.object_to("format/yaml", _place(event), message)
        return _Stop()


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
