"""Practice networks behind lines that can be cut, and ledgers of three kinds with a draft to publish."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import count
from multiprocessing.context import BaseContext
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kanal.ledger.git.store import GitLedger
from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import Secret
from kanal.sandbox import PLATFORMS, Practice
from tests.crash.line import HttpLine, http_line
from tests.crash.scene import Scene
from tests.ledger.git.clones import SETTINGS, made
from tests.postgres_server import Server

ACCOUNTS = {"mastodon": "amt{}@social.example", "x": "amt{}", "facebook": f"{10**14}{{}}", "instagram": f"{10**14}{{}}"}
"""As each platform writes its own; a number is put in."""
NewScene = Callable[[str, str], Scene]
Lines = Mapping[str, HttpLine]


@pytest.fixture(scope="session")
def processes() -> BaseContext:
    """Processes that begin clean: forked from a server that has imported everything, or spawned where there is none."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["tests.crash.endings", "kanal.platforms.mastodon", "tweepy", "mastodon", "httpx", "PIL.Image"]
    )
    return context


@pytest.fixture(scope="session")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("staging")


@pytest.fixture(scope="session")
def _lines() -> Iterator[Lines]:
    with ExitStack() as stack:
        yield {platform: stack.enter_context(http_line()) for platform in PLATFORMS}


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory, staging: Path, _lines: Lines) -> Iterator[Practice]:
    from kanal.sandbox.server import running

    state = tmp_path_factory.mktemp("networks") / "state.sqlite3"
    origins = [line.origin for line in _lines.values()]
    with running(state, staging=staging, rate_limits=False, trusted_origins=origins) as found:
        yield found


@pytest.fixture(scope="session")
def lines(_lines: Lines, practice: Practice) -> Lines:
    """The line to each practice network."""
    for platform, line in _lines.items():
        address = practice.urls(platform)["graph" if platform in {"facebook", "instagram"} else "api"]
        line.port = urlsplit(address).port or 0
    return _lines


@pytest.fixture
def line(lines: Lines, platform: str) -> Iterator[HttpLine]:
    """The line to the practice network of the test's `platform`, whole before it and after it."""
    found = lines[platform]
    found.listen()
    yield found
    found.listen()


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from PIL import Image

    file = tmp_path_factory.mktemp("pictures") / "weg.jpg"
    Image.new("RGB", (640, 480), (90, 120, 60)).save(file)
    return file


@pytest.fixture(scope="session")
def git_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A clone with a ledger in a branch of its server."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        place = made(tmp_path_factory.mktemp("git")).place("redaktion")
        GitLedger.create(place, "main", "abc123").close()
        yield place.root


@pytest.fixture
def postgres_ledger(postgres: Server) -> str:
    """The address of a database with a ledger."""
    url = postgres.new_database()
    PostgresLedger.create(Secret(url), "main", "abc123").close()
    return url


@pytest.fixture(scope="session")
def _numbers() -> Iterator[int]:
    return count(1001)


@pytest.fixture
def new_scene(
    request: pytest.FixtureRequest,
    practice: Practice,
    staging: Path,
    picture: Path,
    tmp_path: Path,
    _numbers: Iterator[int],
) -> NewScene:
    """A draft for an account of its own, and a ledger in the given store."""

    def make(store: str, platform: str) -> Scene:
        number = next(_numbers)
        account = ACCOUNTS[platform].format(number)
        ledger = tmp_path if store == "sqlite" else request.getfixturevalue(f"{store}_ledger")
        practice.heal()
        return Scene(
            store,
            str(ledger),
            str(tmp_path),
            platform,
            account,
            f"vorgang-{number}",
            practice.urls(platform),
            practice.admit(platform, account, "Amt"),
            f"{practice.address}staging/",
            str(staging),
            str(picture),
        )

    return make
