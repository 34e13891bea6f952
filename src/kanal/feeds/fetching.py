"""Fetches a feed, and no more of it than a feed has: bounded in bytes, in time and in redirections.

It must not know what a feed looks like.
"""

import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from kanal.errors import KanalError, UsageError
from kanal.feeds.reaching import Way, way_to
from kanal.message import msg

if TYPE_CHECKING:
    import httpx

LARGEST = 5_000_000
"""Bytes. The feeds of large newspapers have about one million."""
SECONDS = 30.0
"""For everything, redirections included: who sends a byte a minute is not waited for."""
QUIET_SECONDS = 10.0
REDIRECTIONS = 5
WORKS = 200


class FeedRefused(KanalError):
    """The feed cannot be had, or must not be read (exit 2)."""


class Fetched(NamedTuple):
    """A feed's bytes, where they came from, and what the server says they are ("" if it does not)."""

    content: bytes
    source: str
    kind: str = ""


def from_file(path: Path) -> Fetched:
    """A feed that lies on this computer. Raises `FeedRefused` and `UsageError`."""
    if not path.is_file():
        raise UsageError(
            msg("There is no file {file}.", file=str(path)), msg("A feed is a file, or begins with https://.")
        )
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _too_large()
    return Fetched(content, path.name)


def from_web(url: str, *, internal: bool = False) -> Fetched:
    """A feed from the web. Raises `FeedRefused`, and `UsageError` for addresses that kanal does not open."""
    import httpx

    deadline = time.monotonic() + SECONDS
    for _ in range(REDIRECTIONS + 1):
        way = way_to(url, internal=internal)
        try:
            answer = _ask(way, deadline)
        except httpx.TimeoutException as error:
            raise _too_slow(way.host) from error
        except httpx.HTTPError as error:
            raise FeedRefused(
                msg("{host} does not answer as a web server does.", host=way.host),
                msg("Open the address in a browser, and try again later."),
            ) from error
        if isinstance(answer, Fetched):
            return answer
        if urlsplit(url).scheme == "https" and urlsplit(answer).scheme == "http":
            raise FeedRefused(
                msg("{host} leads from https to an address without encryption.", host=way.host),
                msg("Use the address that the website itself links to."),
            )
        url = answer
    raise FeedRefused(msg("{host} leads from one address to the next, without end.", host=way.host))


def _ask(way: Way, deadline: float) -> Fetched | str:
    """What stands there, or where it leads to."""
    import httpx

    from kanal.transport import silence_tokens, trust

    silence_tokens()
    url = httpx.URL(way.url)
    named = url.netloc.decode()
    # The address that was checked is the one that is connected to, whatever the name means a moment later (DNS
    # rebinding). https://www.python-httpx.org/advanced/extensions/#sni_hostname
    extensions = {} if way.ip is None else {"sni_hostname": way.host}
    target = url if way.ip is None else url.copy_with(host=way.ip)
    headers = {"Host": named, "Accept-Encoding": "identity", "User-Agent": "kanal"}
    secure = url.scheme == "https"
    with (
        httpx.Client(verify=trust() if secure else False, timeout=QUIET_SECONDS, trust_env=way.ip is None) as client,
        client.stream("GET", target, headers=headers, extensions=extensions) as response,
    ):
        if response.has_redirect_location:
            return str(url.join(response.headers["location"]))
        if response.status_code != WORKS:
            raise FeedRefused(
                msg("{host} has no feed there: it answers with {status}.", host=way.host, status=response.status_code),
                msg("Open the address in a browser, and copy it from there."),
            )
        return Fetched(_read(response, way.host, deadline), way.url, response.headers.get("content-type", ""))


def _read(response: "httpx.Response", host: str, deadline: float) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise FeedRefused(msg("{host} sends the feed packed, although kanal asked for it as it is.", host=host))
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > LARGEST:
            raise _too_large()
        if time.monotonic() > deadline:
            raise _too_slow(host)
    return bytes(content)


def _too_large() -> FeedRefused:
    return FeedRefused(
        msg("This feed is larger than {limit} megabytes. Nothing was imported.", limit=LARGEST // 1_000_000),
        msg("Ask whoever runs the website for a feed of the latest press releases only."),
    )


def _too_slow(host: str) -> FeedRefused:
    return FeedRefused(
        msg("{host} did not send the whole feed within {seconds} seconds.", host=host, seconds=int(SECONDS)),
        msg("Try again later. Nothing was imported."),
    )
