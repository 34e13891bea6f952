"""How kanal speaks HTTP from inside an office: timeouts, the office's own certificate authority, its proxy.

Both HTTP libraries that we have to live with (httpx for our own calls, requests under tweepy and Mastodon.py) get the
same manners here. This module must not know any network, and imports neither library by itself.
"""

import ipaddress
import logging
import os
import ssl
import threading
from collections.abc import Mapping
from urllib.parse import urlsplit

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 60.0

TALKATIVE = ("httpx", "httpcore", "tweepy.client", "tweepy.api", "mastodon", "requests_oauthlib", "oauthlib", "urllib3")
"""Loggers that print headers or addresses, and with them tokens, below WARNING (docs/networks.md#tokens-in-logs)."""


LOADING = threading.Lock()
"""Held while a channel imports its library. Imports keep the interpreter busy: four at once would make every channel
wait for all of them; one after the other, the first is on the network while the next still loads."""


class Redirected(Exception):
    """The server sent us elsewhere. Not followed: a library would turn the POST into a GET, and call it success."""

    def __init__(self, target: str) -> None:
        super().__init__(f"redirected to {target}")
        self.target = target


class Answered(Exception):
    """The server answered with an error status. Carries what a decision needs, and nothing of the request (tokens)."""

    def __init__(self, status: int, headers: Mapping[str, str], body: str) -> None:
        super().__init__(f"answered with {status}")
        self.status = status
        self.headers = headers
        self.body = body


def silence_tokens() -> None:
    """Keep libraries from logging headers and addresses, whatever level the application chose."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in [*logging.root.manager.loggerDict]:
        if name.startswith(tuple(f"{talker}." for talker in TALKATIVE)):
            logging.getLogger(name).setLevel(logging.NOTSET)


def is_loopback(url: str) -> bool:
    """Whether `url` points at this machine, where no proxy and no certificate authority is asked."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def trust() -> ssl.SSLContext:
    """The system's trust store, plus the file that `SSL_CERT_FILE` names (an office's own authority)."""
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    extra = os.environ.get("SSL_CERT_FILE")
    if extra:
        context.load_verify_locations(cafile=extra)
    return context
