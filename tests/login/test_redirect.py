import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from kanal.errors import LoginRefused, UsageError
from kanal.login.proof import Proof
from kanal.login.redirect import PATH, listening
from tests.sandbox.clients import loopback_client

PAGE = ("de", "Das hat geklappt. Sie können dieses Fenster schließen.", "Das hat <nicht> geklappt.")


@pytest.fixture
def proof() -> Proof:
    return Proof.new()


def _ask(address: str, proof: Proof | None = None, **query: str) -> httpx.Response:
    with loopback_client() as browser:
        return browser.get(address, params={**({"state": proof.state.reveal()} if proof else {}), **query})


def test_the_code_comes_with_the_first_request_and_the_page_says_so(proof: Proof) -> None:
    with listening(0, PAGE) as redirect, ThreadPoolExecutor() as pool:
        shown = pool.submit(_ask, redirect.address, proof, code="c0de")
        assert redirect.code(proof).reveal() == "c0de"
    page = shown.result()
    assert page.status_code == 200
    assert PAGE[1] in page.text
    assert '<html lang="de">' in page.text
    assert "c0de" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"state": "another", "code": "c0de"}, "does not belong to this login"),
        ({"code": "c0de"}, "does not belong to this login"),
    ],
)
def test_another_state_is_refused_and_the_page_says_that_it_failed(
    proof: Proof, query: dict[str, str], words: str
) -> None:
    with listening(0, PAGE) as redirect, ThreadPoolExecutor() as pool:
        shown = pool.submit(lambda: _ask(redirect.address, None, **query))
        with pytest.raises(LoginRefused, match=words):
            redirect.code(proof)
    assert shown.result().status_code == 400
    assert "Das hat &lt;nicht&gt; geklappt." in shown.result().text


@pytest.mark.parametrize(
    ("error", "words"), [("access_denied", "not to let kanal in"), ("invalid_scope", "invalid_scope")]
)
def test_a_refusal_of_the_network_is_told(proof: Proof, error: str, words: str) -> None:
    with listening(0, PAGE) as redirect, ThreadPoolExecutor() as pool:
        shown = pool.submit(_ask, redirect.address, proof, error=error)
        with pytest.raises(LoginRefused, match=words) as refused:
            redirect.code(proof)
    assert refused.value.code == error
    assert shown.result().status_code == 400


def test_other_paths_are_not_found_and_change_nothing(proof: Proof) -> None:
    def browse(address: str) -> list[int]:
        icon = urlsplit(address)._replace(path="/favicon.ico").geturl()
        answers = [_ask(icon, proof, code="wrong"), _ask(address, proof, code="right")]
        return [answer.status_code for answer in answers]

    with listening(0, PAGE) as redirect, ThreadPoolExecutor() as pool:
        browsed = pool.submit(browse, redirect.address)
        assert redirect.code(proof).reveal() == "right"
    assert browsed.result() == [404, 200]


def test_only_this_machine_can_come_and_only_once(proof: Proof) -> None:
    with listening(0, PAGE) as redirect, ThreadPoolExecutor() as pool:
        address = redirect.address
        assert address == f"http://127.0.0.1:{urlsplit(address).port}{PATH}"
        pool.submit(_ask, address, proof, code="c0de")
        redirect.code(proof)
    with pytest.raises(httpx.ConnectError):
        _ask(address, proof, code="again")


def test_whoever_connects_and_says_nothing_does_not_hold_up_the_login(
    proof: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kanal.login.redirect._Handler.timeout", 0.05)
    with (
        listening(0, PAGE) as redirect,
        ThreadPoolExecutor() as pool,
        socket.create_connection(("127.0.0.1", urlsplit(redirect.address).port or 0)),
    ):
        pool.submit(_ask, redirect.address, proof, code="c0de")
        assert redirect.code(proof).reveal() == "c0de"


def test_nobody_is_waited_for_forever(proof: Proof) -> None:
    with listening(0, PAGE) as redirect, pytest.raises(LoginRefused, match="in time"):
        redirect.code(proof, patience=0.01)


def test_a_port_that_is_taken_is_said_with_the_remedy() -> None:
    with listening(0, PAGE) as taken:
        port = urlsplit(taken.address).port or 0
        with pytest.raises(UsageError, match="--port"), listening(port, PAGE):
            pass
