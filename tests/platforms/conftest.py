"""What tests of adapters share: a short patience, and a free port where nobody listens."""

import socket

import pytest


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up waiting for an answer after 0.15 s instead of a minute."""
    monkeypatch.setattr("kanal.transport.with_requests.ANSWER_SECONDS", 0.15)


@pytest.fixture
def dead_address() -> str:
    """An address where connections are refused."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
