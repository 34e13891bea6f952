import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kanal.sandbox import PLATFORMS, Practice
from kanal.sandbox.server import running

from .beyond_the_mock import is_applicable
from .programs import program, running_program

ADDON = Path(__file__).with_name("office_proxy.py")


def outside(platform: str) -> str:
    """The name under which an office's machine knows a practice network."""
    return f"{platform}.practice.test"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the contract cases that are none for mastodon_mock."""
    left_out = [item for item in items if "TestMastodonMock" in item.nodeid and not is_applicable(item.name)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@dataclass(frozen=True)
class World:
    """Practice networks, and the addresses that lead to them only through the proxy."""

    practice: Practice
    staging: Path

    def urls(self, platform: str) -> Mapping[str, str]:
        return {
            name: f"https://{outside(platform)}{urlsplit(url).path}"
            for name, url in self.practice.urls(platform).items()
        }

    def ports(self) -> Mapping[str, int | None]:
        return {
            outside(platform): urlsplit(next(iter(self.practice.urls(platform).values()))).port
            for platform in PLATFORMS
        }


@dataclass(frozen=True)
class Office:
    """A running proxy: its address, its certificate authority, what it saw."""

    address: str
    authority: Path
    folder: Path

    def seen(self) -> list[str]:
        file = self.folder / "seen"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    staging = folder / "staging"
    staging.mkdir()
    origins = [f"https://{outside(platform)}" for platform in PLATFORMS]
    with running(folder / "state", staging=staging, trusted_origins=origins, rate_limits=False) as practice:
        yield World(practice, staging)


@contextmanager
def office_in(folder: Path, world: World, *options: str) -> Iterator[Office]:
    """A mitmdump of its own in `folder`."""
    (folder / "hosts.json").write_text(json.dumps(world.ports()), encoding="utf-8")
    settings = [f"confdir={folder / 'authority'}", "connection_strategy=lazy", "listen_host=127.0.0.1", "listen_port=0"]
    command: list[str | Path] = [program("mitmdump"), "--quiet", "--scripts", ADDON, *options]
    for setting in settings:
        command += ["--set", setting]
    port = folder / "port"
    with running_program(
        command, lambda: port.exists() and bool(port.read_text()), folder=folder, env={"KANAL_OFFICE": str(folder)}
    ):
        address = f"http://127.0.0.1:{port.read_text(encoding='utf-8')}"
        yield Office(address, folder / "authority" / "mitmproxy-ca-cert.pem", folder)


@pytest.fixture(scope="module")
def office(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("office"), world) as started:
        yield started


@pytest.fixture(autouse=True)
def no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy and the certificates of the machine that runs the tests."""
    for name in list(os.environ):
        if name.upper() in {"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"} or name in {
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "REQUESTS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
        }:
            monkeypatch.delenv(name)
