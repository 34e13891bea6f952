"""What tests of adapters share: a short patience, a dead port, and a listener that knows the specifications."""

import socket
from collections.abc import Iterator
from functools import cache

import pytest

from kanal.testing.practice import PracticeContract
from tests.specs.checking import Specs, specs_folder
from tests.specs.recording import Recorder


@cache
def _specs() -> Specs | None:
    folder = specs_folder()
    return Specs(folder) if folder else None


@pytest.fixture(autouse=True)
def _as_published(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the contract suite sends and gets agrees with the published specifications, where they are there."""
    specs = _specs()
    if specs is None or request.cls is None or not issubclass(request.cls, PracticeContract):
        yield
        return
    recorder = Recorder(specs)
    monkeypatch.setattr(request.cls, "listeners", (recorder,))
    yield
    assert recorder.violations() == []


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
