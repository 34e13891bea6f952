"""The computer itself, apart from the office's folder: kanal and Python, certificates, proxy."""

import platform
import re
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from kanal import __version__
from kanal.doctor.observation import Check, Observation, error, ok
from kanal.message import msg

_PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
"""In the order in which httpx and requests look for one for https addresses."""


def kanal() -> Observation:
    """Which kanal and which Python these are."""
    return ok(Check.KANAL, msg("{version}, Python {python}", version=__version__, python=platform.python_version()))


def certificates(environ: Mapping[str, str]) -> Observation:
    """Whether the certificates can be read by which networks are recognised."""
    from kanal.transport import trust
    from kanal.transport.failures import certificates_unreadable

    try:
        trust()
    except (OSError, ssl.SSLError):
        return error(Check.CERTIFICATES, certificates_unreadable().message, certificates_unreadable().advice)
    named = environ.get("SSL_CERT_FILE")
    if named:
        return ok(Check.CERTIFICATES, msg("those of this computer, and {file}", file=named))
    return ok(Check.CERTIFICATES, msg("those of this computer"))


def proxy(environ: Mapping[str, str]) -> Observation:
    """Which proxy stands between, and whether its address can be one. User and password are not shown."""
    address = next((environ[name] for name in _PROXIES if environ.get(name)), "")
    if not address:
        return ok(Check.PROXY, msg("none"))
    parts = urlsplit(address if "://" in address else f"http://{address}")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not _has_port(parts.netloc):
        return error(
            Check.PROXY,
            msg("HTTPS_PROXY is no address that can be used."),
            msg("It looks like “http://proxy.example:8080”; SOCKS proxies are not supported."),
        )
    return ok(Check.PROXY, msg("{host}", host=parts.netloc.rpartition("@")[2]))


def _has_port(netloc: str) -> bool:
    """Whether what stands after the last colon, if anything does, is a port."""
    port = re.search(r":([^:\]@]*)$", netloc.rpartition("@")[2])
    return port is None or port[1].isdecimal()
