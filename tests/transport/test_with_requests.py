"""The requests session: deadlines, redirects, rewriting, and whether a failed request may have arrived."""

import logging
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from kanal.errors import Unavailable, Uncertain
from kanal.testing.loopback import Asked, Reply, as_json, loopback
from kanal.transport import Answered, Redirected
from kanal.transport.with_requests import OfficeSession, open_session, translate_failure, was_sent

SELF_SIGNED = Path(__file__).with_name("self_signed.pem")


def always(reply: Reply) -> Callable[[Asked], Reply]:
    return lambda _asked: reply


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanal.transport.with_requests.ANSWER_SECONDS", 0.15)


def test_an_address_is_rewritten_before_it_is_asked() -> None:
    with loopback(always(as_json({}))) as server, OfficeSession({"https://api.twitter.com": server.url}) as session:
        session.get("https://api.twitter.com/2/users/me?x=1")
    assert [asked.path for asked in server.asked] == ["/2/users/me?x=1"]


def test_a_redirect_is_not_followed() -> None:
    away = Reply(301, headers={"Location": "https://elsewhere.example/2/tweets"})
    with loopback(always(away)) as server, OfficeSession(base_url=server.url) as session:
        with pytest.raises(Redirected) as caught:
            session.post(f"{server.url}/2/tweets", json={})
        assert caught.value.target == "https://elsewhere.example/2/tweets"
    assert [asked.method for asked in server.asked] == ["POST"]


@pytest.mark.parametrize("status", [304, 400, 503])
def test_every_answer_but_success_raises_with_its_words(status: int) -> None:
    broken = Reply(status, "Störung".encode(), {"Retry-After": "7"})
    with (
        loopback(always(broken)) as server,
        OfficeSession(base_url=server.url) as session,
        pytest.raises(Answered) as caught,
    ):
        session.get(server.url)
    assert caught.value.status == status
    assert caught.value.headers["retry-after"] == "7"
    assert caught.value.body in ("Störung", "")


@pytest.mark.usefixtures("short")
def test_a_library_cannot_lengthen_the_timeout() -> None:
    with loopback(always(Reply(silent=True))) as server, OfficeSession(base_url=server.url) as session:
        with pytest.raises(requests.ReadTimeout) as caught:
            session.post(server.url, timeout=300)
        assert was_sent(caught.value)


@pytest.mark.usefixtures("short")
def test_an_answer_that_drips_past_the_deadline_is_given_up() -> None:
    with loopback(always(Reply(body=b"{}" * 20, drip=0.02))) as server, OfficeSession(base_url=server.url) as session:
        with pytest.raises(requests.ReadTimeout) as caught:
            session.post(server.url)
        assert was_sent(caught.value)


def test_an_answer_that_drips_but_ends_in_time_is_taken() -> None:
    with (
        loopback(always(Reply(body=b'{"id": "1"}', drip=0.005))) as server,
        OfficeSession(base_url=server.url) as session,
    ):
        assert session.get(server.url).json() == {"id": "1"}


def test_a_connection_is_used_again_after_an_answer() -> None:
    with loopback(always(as_json({}))) as server, OfficeSession(base_url=server.url) as session:
        session.get(server.url)
        session.get(server.url)
    assert len({asked.connection for asked in server.asked}) == 1


def test_a_connection_can_be_dropped_before_a_request_that_must_not_be_ambiguous() -> None:
    with loopback(always(as_json({}))) as server, OfficeSession(base_url=server.url) as session:
        session.get(server.url)
        session.drop_connections()
        session.get(server.url)
    assert len({asked.connection for asked in server.asked}) == 2


def test_a_request_whose_answer_is_cut_may_have_arrived() -> None:
    with loopback(always(Reply(cut=True))) as server, OfficeSession(base_url=server.url) as session:
        with pytest.raises(requests.ConnectionError) as caught:
            session.post(server.url)
        assert was_sent(caught.value)


def test_a_body_that_is_cut_is_not_a_success() -> None:
    short_body = Reply(200, b'{"id"', {"Content-Length": "500"})
    with loopback(always(short_body)) as server, OfficeSession(base_url=server.url) as session:
        with pytest.raises(requests.RequestException) as caught:
            session.post(server.url, headers={"Connection": "close"})
        assert was_sent(caught.value)


def test_a_refused_connection_was_never_sent(dead_address: str) -> None:
    with OfficeSession(base_url=dead_address) as session, pytest.raises(requests.ConnectionError) as caught:
        session.post(dead_address)
    assert not was_sent(caught.value)
    translated = translate_failure(caught.value, dead_address, publishing=True)
    assert isinstance(translated, Unavailable)
    assert translated.channel_wide


def test_an_unknown_name_was_never_sent() -> None:
    address = "http://no-such-server.invalid"
    with OfficeSession(base_url=address) as session, pytest.raises(requests.ConnectionError) as caught:
        session.post(address)
    assert not was_sent(caught.value)
    assert "name server" in str(translate_failure(caught.value, address, publishing=True))


def test_an_untrusted_certificate_is_explained_with_the_office_authority(tls_address: str) -> None:
    with OfficeSession(base_url=tls_address) as session, pytest.raises(requests.exceptions.SSLError) as caught:
        session.post(tls_address)
    assert not was_sent(caught.value)
    translated = translate_failure(caught.value, tls_address, publishing=True)
    assert isinstance(translated, Unavailable)
    assert "SSL_CERT_FILE" in str(translated.advice)


def test_the_offices_own_authority_is_trusted(tls_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(SELF_SIGNED))
    with OfficeSession(base_url=tls_address) as session:
        assert session.get(tls_address).ok


def test_a_server_without_tls_behind_https_was_never_sent() -> None:
    with loopback(always(as_json({}))) as server:
        address = server.url.replace("http:", "https:")
        with OfficeSession(base_url=address) as session, pytest.raises(requests.exceptions.SSLError) as caught:
            session.post(address)
    assert not was_sent(caught.value)


def test_an_error_of_tls_after_the_handshake_may_have_arrived() -> None:
    broken = ssl.SSLError(1, "[SSL: DECRYPTION_FAILED_OR_BAD_RECORD_MAC] bad record mac (_ssl.c:2580)")
    assert was_sent(requests.exceptions.SSLError(broken))


def test_a_proxy_that_asks_for_a_login_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wants_login = Reply(407, headers={"Proxy-Authenticate": 'Basic realm="Amt"'})
    with loopback(lambda _asked: wants_login) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with OfficeSession() as session, pytest.raises(requests.exceptions.ProxyError) as caught:
            session.post("https://social.example/api/v1/statuses")
    assert not was_sent(caught.value)
    translated = translate_failure(caught.value, "https://social.example", publishing=True)
    assert isinstance(translated, Unavailable)
    assert translated.needs_person
    assert "login" in str(translated)


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, dead_address: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", dead_address)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with OfficeSession() as session, pytest.raises(requests.exceptions.ProxyError) as caught:
        session.post("https://social.example/api/v1/statuses")
    assert "HTTPS_PROXY" in str(translate_failure(caught.value, "https://social.example", publishing=True))


def test_loopback_goes_past_the_proxy(monkeypatch: pytest.MonkeyPatch, dead_address: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", dead_address)
    with loopback(always(as_json({"id": 1}))) as server, OfficeSession(base_url=server.url) as session:
        assert session.get(server.url).json() == {"id": 1}


def test_a_missing_answer_is_uncertain_only_for_the_request_that_publishes() -> None:
    silence = requests.ReadTimeout("no answer")
    assert isinstance(translate_failure(silence, "https://x.example", publishing=True), Uncertain)
    assert isinstance(translate_failure(silence, "https://x.example", publishing=False), Unavailable)


def test_a_missing_certificate_file_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/no/such/file.pem")
    with pytest.raises(Unavailable, match="SSL_CERT_FILE") as caught:
        open_session(base_url="https://social.example")
    assert caught.value.needs_person


def test_a_login_in_netrc_does_not_replace_the_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login amt password geheim\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with loopback(always(as_json({}))) as server, OfficeSession(base_url=server.url) as session:
        session.trust_env = True
        session.get(server.url, headers={"Authorization": "Bearer abc"})
    assert server.asked[0].headers["authorization"] == "Bearer abc"


def test_no_library_logs_headers_even_at_debug(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", "urllib3", "urllib3.connectionpool", "requests_oauthlib.oauth1_auth", "tweepy.client"):
        caplog.set_level(logging.DEBUG, logger=name)
    with loopback(always(as_json({}))) as server, OfficeSession(base_url=server.url) as session:
        session.get(f"{server.url}/?access_token=geheim")
    assert "geheim" not in caplog.text
