"""One request to a network's token endpoint, and what its answer means (RFC 6749 §5).

The secrets of a request are taken out of whatever the network says about it. This module must not know any network.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from kanal.errors import LoginRefused, Unavailable
from kanal.message import msg
from kanal.model import Secret
from kanal.transport import Redirected
from kanal.transport.failures import certificates_unreadable, quoted, redirected, silent, token_unusable, unreachable

Answer = Mapping[str, Any]
Fields = Mapping[str, str | Secret]


class Complaint(NamedTuple):
    """What an error says: the network's word for it, its sentence, and whether it may pass by itself."""

    code: str
    words: str
    may_pass: bool = False


def of_rfc_6749(answer: Answer) -> Complaint:
    """`error` and `error_description` (RFC 6749 §5.2), or the `detail` of a problem (RFC 9457)."""
    code, described = answer.get("error"), answer.get("error_description") or answer.get("detail")
    code = code if isinstance(code, str) else ""
    return Complaint(code, described if isinstance(described, str) else code)


def ask(
    method: str,
    base: str,
    path: str,
    fields: Fields | None = None,
    *,
    basic: tuple[str, Secret] | None = None,
    bearer: Secret | None = None,
    empty: bool = False,
    read: Callable[[Answer], Complaint] = of_rfc_6749,
) -> Answer:
    """The JSON object that answers a form. With `empty`, a success may hold anything; `read` understands errors.

    Raises `LoginRefused` for 4xx, and `Unavailable` for everything that says nothing about the login.
    """
    import httpx

    from kanal.transport.with_httpx import open_client, was_sent

    secrets = [value for value in (fields or {}).values() if isinstance(value, Secret)]
    secrets += [secret for secret in (basic[1] if basic else None, bearer) if secret]
    # As it stands in the header, which a server may repeat.
    encoded = [Secret(b64encode(f"{basic[0]}:{basic[1].reveal()}".encode()).decode())] if basic else []
    if not all(re.fullmatch(r"[\x21-\x7e]+", secret.reveal()) for secret in secrets):
        raise token_unusable()
    plain = {name: value.reveal() if isinstance(value, Secret) else value for name, value in (fields or {}).items()}
    sent = {"params": plain} if method == "GET" else {"data": plain}
    headers = {"Authorization": f"Bearer {bearer.reveal()}"} if bearer else {}
    try:
        with open_client(base, {"Accept": "application/json", **headers}) as client:
            auth = (basic[0], basic[1].reveal()) if basic else None
            response = client.request(method, path, **sent, auth=auth)  # type: ignore[arg-type] # httpx knows the two kinds of fields only apart
    except Redirected as error:
        raise redirected(error, base) from error
    except httpx.TransportError as error:
        raise silent(base) if was_sent(error) else unreachable(error, base) from error
    except OSError as error:
        raise certificates_unreadable() from error
    except (httpx.InvalidURL, ImportError, ValueError) as error:
        raise unreachable(error, base) from None
    if not response.is_success:
        raise _refusal(response.status_code, _object(response.text), read, base, [*secrets, *encoded])
    found = _object(response.text)
    if found is None and not empty:
        raise _unreadable(response.status_code, base)
    return found or {}


def text_in(answer: Answer, name: str, base: str) -> str:
    """A text that the answer must hold. Raises `Unavailable`, without the answer: it may hold secrets."""
    found = answer.get(name)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    if not isinstance(found, str) or not found:
        raise Unavailable(
            msg("{address} answered the login without “{name}”.", address=base, name=name),
            msg("Check whether a proxy of your office answers in its place."),
        )
    return found


def end_of(answer: Answer, now: datetime) -> datetime | None:
    """When what was granted `now` ends, by `expires_in` (seconds)."""
    seconds = answer.get("expires_in")
    return now + timedelta(seconds=seconds) if isinstance(seconds, int) and seconds > 0 else None


def scopes_in(answer: Answer, asked: Collection[str]) -> tuple[str, ...]:
    """What was granted of `asked`. Raises `LoginRefused` when something is missing.

    Without `scope` all was granted (RFC 6749 §5.1).
    """
    told = answer.get("scope")
    granted = told.split() if isinstance(told, str) else list(asked)
    missing = [scope for scope in asked if scope not in granted]
    if missing:
        raise missing_permissions(missing)
    return tuple(granted)


def missing_permissions(names: Collection[str]) -> LoginRefused:
    """The network let kanal in, but not far enough."""
    return LoginRefused(
        msg("The network did not grant: {names}.", names=", ".join(names)),
        msg("Allow that in the app's settings on the network, then log in again. Nothing was stored."),
    )


def without(secrets: Collection[Secret], words: str) -> str:
    """The network's words on one line, without the secrets, also as they stand in a form."""
    for shown in [form for secret in secrets for form in (secret.reveal(), quote_plus(secret.reveal())) if form]:
        words = words.replace(shown, "***")
    return quoted(words)


def _object(text: str) -> Answer | None:
    import json

    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _refusal(
    status: int, found: Answer | None, read: Callable[[Answer], Complaint], base: str, secrets: Collection[Secret]
) -> LoginRefused | Unavailable:
    complaint = read(found) if found is not None else None
    if complaint is None or complaint.may_pass or status >= 500 or status == 429:  # noqa: PLR2004 - RFC 9110 §15.6, RFC 6585 §4
        return _unreadable(status, base)
    words = without(secrets, complaint.words)
    return LoginRefused(
        msg("{address} refuses the login: {words}", address=base, words=words or status),
        _ADVICE.get(complaint.code, msg("Check what you entered, and the app's settings on the network.")),
        code=without(secrets, complaint.code),
        words=words,
    )


_ADVICE = {
    "invalid_client": msg("The app's id or secret is wrong, or the app is of another type (public, confidential)."),
    "unauthorized_client": msg("The app is of another type (public, confidential): give its secret, or leave it out."),
    "invalid_grant": msg("A code is good for one try within seconds. Begin again, and agree without waiting long."),
    "invalid_scope": msg("Allow these permissions in the app's settings on the network."),
}
"""RFC 6749 §5.2."""


def _unreadable(status: int, base: str) -> Unavailable:
    return Unavailable(
        msg("{address} did not answer the login as it should (HTTP {status}).", address=base, status=status),
        msg("Try again later. If it lasts, check the channel's “urls”, and whether a proxy answers in its place."),
        channel_wide=True,
    )
