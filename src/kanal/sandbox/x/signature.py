"""Checking OAuth 1.0a signatures (RFC 5849) as X does: HMAC-SHA1 over method, address and parameters.

The address that was signed may be the one the request came to, or one that a proxy or a rewriting client replaced:
X's own two hosts, and origins that the caller of `running` trusts. Written anew and not with oauthlib, which signs on
the other side: a mistake in one of the two shows.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha1
from hmac import compare_digest, new
from urllib.parse import parse_qsl, quote, unquote

from starlette.requests import Request

from kanal.sandbox.records import Account

X_ORIGINS = ("https://api.twitter.com", "https://api.x.com")
# X refuses signatures that are more than five minutes off (error 135, "Timestamp out of bounds").
CLOCK_SECONDS = 300
Pairs = list[tuple[str, str]]


def parameters(request: Request) -> dict[str, str]:
    """The `oauth_…` parameters of the Authorization header, or nothing when it is not OAuth 1.0a."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "oauth":
        return {}
    return {name: unquote(value) for name, value in re.findall(r'(oauth_\w+)="([^"]*)"', rest)}


async def verify(request: Request, account: Account, origins: Sequence[str], now: float) -> bool:
    """Whether the account's two secrets signed this request for one of `origins` or for where it came to."""
    signed = parameters(request)
    given = signed.pop("oauth_signature", "")
    if signed.get("oauth_signature_method") != "HMAC-SHA1" or not _recent(signed.get("oauth_timestamp", ""), now):
        return False
    if signed.get("oauth_consumer_key") != account.credentials["consumer_key"]:
        return False
    pairs = [*signed.items(), *_query(request), *await _form_fields(request)]
    own_origin = f"{request.url.scheme}://{request.headers.get('host', '').lower()}"
    path = quote(request.url.path, safe="/-._~!$&'()*+,;=:@")
    return any(
        compare_digest(_signature(account, request.method, f"{origin.rstrip('/')}{path}", pairs), given.encode())
        for origin in (own_origin, *X_ORIGINS, *origins)
    )


def _recent(timestamp: str, now: float) -> bool:
    return timestamp.isdecimal() and abs(int(timestamp) - now) <= CLOCK_SECONDS


def _query(request: Request) -> Pairs:
    return parse_qsl(request.url.query, keep_blank_values=True)


async def _form_fields(request: Request) -> Pairs:
    """Only fields of a web form are signed; JSON and multipart bodies are not (RFC 5849 §3.4.1.3.1)."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return []
    return parse_qsl((await request.body()).decode("ascii", "replace"), keep_blank_values=True)


def _signature(account: Account, method: str, address: str, pairs: Pairs) -> bytes:
    """RFC 5849 §3.4.1 (what is signed) and §3.4.2 (how)."""
    sorted_pairs = sorted((_encoded(name), _encoded(value)) for name, value in pairs)
    normalized = "&".join(f"{name}={value}" for name, value in sorted_pairs)
    base = "&".join(_encoded(part) for part in (method.upper(), address, normalized))
    secrets = account.credentials
    key = f"{_encoded(secrets['consumer_secret'])}&{_encoded(secrets['access_token_secret'])}"
    return b64encode(new(key.encode(), base.encode(), sha1).digest())


def _encoded(text: str) -> str:
    return quote(text, safe="~")
