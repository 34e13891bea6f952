"""A server with a certificate that nobody vouches for, and whose key is worth nothing to anybody."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanal.testing.loopback import as_json, loopback

SELF_SIGNED = Path(__file__).with_name("self_signed.pem")


@pytest.fixture
def tls_address() -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SELF_SIGNED)
    with loopback(lambda _asked: as_json({}), tls=context) as server:
        yield server.url


@pytest.fixture
def dead_address() -> str:
    """An address where connections are refused."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
