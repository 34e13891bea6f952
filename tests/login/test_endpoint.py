"""What a token endpoint may answer, and what must never be repeated of it."""

import logging
import traceback
from base64 import b64encode
from urllib.parse import quote_plus

import pytest

from kanal.errors import KanalError, LoginRefused, Unavailable
from kanal.login.endpoint import ask, text_in
from kanal.model import Secret
from kanal.testing.contract.secrecy import LOUD
from kanal.testing.loopback import Asked, Reply, as_json, loopback

CODE, PASSWORD, BEARER = "c0de|geheim-1", "passwort-geheim-2", "traeger-geheim-3"
HEADER = b64encode(f"app:{PASSWORD}".encode()).decode()


def _ask(url: str) -> object:
    return ask(
        "POST",
        url,
        "/oauth/token",
        {"code": Secret(CODE), "grant_type": "authorization_code"},
        basic=("app", Secret(PASSWORD)),
    )


def _parrot(asked: Asked) -> Reply:
    """A server that repeats in its complaint what it was told."""
    words = f"{asked.body.decode()} {asked.headers.get('authorization')}"
    return as_json({"error": "invalid_grant", "error_description": words}, 400)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (as_json({"error": "invalid_grant", "error_description": "Expired."}, 400), LoginRefused),
        (as_json({"title": "Unauthorized", "detail": "No."}, 401), LoginRefused),
        (as_json({"error": {"message": "unlike RFC 6749"}}, 400), LoginRefused),
        (as_json({"error": "temporarily_unavailable"}, 503), Unavailable),
        (as_json({"error": "slow_down"}, 429), Unavailable),
        (Reply(200, b"<html>Please wait</html>"), Unavailable),
        (Reply(403, b"<html>Blocked by your office</html>"), Unavailable),
        (as_json(["list"]), Unavailable),
        (Reply(302, headers={"Location": "https://elsewhere.example/"}), Unavailable),
        (Reply(cut=True), Unavailable),
    ],
)
def test_only_a_refusal_is_a_refusal(reply: Reply, error: type[KanalError]) -> None:
    with loopback(lambda _: reply) as server, pytest.raises(error):
        _ask(server.url)


def test_the_networks_word_and_sentence_are_kept() -> None:
    reply = as_json({"error": "invalid_grant", "error_description": "Expired  or\nused."}, 400)
    with loopback(lambda _: reply) as server, pytest.raises(LoginRefused, match=r"Expired or used\.") as refused:
        _ask(server.url)
    assert refused.value.code == "invalid_grant"
    assert "within seconds" in str(refused.value.advice)


def test_a_redirect_is_not_followed_with_the_secrets() -> None:
    with loopback(lambda _: as_json({"access_token": "t"})) as elsewhere:
        reply = Reply(307, headers={"Location": f"{elsewhere.url}/oauth/token?x={CODE}"})
        with loopback(lambda _: reply) as server, pytest.raises(Unavailable) as refused:
            _ask(server.url)
        assert elsewhere.asked == []
    assert CODE not in str(refused.value)


def test_no_secret_is_shown_whatever_the_server_says(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", *LOUD, *logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    replies = [
        _parrot,
        lambda _: Reply(500, CODE.encode()),
        lambda _: Reply(cut=True),
        lambda _: as_json({"access_token": BEARER}),
    ]
    shown: list[str] = []
    for answer in replies:
        with loopback(answer) as server:
            try:
                text_in(ask("GET", server.url, f"/{len(shown)}", bearer=Secret(BEARER)), "nothing", server.url)
            except KanalError as error:
                shown += [*traceback.format_exception(error), repr(error)]
            try:
                text_in(_ask(server.url), "nothing", server.url)  # type: ignore[arg-type] # an answer
            except KanalError as error:
                shown += [*traceback.format_exception(error), repr(error)]
    visible = "\n".join([*shown, caplog.text])
    assert len(shown) >= 2 * len(replies)
    assert [secret for secret in (CODE, quote_plus(CODE), PASSWORD, HEADER, BEARER) if secret in visible] == []


@pytest.mark.parametrize("broken", ["with blank", "zeilen\numbruch", "ümlaut", ""])
def test_a_secret_that_no_request_may_carry_is_refused_before_it_is_sent(broken: str) -> None:
    with (
        loopback(lambda _: as_json({})) as server,
        pytest.raises(Unavailable, match="Copy the token again") as refused,
    ):
        ask("POST", server.url, "/", {"token": Secret(broken)})
    assert server.asked == []
    assert not broken or broken not in str(refused.value)


def test_nobody_there_is_said_with_the_address() -> None:
    with loopback(lambda _: Reply()) as server:
        url = server.url
    with pytest.raises(Unavailable, match=url):
        _ask(url)


def test_an_office_proxy_is_asked_for_what_is_not_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with loopback(lambda _: Reply(407)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(Unavailable, match="proxy asks for a login"):
            _ask("https://api.x.example")
        assert [asked.method for asked in proxy.asked] == ["CONNECT"]


def test_a_foreign_certificate_file_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/does/not/exist.pem")
    with pytest.raises(Unavailable, match="SSL_CERT_FILE"):
        _ask("https://api.x.example")
