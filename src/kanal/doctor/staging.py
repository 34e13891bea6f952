"""Whether a network could fetch a picture from the staging place: one is put there, fetched like that, and removed.

What Meta wants is in docs/networks.md#instagram-calls: a public HTTPS address, the file itself, no login, and a
`robots.txt` that admits its fetcher. Whether the address can be reached from outside of the office's network cannot be
told from within; a private address tells that it cannot.
"""

import ipaddress
import socket
from base64 import b64decode
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self
from urllib.parse import urlsplit, urlunsplit

from kanal.doctor.observation import Check, Observation, error, failed, ok, warning
from kanal.errors import KanalError
from kanal.message import Message, msg
from kanal.model import StagingPlace
from kanal.transport import is_loopback

_PICTURE = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQ"
    "Ew8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k="
)
"""A JPEG of one pixel."""
_OUTSIDE = msg(
    "Open the address from outside of your office's network (with a mobile phone), and ask who runs the web server."
)


_ELSEWHERE = 302


class Fetched(NamedTuple):
    """What came from an address."""

    status: int
    kind: str
    body: bytes


def staging(place: StagingPlace | None, fetcher: str, *, real: bool) -> Observation:
    """The first thing in a network's way. `fetcher` is its name for `robots.txt`; `real`: it fetches from afar."""
    if place is None:
        return error(
            Check.STAGING,
            msg("There is no staging place, so that Instagram cannot fetch the pictures."),
            msg("Set “staging” in config/kanal.yaml to a folder and the public address that shows it."),
        )
    if real and (trouble := _not_public(place.url)):
        return trouble
    from kanal.staging import put, remove

    with TemporaryDirectory(prefix="kanal-") as folder:
        picture = Path(folder) / "probe.jpg"
        picture.write_bytes(_PICTURE)
        try:
            staged = put(place, picture, owner=token_hex(16))
            try:
                found = _obstacle(staged.url, fetcher)
            finally:
                remove(place, staged.name)
        except KanalError as trouble:
            return failed(Check.STAGING, trouble)
    return found or ok(Check.STAGING, msg("{address} shows what is put there", address=_shown(place.url)))


def _not_public(address: str) -> Observation | None:
    """What an address tells about itself. On this machine (a practice network) nobody fetches from afar."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not is_loopback(address):
        return error(
            Check.STAGING,
            msg("{address} is not encrypted; Instagram fetches from https addresses only.", address=_shown(address)),
            msg("Let the web server speak HTTPS, and correct “staging” in config/kanal.yaml."),
        )
    if is_loopback(address) or _is_private(parts.hostname or ""):
        return warning(
            Check.STAGING,
            msg(
                "{host} is an address within your network; no network can fetch anything from there.",
                host=parts.hostname,
            ),
            _OUTSIDE,
        )
    return None


def _is_private(host: str) -> bool:
    """Whether a name leads to private addresses only; a name server inside may say otherwise than those outside."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)}
    except OSError:  # an unknown name is told when it is fetched from
        return False
    return bool(found) and all(ipaddress.ip_address(str(one).partition("%")[0]).is_private for one in found)


def _obstacle(address: str, fetcher: str) -> Observation | None:
    """What is in the way of fetching the probe from `address`. Raises `Unavailable` where no answer comes."""
    with _Browser(address, fetcher) as browser:
        found = browser.get(address)
        if found.status != 200:  # noqa: PLR2004 - RFC 9110 §15.3.1
            return _wrong(msg("The staging place answers {status} for what was put there.", status=found.status))
        if found.body != _PICTURE:
            return _wrong(msg("The staging place shows something else than what was put there."))
        if found.kind.partition(";")[0].strip().lower() != "image/jpeg":
            return warning(
                Check.STAGING,
                msg("The staging place calls a picture “{kind}” instead of image/jpeg.", kind=found.kind or "?"),
                msg("Set the media type for .jpg on the web server."),
            )
        if not _admits(browser.get(_root(address, "robots.txt")), fetcher, address):
            return error(
                Check.STAGING,
                msg("robots.txt of the staging place shuts out {fetcher}.", fetcher=fetcher),
                msg("Allow it there (User-agent: {fetcher}, Allow: /).", fetcher=fetcher),
            )
    return None


def _wrong(message: Message) -> Observation:
    return error(
        Check.STAGING,
        message,
        msg("Check “path” and “url” of “staging” in config/kanal.yaml, and that it asks for no login."),
    )


def _admits(rules: Fetched, fetcher: str, address: str) -> bool:
    """Whether `robots.txt` (RFC 9309) lets the fetcher in; one that is not there lets everybody in."""
    from urllib.robotparser import RobotFileParser

    if rules.status != 200:  # noqa: PLR2004 - RFC 9309 §2.3.1.3
        return True
    parser = RobotFileParser()
    parser.parse(rules.body.decode("utf-8", "replace").splitlines())
    return parser.can_fetch(fetcher, address)


def _root(address: str, name: str) -> str:
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}", "", ""))


def _shown(address: str) -> str:
    """An address without what may be secret in it."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")).rstrip("/")


class _Browser:
    """Asks as a network's fetcher would: without login, and without following anybody elsewhere."""

    def __init__(self, address: str, fetcher: str) -> None:
        from kanal.transport.failures import certificates_unreadable
        from kanal.transport.with_httpx import open_client

        try:
            self._client = open_client(_root(address, ""), {"User-Agent": f"{fetcher}/1.1"})
        except OSError as trouble:
            raise certificates_unreadable() from trouble

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, address: str) -> Fetched:
        """GET, up to a little more than the probe's size. Raises `Unavailable`."""
        import httpx

        from kanal.transport import Redirected
        from kanal.transport.failures import silent, unreachable
        from kanal.transport.with_httpx import was_sent

        shown = _shown(address)
        try:
            with self._client.stream("GET", address) as response:
                body = next(response.iter_bytes(65_536), b"")
                return Fetched(response.status_code, response.headers.get("Content-Type", ""), body)
        except Redirected:
            return Fetched(_ELSEWHERE, "", b"")
        except httpx.RequestError as trouble:
            known = isinstance(trouble, httpx.TransportError) and not was_sent(trouble)
            raise (unreachable(trouble, shown) if known else silent(shown)) from trouble
