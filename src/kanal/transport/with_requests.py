"""A requests session with an office's manners, for the two libraries that insist on requests.

tweepy gives no timeout and knows one host only; Mastodon.py follows redirects with a GET. A session of our own cures
all three (docs/networks.md#x-the-library and #mastodon-the-library). Imported only by adapters that talk to their
network right now.
"""

import ssl
from collections.abc import Iterator, Mapping
from io import BytesIO
from time import monotonic
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError

from kanal.errors import Unavailable, Uncertain
from kanal.transport import ANSWER_SECONDS, CONNECT_SECONDS, Answered, Redirected, is_loopback, silence_tokens, trust
from kanal.transport.failures import certificates_unreadable, no_answer, silent, unreachable

# Raised by requests before a byte of the request left this machine. `ProxyError` only stands for a proxy that was
# not reached or refused the tunnel: urllib3 uses it while `has_connected_to_proxy` is false.
NOT_SENT = (
    requests.exceptions.ConnectTimeout,
    requests.exceptions.ProxyError,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
)

# https://docs.openssl.org/3.0/man3/SSL_get_error/ : what goes wrong in the handshake, and therefore before the
# request. Python reads a connection that ends without goodbye as end of file, so the last one is the handshake's too.
HANDSHAKE_REASONS = frozenset(
    {
        "CERTIFICATE_VERIFY_FAILED",
        "HTTP_REQUEST",
        "NO_PROTOCOLS_AVAILABLE",
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "TLSV1_ALERT_PROTOCOL_VERSION",
        "TLSV1_UNRECOGNIZED_NAME",
        "UNSUPPORTED_PROTOCOL",
        "WRONG_VERSION_NUMBER",
        "UNEXPECTED_EOF_WHILE_READING",
    }
)


class OfficeSession(requests.Session):
    """Sends with a timeout, refuses redirects, and replaces the start of addresses as `rewrite` says.

    Rewriting happens before signing, so that an OAuth 1.0a signature covers the address that is really asked.
    Whatever is not 2xx raises here, before a library can misread it: tweepy stumbles over an error that is a JSON
    list, Mastodon.py forgets the network's words at 429 (docs/networks.md#x-the-library and #mastodon-the-library).
    """

    def __init__(self, rewrite: Mapping[str, str] | None = None, *, base_url: str = "") -> None:
        super().__init__()
        silence_tokens()
        self.auth = _as_it_is
        self._rewrite = dict(rewrite or {})
        targets = [*self._rewrite.values(), *([base_url] if base_url else [])]
        if targets and all(is_loopback(target) for target in targets):
            self.trust_env = False
        if any(target.startswith("https:") for target in targets) or not targets:
            self.mount("https://", _TrustingAdapter(trust()))

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """As `requests.Session.request`. Raises `Redirected` and `Answered` for every answer that is not 2xx."""
        address = url if isinstance(url, str) else url.decode()
        for original, replacement in self._rewrite.items():
            if address.startswith(original):
                address = replacement.rstrip("/") + address[len(original) :]
                break
        manners = {"timeout": (CONNECT_SECONDS, ANSWER_SECONDS), "allow_redirects": False, "stream": True}
        response = super().request(method, address, *args, **{**kwargs, **manners})
        response.raw = BytesIO(_body(response, monotonic() + ANSWER_SECONDS))
        body = response.content
        if response.is_redirect:
            raise Redirected(str(response.headers["location"]))
        if not 200 <= response.status_code < 300:  # noqa: PLR2004 - RFC 9110 §15.3
            raise Answered(response.status_code, response.headers, body.decode(errors="replace"))
        return response

    def drop_connections(self) -> None:
        """Let the next request open a connection of its own.

        On a kept one, which the server may be closing at this moment, a failure would not tell whether the request
        arrived; on a new one, a server that is down says so before anything is sent.
        """
        self.close()


class _TrustingAdapter(HTTPAdapter):
    """Verifies against the given context only; requests' own bundle would add authorities the office may not want."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return super().proxy_manager_for(*args, ssl_context=self._context, **kwargs)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"


def open_session(rewrite: Mapping[str, str] | None = None, *, base_url: str = "") -> OfficeSession:
    """As `OfficeSession`. Raises `Unavailable` when the office's certificate file cannot be read."""
    try:
        return OfficeSession(rewrite, base_url=base_url)
    except OSError as error:
        raise certificates_unreadable() from error


def translate_failure(error: requests.RequestException, address: str, *, publishing: bool) -> Unavailable | Uncertain:
    """The delivery error for a request to `address` that got no answer; `publishing`: it was the one that publishes."""
    if not was_sent(error):
        return unreachable(error, address)
    return no_answer(address) if publishing else silent(address)


def was_sent(error: BaseException) -> bool:
    """Whether the network may have received the request that failed with `error`, an exception of requests."""
    if isinstance(error, NOT_SENT):
        return False
    if isinstance(error, requests.exceptions.SSLError):
        return not any(_is_handshake(cause) for cause in _causes(error))
    if isinstance(error, requests.exceptions.ConnectionError):
        return not any(isinstance(cause, NewConnectionError) for cause in _causes(error))
    return True


def _body(response: requests.Response, deadline: float) -> bytes:
    """The whole answer, by `deadline`: requests' own timeout begins anew with every byte."""
    body = bytearray()
    try:
        while chunk := response.raw.read1(65536, decode_content=True):
            body += chunk
            if monotonic() > deadline:
                raise requests.exceptions.ReadTimeout("the answer did not end in time")
    except HTTPError as error:
        raise requests.exceptions.ChunkedEncodingError(error) from error
    finally:
        response.raw.close()
    return bytes(body)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Stand in the place where requests would put a login from a `.netrc` file over our own token."""
    return request


def _is_handshake(error: BaseException) -> bool:
    if isinstance(error, ssl.SSLCertVerificationError):
        return True
    return isinstance(error, ssl.SSLError) and getattr(error, "reason", None) in HANDSHAKE_REASONS


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error` and what requests and urllib3 wrapped in it: they hide causes in `args` and `reason`."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        found = waiting.pop()
        if isinstance(found, BaseException) and not any(found is known for known in seen):
            seen.append(found)
            yield found
            waiting += found.args
            if isinstance(found, MaxRetryError):
                waiting.append(found.reason)
