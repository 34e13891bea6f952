"""YAML as people mean it: the strict reader under drafts and configuration.

YAML 1.2's few plain types (`no`, `12:30` and `1_000` stay text), no anchors, no tags, no second document, no repeated
key, and a place (line, column) for every field. It must not know what any key means; see `kanal.schema` for that.
Works on parser events, so that a file 100 levels deep or with a billion laughs is refused before anything is built.
"""

import os
from codecs import BOM_UTF8
from contextlib import suppress
from pathlib import Path

import yaml

from kanal.message import msg
from kanal.model import Place
from kanal.yaml_builder import Builder
from kanal.yaml_document import BREAK, CONTROL, Document, Stop, invisible
from kanal.yaml_words import in_plain_words

__all__ = ["Document", "parse", "read"]

MAX_BYTES = 1_000_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path | str, file: str) -> Document:
    """Read `path`; `file` is how findings name it. Never raises for what the file holds."""
    document = Document(file)
    with suppress(Stop):
        _build(_decode(path, document), document)
    return document


def parse(text: str, file: str) -> Document:
    """As `read`, for text that is already in memory (a rule's example, a template)."""
    document = Document(file)
    with suppress(Stop):
        _build(text.removeprefix("\ufeff"), document)
    return document


def _decode(path: Path | str, document: Document) -> str:
    start = Place(1, 1)
    try:
        # An archive has thousands: neither a path, nor a buffer, nor room for more than there is.
        with open(path, "rb", buffering=0) as opened:  # noqa: PTH123
            size = os.fstat(opened.fileno()).st_size
            raw = opened.read(min(size, MAX_BYTES) + 1)
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
            raise Stop
    except OSError as error:
        document.object_to(
            "format/unreadable", start, msg("The file cannot be read: {reason}.", reason=error.strerror or "?")
        )
        raise Stop from error
    raw = raw.removeprefix(BOM_UTF8)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        document.object_to(
            "format/encoding",
            _place_at_end_of(before),
            msg("Here is a byte that is not UTF-8. Save the file as “UTF-8”, not as “ANSI” or “Windows-1252”."),
        )
        raise Stop from error


def _place_at_end_of(text: str) -> Place:
    lines = BREAK.split(text)
    return Place(len(lines), len(lines[-1]) + 1)


def _build(text: str, document: Document) -> None:
    document.text = text
    # What can be printed is no control character; of what cannot, some are meant, such as a soft hyphen.
    control = None if text.replace("\n", "").isprintable() else CONTROL.search(text)
    if control:
        document.object_to("format/encoding", _place_at_end_of(text[: control.start()]), invisible(control[0]))
        raise Stop
    try:
        # As `yaml.parse` does, without asking before each event whether there is one.
        Builder(document, text, iter(_LOADER(text).get_event, None)).build()
    except yaml.YAMLError as error:
        document.object_to("format/yaml", *in_plain_words(error, text))
        raise Stop from error
