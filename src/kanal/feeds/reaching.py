"""Where a feed may come from: the public web, by http(s), and nothing behind the office's own walls unless asked.

An address in a message or on a page must not make kanal call a printer, a router or a cloud's metadata service (OWASP,
"Server-Side Request Forgery Prevention"). It must not open connections.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from kanal.errors import UsageError
from kanal.message import msg

PORTS = {"http": 80, "https": 443}
Address = IPv4Address | IPv6Address


class Way(NamedTuple):
    """How to get to an address: `ip` to connect to, or None where a proxy looks the name up."""

    url: str
    host: str
    ip: str | None


def way_to(url: str, *, internal: bool = False) -> Way:
    """The way to `url`, with its name looked up. Raises `UsageError` for what must not be asked.

    `internal` allows addresses of private networks. What a proxy connects to, only the proxy knows: there the name is
    checked as far as this machine can look it up.
    """
    host = _host_of(url)
    proxied = _goes_by_proxy(url, host)
    found = _look_up(url, host, may_fail=proxied)
    if not internal:
        for address in found:
            if not _is_public(address):
                raise UsageError(
                    msg("{host} is an address within a private network ({address}).", host=host, address=str(address)),
                    msg("If it is your office's own server: --internal"),
                )
    return Way(url, host, None if proxied else str(found[0]))


def _host_of(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, None
    if parts is None or parts.scheme not in PORTS or not host:
        raise UsageError(
            msg("A feed is a file, or a web address that begins with https://."),
            msg("kanal opens no other kind of address, such as file: or ftp:."),
        )
    if parts.username or parts.password:
        raise UsageError(
            msg("There is a user name or a password in the address of this feed."),
            msg("Whoever sees the address would have it. Save the feed as a file, and import that."),
        )
    return host


def _goes_by_proxy(url: str, host: str) -> bool:
    return urlsplit(url).scheme in getproxies() and not proxy_bypass(host)


def _look_up(url: str, host: str, *, may_fail: bool) -> list[Address]:
    parts = urlsplit(url)
    try:
        found = socket.getaddrinfo(host, parts.port or PORTS[parts.scheme], type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if may_fail:
            return []
        raise UsageError(
            msg("There is no server “{host}”, or this machine cannot look it up.", host=host),
            msg("Check the address, and whether you are online."),
        ) from error
    return [ip_address(str(address[0]).partition("%")[0]) for *_, address in found]


def _is_public(address: Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or _is_public(inner))
