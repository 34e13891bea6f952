"""Running practice networks, and clients for the four APIs that know nothing of kanal's adapters."""

from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.sandbox.clients import Graph, MastodonApi, XApi, loopback_client

Jpeg = Callable[..., bytes]
Publish = Callable[[], httpx.Response]
Ways = dict[str, Publish]


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    return tmp_path / "staging"


@pytest.fixture
def practice(tmp_path: Path, staging: Path) -> Iterator[Practice]:
    with running(tmp_path / "state.sqlite3", staging=staging) as found:
        yield found


@pytest.fixture
def picture() -> Jpeg:
    def make(width: int = 80, height: int = 60, kind: str = "JPEG", colour: str = "teal") -> bytes:
        file = BytesIO()
        Image.new("RGB", (width, height), colour).save(file, kind)
        return file.getvalue()

    return make


@pytest.fixture
def mastodon(practice: Practice) -> Iterator[MastodonApi]:
    with closing(MastodonApi(practice)) as api:
        yield api


@pytest.fixture
def x(practice: Practice) -> Iterator[XApi]:
    with closing(XApi(practice)) as api:
        yield api


@pytest.fixture
def facebook(practice: Practice) -> Iterator[Graph]:
    with closing(Graph(practice, "facebook", "100200300")) as api:
        yield api


@pytest.fixture
def instagram(practice: Practice) -> Iterator[Graph]:
    with closing(Graph(practice, "instagram", "178410001")) as api:
        yield api


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with loopback_client() as client:
        yield client


@pytest.fixture
def ways(
    *,
    practice: Practice,
    mastodon: MastodonApi,
    x: XApi,
    facebook: Graph,
    instagram: Graph,
    staging: Path,
    picture: Callable[..., bytes],
) -> Ways:
    """The one request that publishes, for each network."""
    container = instagram.container(practice, staging, picture()).json()["id"]
    return {
        "mastodon": lambda: mastodon.post("Hallo"),
        "x": lambda: x.post("Hallo"),
        "facebook": lambda: facebook.post("/feed", {"message": "Hallo"}),
        "instagram": lambda: instagram.post("/media_publish", {"creation_id": container}),
    }
