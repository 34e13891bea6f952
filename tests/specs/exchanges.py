"""Builds exchanges by hand, for the tests of the validators themselves."""

import json
from typing import Any
from urllib.parse import urlencode

from kanal.sandbox import Exchange

from .bodies import FORM, JSON


def exchange(
    request: str,
    *,
    platform: str = "mastodon",
    body: bytes = b"",
    kind: str = "",
    logged_in: bool = True,
    status: int = 200,
    answer: Any = None,
    answer_kind: str = JSON,
    fault: str | None = None,
    broken: bool = False,
) -> Exchange:
    """`request` is method and address: `GET /notes?limit=3`. A `broken` answer ends in the middle of its JSON."""
    method, _, address = request.partition(" ")
    path, _, query = address.partition("?")
    headers = [("Authorization", "Bearer secret")] if logged_in else []
    if kind:
        headers.append(("content-type", kind))
    return Exchange(
        platform=platform,
        method=method,
        path=path,
        query=query,
        request_headers=tuple(headers),
        request_body=body,
        status=status,
        response_headers=(("Content-Type", answer_kind),),
        response_body=json.dumps(answer).encode()[: -1 if broken else None],
        fault=fault,
    )


def sent_as_json(value: Any) -> dict[str, Any]:
    return {"body": json.dumps(value).encode(), "kind": JSON}


def sent_as_form(*fields: tuple[str, str]) -> dict[str, Any]:
    return {"body": urlencode(fields).encode(), "kind": FORM}


def sent_as_parts(*fields: tuple[str, str], file: tuple[str, bytes] | None = None) -> dict[str, Any]:
    pieces = [f'--line\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields]
    body = "".join(pieces).encode()
    if file is not None:
        name, content = file
        disposition = f'Content-Disposition: form-data; name="{name}"; filename="picture.png"'
        body += f"--line\r\n{disposition}\r\nContent-Type: image/png\r\n\r\n".encode() + content + b"\r\n"
    return {"body": body + b"--line--\r\n", "kind": "multipart/form-data; boundary=line"}
