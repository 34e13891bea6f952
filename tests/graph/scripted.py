"""Meta on loopback, answering what a test wrote down in advance, and remembering what it was asked."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from kanal.testing import loopback
from kanal.testing.loopback import Reply, as_json


@dataclass(frozen=True)
class Asked:
    """`fields` holds the form; a file in it as name, media type and content."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    fields: Mapping[str, Any]


@dataclass
class Network:
    """Gives `answers` in their order; `asked` holds the requests."""

    url: str = ""
    answers: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def will(self, *answers: Reply | Mapping[str, Any]) -> None:
        self.answers += [answer if isinstance(answer, Reply) else as_json(answer) for answer in answers]

    def answer(self, request: loopback.Asked) -> Reply:
        parts = urlsplit(request.path)
        self.asked.append(
            Asked(request.method, parts.path, dict(parse_qsl(parts.query)), request.headers, _fields(request))
        )
        return self.answers.pop(0)


@contextmanager
def scripted() -> Iterator[Network]:
    network = Network()
    with loopback.loopback(network.answer) as server:
        network.url = f"{server.url}/v26.0"
        yield network


def error(
    code: int, subcode: int | None = None, *, status: int = 400, headers: Mapping[str, str] | None = None, **more: Any
) -> Reply:
    """Meta's error object."""
    body = {"message": f"(#{code}) no", "type": "OAuthException", "code": code, "fbtrace_id": "A1", **more}
    if subcode is not None:
        body["error_subcode"] = subcode
    return Reply(status, json.dumps({"error": body}).encode(), headers or {})


def _fields(request: loopback.Asked) -> Mapping[str, Any]:
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body)
    fields: dict[str, Any] = {}
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        file = part.get_filename()
        name = str(part.get_param("name", header="content-disposition"))
        fields[name] = (file, part.get_content_type(), content) if file else content.decode()
    return fields
