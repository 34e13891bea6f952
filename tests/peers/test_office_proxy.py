import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kanal.adapter import Adapter
from kanal.errors import DeliveryError, Unavailable
from kanal.sandbox import PLATFORMS
from tests.practised import plugged_in, sendable

from .conftest import Office, World, office_in, outside
from .programs import free_port

every_platform = pytest.mark.parametrize("platform", PLATFORMS)


@contextmanager
def from_the_office(world: World, platform: str) -> Iterator[Adapter]:
    """An adapter that knows the network only by its name outside."""
    adapter = plugged_in(world.practice, platform, staging=world.staging, urls=world.urls(platform))
    yield adapter
    adapter.close()


def publish(world: World, platform: str, folder: Path, text: str) -> None:
    with from_the_office(world, platform) as adapter:
        adapter.commit(adapter.prepare(sendable(platform, folder, text)), f"{platform}/{text}")


def refused(world: World, platform: str, folder: Path, text: str) -> DeliveryError:
    """The error of a part that does not get through; asserts that nothing was published."""
    with pytest.raises(DeliveryError) as raised:
        publish(world, platform, folder, text)
    assert texts(world, platform).count(text) == 0
    return raised.value


def texts(world: World, platform: str) -> list[str]:
    return [post.text for post in world.practice.posts(platform)]


@every_platform
def test_a_post_goes_through_the_proxy_exactly_once(
    world: World, office: Office, platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", office.address)
    monkeypatch.setenv("SSL_CERT_FILE", str(office.authority))
    publish(world, platform, tmp_path, "Durch den Proxy")
    assert texts(world, platform).count("Durch den Proxy") == 1
    assert any(outside(platform) in line for line in office.seen())


@every_platform
def test_a_proxy_of_an_unknown_authority_is_not_trusted(
    world: World, office: Office, platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", office.address)
    seen = office.seen()
    error = refused(world, platform, tmp_path, "Nie gesendet")
    assert isinstance(error, Unavailable)
    assert error.channel_wide
    assert "certificate authority" in str(error)
    assert "SSL_CERT_FILE" in str(error)
    assert office.seen() == seen


@every_platform
def test_no_proxy_leads_past_the_proxy(
    world: World, office: Office, platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", office.address)
    monkeypatch.setenv("SSL_CERT_FILE", str(office.authority))
    monkeypatch.setenv("NO_PROXY", "practice.test")
    seen = office.seen()
    error = refused(world, platform, tmp_path, "Am Proxy vorbei")
    assert isinstance(error, Unavailable)
    # .test has no name server (RFC 6761 §6.2), so the direct way ends there.
    assert "name server" in str(error)
    assert office.seen() == seen


@every_platform
def test_a_proxy_that_is_not_there_publishes_nothing(
    world: World, platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    error = refused(world, platform, tmp_path, "Ohne Proxy")
    assert isinstance(error, Unavailable)
    assert "HTTPS_PROXY" in str(error)


@pytest.fixture(scope="module")
def guarded(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A proxy that asks for a login."""
    with office_in(tmp_path_factory.mktemp("guarded"), world, "--proxyauth", "clerk:pa55") as started:
        yield started


@every_platform
def test_a_proxy_that_asks_for_a_login_is_named(
    world: World, guarded: Office, platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", guarded.address)
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded.authority))
    error = refused(world, platform, tmp_path, "Ohne Anmeldung")
    assert isinstance(error, Unavailable)
    assert error.needs_person
    assert "login" in str(error)


@every_platform
def test_a_login_in_the_proxys_address_is_used_and_never_shown(
    world: World, guarded: Office, platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded.authority))
    monkeypatch.setenv("HTTPS_PROXY", guarded.address.replace("http://", "http://clerk:pa55@"))
    publish(world, platform, tmp_path, "Angemeldet")
    assert texts(world, platform).count("Angemeldet") == 1
    monkeypatch.setenv("HTTPS_PROXY", guarded.address.replace("http://", "http://clerk:wrong@"))
    error = refused(world, platform, tmp_path, "Falsch angemeldet")
    shown = f"{error!r} {error} {error.words}"
    assert "wrong" not in shown
    assert base64.b64encode(b"clerk:wrong").decode() not in shown
