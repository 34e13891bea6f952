"""The httpx client: the same manners as the requests session."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kanal.testing.loopback import Asked, Reply, as_json, loopback
from kanal.transport import Redirected
from kanal.transport.failures import unreachable
from kanal.transport.with_httpx import open_client, was_sent

SELF_SIGNED = Path(__file__).with_name("self_signed.pem")


def always(reply: Reply) -> Callable[[Asked], Reply]:
    return lambda _asked: reply


def test_a_redirect_is_not_followed() -> None:
    away = Reply(302, headers={"Location": "/anderswo"})
    with loopback(always(away)) as server, open_client(server.url) as client:
        with pytest.raises(Redirected) as caught:
            client.post("/feed")
        assert caught.value.target == f"{server.url}/anderswo"
    assert [asked.method for asked in server.asked] == ["POST"]


def test_a_request_whose_answer_is_cut_may_have_arrived() -> None:
    with loopback(always(Reply(cut=True))) as server, open_client(server.url) as client:
        with pytest.raises(httpx.TransportError) as caught:
            client.post("/feed")
        assert was_sent(caught.value)


def test_a_refused_connection_was_never_sent(dead_address: str) -> None:
    with open_client(dead_address) as client, pytest.raises(httpx.ConnectError) as caught:
        client.post("/feed")
    assert not was_sent(caught.value)
    assert "HTTPS_PROXY" in str(unreachable(caught.value, dead_address))


def test_an_untrusted_certificate_is_explained_with_the_office_authority(tls_address: str) -> None:
    with open_client(tls_address) as client, pytest.raises(httpx.ConnectError) as caught:
        client.post("/feed")
    assert not was_sent(caught.value)
    assert "SSL_CERT_FILE" in str(unreachable(caught.value, tls_address))


def test_the_offices_own_authority_is_trusted(tls_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(SELF_SIGNED))
    with open_client(tls_address) as client:
        assert client.get("/").is_success


def test_a_proxy_that_asks_for_a_login_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wants_login = Reply(407, headers={"Proxy-Authenticate": 'Basic realm="Amt"'})
    with loopback(always(wants_login)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with open_client("https://graph.example") as client, pytest.raises(httpx.ProxyError) as caught:
            client.post("/feed")
    assert not was_sent(caught.value)
    assert "login" in str(unreachable(caught.value, "https://graph.example"))


def test_loopback_goes_past_the_proxy(monkeypatch: pytest.MonkeyPatch, dead_address: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", dead_address)
    with loopback(always(as_json({"id": 1}))) as server, open_client(server.url) as client:
        assert client.get("/").json() == {"id": 1}
