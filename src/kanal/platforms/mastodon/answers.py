"""What a server's answer means for a delivery (docs/networks.md#mastodon-errors).

This module must not send anything.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import requests
from mastodon import MastodonIllegalArgumentError, MastodonNetworkError, MastodonVersionError

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.message import msg
from kanal.model import Receipt
from kanal.transport import Answered, Redirected
from kanal.transport.failures import LOOK_FIRST, proxy_refused, quoted, redirected, retry_after
from kanal.transport.with_requests import translate_failure

NOT_ALLOWED = {
    401: (
        msg("The server does not accept the access token."),
        msg("Make a new token there (Preferences, Development) and store it in place of the old one."),
    ),
    403: (
        msg("The server does not allow this account or token to post."),
        msg("The token needs write:statuses, write:media and read:statuses. Or ask whether the account is limited."),
    ),
    404: (
        msg("The server does not know this request."),
        msg("Check the server's address in config/channels.yaml."),
    ),
}
NOT_THERE = frozenset({404, 410})


def translate(error: Exception, address: str, *, publishing: bool) -> DeliveryError:
    """The delivery error for an exception of Mastodon.py, which hides the reason of a failure in `__context__`."""
    cause = _cause(error)
    if isinstance(cause, Answered):
        return translate_answer(cause, address, publishing=publishing)
    if isinstance(cause, Redirected):
        return redirected(cause, address)
    if isinstance(cause, requests.RequestException):
        return translate_failure(cause, address, publishing=publishing)
    if isinstance(cause, MastodonVersionError | MastodonIllegalArgumentError):
        return Rejected(msg("This cannot be sent to {address}.", address=address), words=quoted(str(cause)))
    if publishing:
        return _unreadable_post(address)
    return unreadable(address)


def _cause(error: Exception) -> BaseException | None:
    return error.__context__ if isinstance(error, MastodonNetworkError) else error


def is_about_nothing(error: Exception) -> bool:
    """Whether the server itself says that it has no such status, not some proxy that it has no such page."""
    cause = _cause(error)
    return isinstance(cause, Answered) and cause.status in NOT_THERE and bool(_words(cause.body))


def translate_answer(error: Answered, address: str, *, publishing: bool) -> DeliveryError:
    """The delivery error for an HTTP status that is no success."""
    codes, words = requests.codes, _words(error.body)
    if error.status in NOT_ALLOWED:
        message, advice = NOT_ALLOWED[error.status]
        return Unavailable(message, advice, words=words, channel_wide=True, needs_person=True)
    if error.status == codes.proxy_authentication_required:
        return proxy_refused(address, login=True)
    if error.status == codes.too_many_requests:
        message = msg("{address} takes no more posts for now.", address=address)
        return Unavailable(message, words=words, retry_at=_reset(error.headers), channel_wide=True)
    if codes.bad_request <= error.status < codes.server_error and error.status != codes.request_timeout:
        return Rejected(msg("{address} refuses the post.", address=address), words=words)
    if publishing:
        message = msg("{address} answered the post with an error ({status}).", address=address, status=error.status)
        return Uncertain(message, LOOK_FIRST, words=words)
    message = msg("{address} is out of order ({status}).", address=address, status=error.status)
    return Unavailable(message, words=words, retry_at=retry_after(error.headers), channel_wide=True)


def read_status(status: object, address: str, username: str) -> Receipt:
    """The receipt for a published status. Raises `Uncertain` for anything but a status of our own account."""
    if not isinstance(status, Mapping):
        raise _unreadable_post(address)
    identity, url, account = status.get("id"), status.get("url"), status.get("account")
    if not identity or not isinstance(url, str) or not isinstance(account, Mapping):
        raise _unreadable_post(address)
    author = str(account.get("username", ""))
    if author.casefold() != username.casefold():
        raise Uncertain(
            msg(
                "The token belongs to “{author}”, not to “{username}”: the post is on the wrong account.",
                author=author,
                username=username,
            ),
            msg("Delete the post there and store the token of the right account."),
        )
    return Receipt(str(identity), url, created_at(status) or datetime.now(UTC))


def read_deletion(answer: requests.Response, address: str) -> None:
    """Raises `Uncertain` for a success that is not the deleted status."""
    with suppress(ValueError):
        status = answer.json()
        if isinstance(status, dict) and status.get("id"):
            return
    raise _unreadable_post(address)


def read_cancellation(answer: requests.Response, address: str) -> None:
    """Raises `Uncertain` for a success that is not Mastodon's empty object."""
    with suppress(ValueError):
        if isinstance(answer.json(), dict):
            return
    raise _unreadable_post(address)


def created_at(status: Mapping[str, Any]) -> datetime | None:
    """When the server published the status, in UTC; Mastodon.py casts the field, but leaves what it cannot read."""
    value = status.get("created_at")
    return value.astimezone(UTC) if isinstance(value, datetime) else None


def with_id(answer: object, address: str) -> Mapping[str, Any]:
    """The answer, if it is an object of Mastodon's with an id. Raises `Unavailable`."""
    if not isinstance(answer, Mapping) or not answer.get("id"):
        raise unreadable(address)
    return answer


def read_object(answer: requests.Response, address: str) -> Mapping[str, Any]:
    """The answer as a JSON object. Raises `Unavailable` for anything else."""
    with suppress(ValueError):
        found = answer.json()
        if isinstance(found, dict):
            return found
    raise unreadable(address)


def unreadable(address: str) -> Unavailable:
    """An answer that no Mastodon server gives, to a request that publishes nothing."""
    return Unavailable(
        msg("{address} does not answer like a Mastodon server.", address=address),
        msg("Check the address in config/channels.yaml, and whether a proxy of your office answers in its place."),
        channel_wide=True,
    )


def _unreadable_post(address: str) -> Uncertain:
    return Uncertain(msg("{address} answered the post with something unreadable.", address=address), LOOK_FIRST)


def _reset(headers: Mapping[str, str]) -> datetime | None:
    """`X-RateLimit-Reset` is ISO 8601 at Mastodon, other than anywhere else (docs/networks.md#mastodon-limits)."""
    with suppress(ValueError):
        reset = datetime.fromisoformat(headers.get("X-RateLimit-Reset", ""))
        return reset.astimezone(UTC) if reset.tzinfo else reset.replace(tzinfo=UTC)
    return retry_after(headers)


def _words(body: str) -> str:
    with suppress(ValueError):
        answer = json.loads(body)
        if isinstance(answer, dict):
            return quoted(str(answer.get("error_description") or answer.get("error") or ""))
    return ""
