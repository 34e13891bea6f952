"""What a failed request means to a press office, in sentences that say what to do.

One place for all networks and both HTTP libraries, because the office's own network (proxy, certificate authority,
name server) is what fails most often, and it fails the same way everywhere. This module must not know any network.
"""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.message import Message, msg
from kanal.model import Receipt
from kanal.transport import Redirected

WORDS_MAX = 300
LOOK_FIRST = msg("It is not sent again before somebody has looked whether it is there.")

DO_IT_THERE = msg("Do it on the network itself; if you take it down there, say so with kanal retract --by-hand.")


@contextmanager
def only_asking() -> Iterator[None]:
    """For questions: a refusal or a lost answer says nothing about any post, only that the network told nothing."""
    try:
        yield
    except Unavailable:
        raise
    except DeliveryError as error:
        raise Unavailable(error.message, error.advice, words=error.words, channel_wide=True) from error


@contextmanager
def deleting() -> Iterator[None]:
    """For the request that deletes a post: a refusal or a lost answer is told as what it means for a deletion."""
    try:
        yield
    except Rejected as error:
        raise Rejected(msg("The network refuses to delete the post."), error.advice, words=error.words) from error
    except Uncertain as error:
        message = msg("The network was asked to delete the post, and did not say clearly whether it did.")
        raise Uncertain(message, words=error.words) from error


@contextmanager
def editing() -> Iterator[None]:
    """For the request that edits a post: a refusal or a lost answer is told as what it means for an edit."""
    try:
        yield
    except Rejected as error:
        raise Rejected(msg("The network refuses to change the post."), error.advice, words=error.words) from error
    except Uncertain as error:
        message = msg("The network was asked to change the post, and did not say clearly whether it did.")
        raise Uncertain(message, words=error.words) from error


@contextmanager
def scheduling() -> Iterator[None]:
    """For the request that hands a post over: what an answer that is no clear yes means for that."""
    try:
        yield
    except Rejected as error:
        message = msg("The network does not take the post for later.")
        raise Rejected(message, error.advice, words=error.words, duplicate=error.duplicate) from error
    except Uncertain as error:
        message = msg("The network was asked to publish the post later, and did not say clearly whether it will.")
        raise Uncertain(message, words=error.words) from error


@contextmanager
def cancelling() -> Iterator[None]:
    """For the request that takes a post back that waits: what an answer that is no clear yes means for that."""
    try:
        yield
    except Rejected as error:
        message = msg("The network refuses to cancel the post.")
        raise Rejected(message, error.advice, words=error.words) from error
    except Uncertain as error:
        message = msg("The network was asked to cancel the post, and did not say clearly whether it did.")
        raise Uncertain(message, words=error.words) from error


def not_found() -> Rejected:
    """There is no such post to be edited."""
    return Rejected(
        msg("The network does not find this post any more."),
        msg("If somebody deleted it there, note that with kanal retract."),
    )


def other_account(found: str, wanted: str) -> Unavailable:
    """The credentials belong to `found`, so that nothing can be told about posts of `wanted`."""
    return _channel_wide(
        msg("The credentials belong to “{author}”, not to “{account}”.", author=found, account=wanted),
        msg("Store the credentials of the right account."),
        needs_person=True,
    )


def no_such_id(receipt: Receipt) -> Unavailable:
    """What stands in the ledger is no id that the network could be asked about."""
    return Unavailable(
        msg("The ledger does not hold the network's own id of this post, but “{id}”.", id=receipt.id),
        DO_IT_THERE,
        needs_person=True,
    )


def quoted(words: str) -> str:
    """A network's own words on one line, shortened so that an HTML page does not drown the message."""
    line = " ".join(words.split())
    return line if len(line) <= WORDS_MAX else f"{line[: WORDS_MAX - 1]}…"


def retry_after(headers: Mapping[str, str]) -> datetime | None:
    """When RFC 9110 §10.2.3 `Retry-After` (seconds or a date) allows the next try, in UTC.

    Seconds count from now by this machine's clock: adapters get a channel and credentials, and no clock of a call.
    """
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return datetime.now(UTC) + timedelta(seconds=int(value))
    with suppress(ValueError):
        return parsedate_to_datetime(value).astimezone(UTC)
    return None


def unreachable(error: BaseException, address: str) -> Unavailable:
    """The request to `address` (a base address, without tokens) failed before it left this machine."""
    causes = [*_chain(error)]
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return _channel_wide(
            msg("The certificate of {address} was not accepted.", address=address),
            msg(
                "If your office inspects encrypted traffic, ask your IT for the file with its certificate authority, "
                "and name that file in the environment variable SSL_CERT_FILE."
            ),
        )
    if any("ProxyError" in type(cause).__name__ for cause in causes):
        return proxy_refused(address, login="407" in str(error))
    if any(isinstance(cause, socket.gaierror) or "NameResolution" in type(cause).__name__ for cause in causes):
        return _channel_wide(
            msg("The name of {address} is not known to the name server.", address=address),
            msg("Check the address in config/channels.yaml, and whether this machine has a network connection."),
        )
    return _channel_wide(
        msg("No connection to {address}.", address=address),
        msg("Check whether the network is up and whether HTTPS_PROXY names your office's proxy; then try again."),
    )


def proxy_refused(address: str, *, login: bool) -> Unavailable:
    """The office's proxy stood in the way of `address`; `login`: it asked for a password (HTTP 407)."""
    if login:
        return _channel_wide(
            msg("Your office's proxy asks for a login before it lets anyone reach {address}.", address=address),
            msg(
                "Ask your IT for an exception, or put user and password into HTTPS_PROXY (http://user:password@proxy)."
            ),
            needs_person=True,
        )
    return _channel_wide(
        msg("Your office's proxy could not be reached, or refused the way to {address}.", address=address),
        msg("Check the environment variable HTTPS_PROXY, and ask your IT whether the address is allowed."),
    )


def redirected(error: Redirected, address: str) -> Unavailable:
    """The server at `address` pointed elsewhere; nothing was followed, so nothing was published."""
    return _channel_wide(
        msg("{address} points elsewhere, to {target}.", address=address, target=quoted(error.target.split("?")[0])),
        msg("Correct the base address under “urls” of this channel in config/channels.yaml."),
        needs_person=True,
    )


def token_unusable() -> Unavailable:
    """A credential holds a character that no HTTP header may carry; libraries would print it in their complaint."""
    return _channel_wide(
        msg("A credential of this channel contains a line break, a blank or another character that cannot be sent."),
        msg("Copy the token again, without anything before or after it."),
        needs_person=True,
    )


def silent(address: str) -> Unavailable:
    """A request that publishes nothing got no answer."""
    return _channel_wide(
        msg("{address} did not answer in time, or broke off the connection.", address=address),
        msg("Nothing was published; try again later."),
    )


def certificates_unreadable() -> Unavailable:
    """`SSL_CERT_FILE` names a file that is missing, or that holds no certificates."""
    return _channel_wide(
        msg("The file that SSL_CERT_FILE names cannot be read as certificates."),
        msg("It must exist and hold your office's certificate authority in PEM format."),
        needs_person=True,
    )


def no_answer(address: str) -> Uncertain:
    """The request that publishes was sent, and the answer did not arrive."""
    return Uncertain(
        msg("The post was sent to {address}, but no answer arrived.", address=address),
        LOOK_FIRST,
    )


def _channel_wide(message: Message, advice: Message, *, needs_person: bool = False) -> Unavailable:
    return Unavailable(message, advice, channel_wide=True, needs_person=needs_person)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """`error` and everything that led to it, wherever requests, urllib3 and httpx keep it."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        found = waiting.pop()
        if isinstance(found, BaseException) and not any(found is known for known in seen):
            seen.append(found)
            yield found
            waiting += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]
