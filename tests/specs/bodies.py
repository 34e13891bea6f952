"""What a request body says, field by field, whichever of the three encodings it came in.

This module must not know any specification: it only takes bytes apart.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body. `kind` is its media type, `size` in bytes."""

    name: str
    kind: str
    size: int


Fields = Mapping[str, Sequence[str | Upload]]


class UnreadableBody(Exception):
    """The body is not what its Content-Type says."""


def header(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The first header of that name, in any case (RFC 9110 §5.1)."""
    return next((value for key, value in headers if key.lower() == name.lower()), None)


def media_type(headers: Sequence[tuple[str, str]]) -> str:
    """The Content-Type without parameters, in lower case; "" when there is none."""
    return (header(headers, "Content-Type") or "").partition(";")[0].strip().lower()


def read_json(body: bytes) -> Any:
    """The value. Raises `UnreadableBody`."""
    try:
        return json.loads(body)
    except ValueError as error:
        raise UnreadableBody(f"the body is not JSON: {body[:60]!r}") from error


def read_fields(headers: Sequence[tuple[str, str]], body: bytes) -> Fields:
    """The fields of a form or multipart body. Raises `UnreadableBody`."""
    if media_type(headers) == MULTIPART:
        return _multipart(header(headers, "Content-Type") or "", body)
    return grouped(parse_qsl(body.decode(), keep_blank_values=True))


def grouped(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str | Upload]]:
    """Values by name, in the order they came."""
    fields: dict[str, list[str | Upload]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _multipart(content_type: str, body: bytes) -> Fields:
    message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    if not message.is_multipart() or message.defects:
        raise UnreadableBody(f"the body is not multipart: {message.defects}")
    fields: dict[str, list[str | Upload]] = {}
    for part in message.walk():
        name = part.get_param("name", header="Content-Disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        file = part.get_filename()
        value = content.decode() if file is None else Upload(file, part.get_content_type(), len(content))
        fields.setdefault(name, []).append(value)
    return fields
