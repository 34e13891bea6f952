"""What X's answers mean for a delivery (docs/networks.md#x-errors). This module must not send anything."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import requests

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.message import msg
from kanal.model import Receipt
from kanal.platforms.x.clocks import minutes_off
from kanal.transport import Answered
from kanal.transport.failures import LOOK_FIRST, proxy_refused, quoted, retry_after

NOT_ALLOWED = {
    401: (
        msg("X does not accept the credentials."),
        msg("Make new keys and tokens in X's developer console and store all four; then try again."),
    ),
    402: (
        msg("The credits of the X account are used up."),
        msg("Buy credits in X's developer console; nothing is posted before."),
    ),
    403: (
        msg("X does not allow this app or account to post."),
        msg(
            "Give the app the permission “Read and write”, then make new tokens. Or ask whether the account is limited."
        ),
    ),
    404: (
        msg("X does not know this request."),
        msg("Check “urls” of this channel in config/channels.yaml."),
    ),
}
DUPLICATE_SIGN = "duplicate content"
CONTENT_SIGNS = (DUPLICATE_SIGN, "you can only reply to", "needs to be a bit shorter")
"""A 403 is about this post, and not about the permission to post, when X's words contain one of these."""
NOTHING_SIGN = "/problems/resource-not-found"
WINDOWS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")


def translate_answer(error: Answered, address: str, *, publishing: bool) -> DeliveryError:
    """The delivery error for an HTTP status that is no success."""
    codes, words = requests.codes, _words(error.body)
    about_content = error.status == codes.forbidden and any(sign in words.lower() for sign in CONTENT_SIGNS)
    if error.status == codes.unauthorized and (minutes := minutes_off(error.headers, datetime.now(UTC))):
        return _wrong_clock(minutes, words)
    if error.status in NOT_ALLOWED and not about_content:
        message, advice = NOT_ALLOWED[error.status]
        return Unavailable(message, advice, words=words, channel_wide=True, needs_person=True)
    if error.status == codes.proxy_authentication_required:
        return proxy_refused(address, login=True)
    if error.status == codes.too_many_requests:
        return _too_many(error, words)
    if codes.bad_request <= error.status < codes.server_error and error.status != codes.request_timeout:
        return Rejected(msg("X refuses the post."), words=words, duplicate=DUPLICATE_SIGN in words.lower())
    return _out_of_order(error, words, publishing=publishing)


def _wrong_clock(minutes: int, words: str) -> Unavailable:
    return Unavailable(
        msg("This computer's clock is {minutes} minutes away from X's, so X accepts no signature.", minutes=minutes),
        msg("Set the clock (best by NTP), then try again. The keys need not be made anew."),
        words=words,
        channel_wide=True,
        needs_person=True,
    )


def read_receipt(answer: requests.Response, address: str, page: str) -> Receipt:
    """The receipt for a published post. Raises `Uncertain` for a success without JSON or without an id."""
    try:
        post = read_object(answer, address)
        identity = str(post["id"])
    except (Unavailable, KeyError) as error:
        words = error.words if isinstance(error, Unavailable) else ""
        raise Uncertain(
            msg("X answered the post without saying which post it made."), LOOK_FIRST, words=words
        ) from error
    # X does not say when it published; the event in the ledger is dated by the call's own clock all the same.
    return Receipt(identity, f"{page}/status/{identity}", datetime.now(UTC))


def read_deletion(answer: requests.Response) -> None:
    """Raises `Uncertain` for a success that does not say that the post is deleted, or that there is none."""
    with suppress(ValueError, AttributeError, TypeError):
        if is_about_nothing(answer.text) or answer.json()["data"]["deleted"] is True:
            return
    raise Uncertain(msg("X answered without a result."), words=_words(answer.text))


def is_absent(error: Answered) -> bool:
    """Whether X, and not some proxy, finds nothing to delete: there is no such post, or the address is wrong."""
    return error.status == requests.codes.not_found and bool(_words(error.body))


def is_about_nothing(body: str) -> bool:
    """Whether X says that there is no such post: with 404, or in a success with nothing but errors.

    Posts that may not be seen are told apart from those by the problem's type, and so are addresses that X does not
    know (https://docs.x.com/x-api/fundamentals/response-codes-and-errors).
    """
    with suppress(ValueError):
        found = json.loads(body)
        if isinstance(found, dict) and not found.get("data"):
            errors = found.get("errors")
            problems = [found, *(errors if isinstance(errors, list) else ())]
            return any(NOTHING_SIGN in str(one.get("type")) for one in problems if isinstance(one, dict))
    return False


def read_object(answer: requests.Response, address: str) -> Mapping[str, Any]:
    """`data` of a success, when it is an object with an id. X may answer 200 with nothing but `errors`.

    Raises `Unavailable`, so for the request that publishes it must be read as "unknown".
    """
    found = _read_json(answer, address)
    data = found.get("data")
    if not isinstance(data, dict) or not data.get("id"):
        raise Unavailable(msg("X answered without a result."), words=_words(answer.text))
    return data


def read_listing(answer: requests.Response, address: str) -> Mapping[str, Any]:
    """One page of posts: `data` (missing when there are none), `includes`, `meta`. Raises `Unavailable`."""
    found = _read_json(answer, address)
    if not isinstance(found.get("meta"), dict) and not isinstance(found.get("data"), list):
        raise Unavailable(msg("X answered without a result."), words=_words(answer.text))
    return found


def _read_json(answer: requests.Response, address: str) -> Mapping[str, Any]:
    """The answer as a JSON object. Raises `Unavailable` for anything else, such as a proxy's HTML page."""
    with suppress(ValueError):
        found = answer.json()
        if isinstance(found, dict):
            return found
    raise Unavailable(
        msg("{address} answered with something unreadable.", address=address),
        msg("Check whether a proxy of your office answers in its place."),
        channel_wide=True,
    )


def _out_of_order(error: Answered, words: str, *, publishing: bool) -> DeliveryError:
    if publishing:
        message = msg("X answered the post with an error ({status}).", status=error.status)
        return Uncertain(message, LOOK_FIRST, words=words)
    message = msg("X is out of order ({status}).", status=error.status)
    return Unavailable(message, words=words, retry_at=retry_after(error.headers), channel_wide=True)


def _too_many(error: Answered, words: str) -> Unavailable:
    if "usage-capped" in error.body:
        return Unavailable(
            msg("The monthly allowance of the X app is used up."),
            msg("Raise the cap in X's developer console, or wait for the next billing month."),
            words=words,
            channel_wide=True,
            needs_person=True,
        )
    return Unavailable(
        msg("X takes no more posts for now."), words=words, retry_at=_reset(error.headers), channel_wide=True
    )


def _reset(headers: Mapping[str, str]) -> datetime | None:
    """When the exhausted window opens again: Unix seconds, one header for each window."""
    used_up = [name for name in WINDOWS if headers.get(f"{name}-remaining") == "0"] or WINDOWS[:1]
    resets = [headers.get(f"{name}-reset", "") for name in used_up]
    moments = [datetime.fromtimestamp(int(reset), UTC) for reset in resets if reset.isdecimal()]
    return max(moments) if moments else retry_after(headers)


def _words(body: str) -> str:
    """X's own words out of any of its three shapes of error (problem, list of errors, one error)."""
    with suppress(ValueError):
        return quoted(" ".join(dict.fromkeys(_sentences(json.loads(body)))))
    return ""


def _sentences(answer: object) -> Iterator[str]:
    if isinstance(answer, list):
        for item in answer:
            yield from _sentences(item)
    if isinstance(answer, str):
        yield answer
    if isinstance(answer, dict):
        yield from (value for name in ("detail", "message") if isinstance(value := answer.get(name), str))
        yield from _sentences(answer.get("errors"))
        yield from _sentences(answer.get("error"))
