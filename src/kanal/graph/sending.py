"""One request to Meta and its raw answer: connection, deadline, and what it means when none comes.

This module must not know the error objects that answers hold. Imported only together with httpx.
"""

import mimetypes
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO

import httpx

from kanal.errors import DeliveryError, Unavailable
from kanal.message import Message, msg
from kanal.model import Secret
from kanal.transport import ANSWER_SECONDS, Redirected
from kanal.transport.failures import no_answer, redirected, token_unusable, unreachable
from kanal.transport.streaming import Body
from kanal.transport.with_httpx import open_client, was_sent


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask. `publishing` marks the one request after whose failure nobody knows.

    `body` is sent as it is, in place of `data` and `picture`. A `batched` one wraps another, whose answer lies in its
    own.
    """

    method: str
    path: str
    params: Mapping[str, str] | None = None
    data: Mapping[str, str] | None = None
    picture: Path | None = None
    body: Body | None = None
    headers: Mapping[str, str] | None = None
    publishing: bool = False
    batched: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers (in any case) and body, nothing read into them."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def connect(base_url: str, token: Secret, scheme: str = "Bearer") -> httpx.Client:
    """A client that sends the token as a header. Raises `Unavailable` when the token or the environment forbids it."""
    # A line break or an umlaut would fail inside httpx, where "not sent" cannot be told from "sent".
    if not re.fullmatch(r"[\x21-\x7e]+", token.reveal()):
        raise token_unusable()
    try:
        return open_client(base_url, {"Authorization": f"{scheme} {token.reveal()}"})
    except OSError as error:
        raise _unusable_environment(
            msg("The file that SSL_CERT_FILE names cannot be read as certificates."),
            msg("It has to exist and to hold certificates in PEM format."),
        ) from error
    except (httpx.InvalidURL, ImportError, ValueError) as error:
        raise _unusable_environment(
            msg("The channel's base address, or the proxy in HTTPS_PROXY, is none that can be used."),
            msg("Both look like “https://host.example:8080”; SOCKS proxies are not supported."),
        ) from error


def send(client: httpx.Client, request: Request) -> Reply:
    """Send it once. Raises `Unavailable`, or `Uncertain` if it publishes and may have arrived."""
    address = str(client.base_url)
    headers = {**(request.headers or {}), **({"Connection": "close"} if request.publishing else {})}
    if request.body is not None:
        headers["Content-Length"] = str(len(request.body))
    with _opened(request.picture) as files:
        try:
            with client.stream(
                request.method,
                request.path,
                headers=headers,
                params=request.params,
                data=request.data,
                files=files,
                content=request.body,
            ) as response:
                return Reply(response.status_code, response.headers, _body(response))
        except Redirected as error:
            # A server that redirects has not handled the request (RFC 9110 §15.4).
            raise redirected(error, address) from error
        except httpx.RequestError as error:
            raise _failure(error, address, publishing=request.publishing) from error
        except OSError as error:
            if request.body is None:
                raise
            raise Unavailable(msg("The file changed, or could not be read, while it was sent.")) from error


def _failure(error: httpx.RequestError, address: str, *, publishing: bool) -> DeliveryError:
    if isinstance(error, httpx.TransportError) and not was_sent(error):
        return unreachable(error, address)
    if publishing:
        return no_answer(address)
    return Unavailable(
        msg("{address} did not answer in time, or broke off the connection.", address=address), channel_wide=True
    )


def _body(response: httpx.Response) -> bytes:
    """The whole body, within one deadline: httpx alone would wait a minute again after every byte."""
    deadline = monotonic() + ANSWER_SECONDS
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if monotonic() > deadline:
            raise httpx.ReadTimeout("the answer did not end in time", request=response.request)
    return bytes(body)


@contextmanager
def _opened(picture: Path | None) -> Iterator[dict[str, tuple[str, IO[bytes], str]] | None]:
    """The multipart field of a picture. The draft's file name stays at home: it may say more than is meant."""
    if picture is None:
        yield None
        return
    kind = mimetypes.guess_type(picture.name)[0] or "application/octet-stream"
    try:
        file = picture.open("rb")
    except OSError as error:
        raise Unavailable(
            msg("The picture “{file}” cannot be read: {reason}.", file=picture.name, reason=error.strerror or ""),
            needs_person=True,
        ) from error
    with file:
        yield {"source": (f"picture{picture.suffix.lower()}", file, kind)}


def _unusable_environment(message: Message, advice: Message) -> Unavailable:
    return Unavailable(message, advice, channel_wide=True, needs_person=True)
