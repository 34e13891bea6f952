"""What tests of checks share."""

import socket

import pytest


@pytest.fixture
def dead_address() -> str:
    """An address where connections are refused."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
