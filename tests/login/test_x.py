from base64 import b64encode
from datetime import timedelta
from time import time

import httpx
import pytest

from kanal.credentials import Grant
from kanal.errors import LoginRefused, Unavailable, UsageError
from kanal.login import CanRenew, CanRevoke, KnowsCI, login_of
from kanal.login.authorizing import callback
from kanal.login.networks.x import SCOPES, Login
from kanal.model import Channel
from kanal.platforms.x import Adapter
from kanal.sandbox import Exchange, Practice
from kanal.testing.parts import Writer
from tests.login.conftest import ACCOUNTS, NOW, OTHERS, MakeChannel
from tests.login.person import Person, person
from tests.login.ports import free_port
from tests.sandbox.clients import loopback_client
from tests.sandbox.clock import Clock

MINE = ACCOUNTS["x"]


class _Distracted(Person):
    """Copies an address out of another window."""

    def visit(self, address: str) -> None:
        super().visit(address)
        self.answers["address"] = "https://evil.example/?code=1"


@pytest.fixture
def port() -> int:
    """Where the app comes back to, as X wants to know beforehand."""
    return free_port()


def _log_in(channel: Channel, practice: Practice, port: int, *, confidential: bool = False, **more: object) -> Grant:
    app = practice.app("x", redirect=callback(port), confidential=confidential)
    with person(MINE, app, port=port, **more) as someone:
        return Login(channel).log_in("browser", someone, NOW)


def _me(channel: Channel, grant: Grant) -> int:
    with loopback_client(base_url=channel.urls["api"]) as client:
        token = grant.credentials["oauth2_access_token"].reveal()
        return client.get("/2/users/me", headers={"Authorization": f"Bearer {token}"}).status_code


@pytest.mark.parametrize("confidential", [True, False])
@pytest.mark.parametrize("redirects", [True, False], ids=["redirect", "copied address"])
def test_the_token_of_a_login_publishes_as_the_channels_account(
    *, channel: MakeChannel, practice: Practice, port: int, writer: Writer, confidential: bool, redirects: bool
) -> None:
    x = channel("x")
    grant = _log_in(x, practice, port, confidential=confidential, redirects=redirects)
    assert (grant.account, grant.issuer, grant.scopes) == (MINE, x.urls["api"], SCOPES)
    assert grant.expires_at == NOW + timedelta(hours=2)
    adapter = Adapter(x, grant.credentials)
    adapter.commit(adapter.prepare(writer.write(pictures=1)), "key")
    adapter.close()
    assert [post.account for post in practice.posts()] == [MINE]


def test_a_confidential_app_shows_its_secret_in_the_header_only(
    channel: MakeChannel, practice: Practice, port: int, exchanges: list[Exchange]
) -> None:
    x = channel("x")
    app = practice.app("x", redirect=callback(port), confidential=True)
    with person(MINE, app, port=port) as someone:
        Login(x).log_in("browser", someone, NOW)
    asked = next(one for one in exchanges if one.path == "/2/oauth2/token")
    encoded = b64encode(f"{app['client_id']}:{app['client_secret']}".encode()).decode()
    assert ("authorization", f"Basic {encoded}") in asked.request_headers
    assert app["client_secret"].encode() not in asked.request_body


def test_an_app_of_the_other_type_is_explained(channel: MakeChannel, practice: Practice, port: int) -> None:
    x = channel("x")
    app = practice.app("x", redirect=callback(port), confidential=True)
    with (
        person(MINE, {"client_id": app["client_id"]}, port=port) as someone,
        pytest.raises(LoginRefused, match="public, confidential"),
    ):
        Login(x).log_in("browser", someone, NOW)


def test_it_is_said_which_callback_address_the_app_must_know(
    channel: MakeChannel, practice: Practice, port: int
) -> None:
    x = channel("x")
    app = practice.app("x", redirect=callback(port))
    with person(MINE, app, port=port) as someone:
        Login(x).log_in("browser", someone, NOW)
    assert callback(port) in str(someone.heard[0])
    assert httpx.URL(someone.visited[0]).params["redirect_uri"] == callback(port)


def test_an_address_that_the_app_does_not_know_leads_nowhere(
    channel: MakeChannel, practice: Practice, port: int
) -> None:
    x = channel("x")
    app = practice.app("x", redirect="http://127.0.0.1:1/kanal")
    with person(MINE, app, port=port, redirects=False) as someone, pytest.raises(httpx.HTTPStatusError, match="400"):
        Login(x).log_in("browser", someone, NOW)


def test_a_code_is_good_for_thirty_seconds(channel: MakeChannel, practice: Practice, port: int, clock: Clock) -> None:
    def dawdle() -> None:
        clock.now += 31

    with pytest.raises(LoginRefused, match="authorization code was invalid"):
        _log_in(channel("x"), practice, port, meanwhile=dawdle)


def test_whoever_declines_is_told_that_nothing_came_of_it(channel: MakeChannel, practice: Practice, port: int) -> None:
    for redirects in (True, False):
        with pytest.raises(LoginRefused, match="not to let kanal in"):
            _log_in(channel("x"), practice, port, button="deny", redirects=redirects)


@pytest.mark.parametrize("redirects", [True, False])
def test_a_forged_state_is_refused_before_the_code_is_used(
    channel: MakeChannel, practice: Practice, port: int, exchanges: list[Exchange], redirects: bool
) -> None:
    with pytest.raises(LoginRefused, match="does not belong to this login"):
        _log_in(channel("x"), practice, port, query={"state": "forged"}, redirects=redirects)
    assert [one for one in exchanges if one.path == "/2/oauth2/token"] == []


def test_an_address_of_somewhere_else_is_not_taken(channel: MakeChannel, practice: Practice, port: int) -> None:
    x = channel("x")
    app = practice.app("x", redirect=callback(port))
    someone = _Distracted(MINE, app, port=port, redirects=False)
    with pytest.raises(LoginRefused, match="not the address"):
        Login(x).log_in("browser", someone, NOW)


def test_a_login_with_another_account_is_refused_with_both_names_and_taken_back(
    channel: MakeChannel, practice: Practice, port: int, exchanges: list[Exchange]
) -> None:
    x = channel("x")
    app = practice.app("x", redirect=callback(port))
    with person(OTHERS["x"], app, port=port) as someone, pytest.raises(LoginRefused) as refused:
        Login(x).log_in("browser", someone, NOW)
    assert "“jugendamt”" in str(refused.value)
    assert "“lk_musterland”" in str(refused.value)
    assert exchanges[-1].path == "/2/oauth2/revoke"


def test_an_app_that_may_not_do_all_is_refused(channel: MakeChannel, practice: Practice, port: int) -> None:
    x = channel("x")
    app = practice.app("x", redirect=callback(port), scopes=["tweet.read"])
    with person(MINE, app, port=port, redirects=False) as someone, pytest.raises(httpx.HTTPStatusError, match="400"):
        Login(x).log_in("browser", someone, NOW)


def test_a_renewal_replaces_both_tokens_and_works_once(channel: MakeChannel, practice: Practice, port: int) -> None:
    x = channel("x")
    for confidential in (True, False):
        old = _log_in(x, practice, port, confidential=confidential)
        new = Login(x).renew(old, NOW + timedelta(hours=1))
        assert (_me(x, old), _me(x, new)) == (401, 200)
        assert new.expires_at == NOW + timedelta(hours=3)
        assert (new.account, new.way) == (old.account, old.way)
        with pytest.raises(LoginRefused, match="token was invalid"):
            Login(x).renew(old, NOW)
        newer = Login(x).renew(new, NOW)
        assert _me(x, newer) == 200


def test_renewing_is_due_ten_minutes_before_the_end(channel: MakeChannel, practice: Practice, port: int) -> None:
    x = channel("x")
    grant = _log_in(x, practice, port)
    login = login_of(x)
    assert isinstance(login, CanRenew)
    assert not login.is_due(grant, NOW + timedelta(minutes=109))
    assert login.is_due(grant, NOW + timedelta(minutes=110))


def test_the_token_ends_when_x_says_so(channel: MakeChannel, practice: Practice, port: int, clock: Clock) -> None:
    x = channel("x")
    grant = _log_in(x, practice, port)
    clock.now += 7200
    assert _me(x, grant) == 401


def test_both_tokens_are_revoked(channel: MakeChannel, practice: Practice, port: int) -> None:
    x = channel("x")
    grant = _log_in(x, practice, port, confidential=True)
    login = login_of(x)
    assert isinstance(login, CanRevoke)
    login.revoke(grant)
    assert _me(x, grant) == 401
    with pytest.raises(LoginRefused):
        Login(x).renew(grant, NOW)


def test_keys_are_asked_for_and_tried(channel: MakeChannel, practice: Practice, clock: Clock) -> None:
    clock.now = time()  # a signature holds this machine's
    x = channel("x")
    keys = practice.admit("x", MINE, "Landkreis Musterland")
    with person(MINE, keys) as someone:
        grant = Login(x).log_in("keys", someone, NOW)
    assert {name: secret.reveal() for name, secret in grant.credentials.items()} == keys
    assert all(field.secret for field in someone.asked)
    assert not Login(x).is_due(grant, NOW + timedelta(days=9999))
    with pytest.raises(LoginRefused, match="developer console"):
        Login(x).revoke(grant)


def test_keys_of_another_account_are_refused_with_both_names(
    channel: MakeChannel, practice: Practice, clock: Clock
) -> None:
    clock.now = time()  # a signature holds this machine's
    x = channel("x")
    keys = practice.admit("x", OTHERS["x"], "Jugendamt")
    with person(MINE, keys) as someone, pytest.raises(LoginRefused, match=r"“jugendamt”.*“lk_musterland”"):
        Login(x).log_in("keys", someone, NOW)


def test_keys_that_x_does_not_accept_are_refused(channel: MakeChannel, practice: Practice, clock: Clock) -> None:
    clock.now = time()  # a signature holds this machine's
    x = channel("x")
    keys = {**practice.admit("x", MINE, "Landkreis Musterland"), "consumer_secret": "wrong"}
    with person(MINE, keys) as someone, pytest.raises(Unavailable):
        Login(x).log_in("keys", someone, NOW)


def test_a_missing_answer_ends_the_login(channel: MakeChannel) -> None:
    with person(MINE, {"consumer_key": "k"}) as someone, pytest.raises(UsageError):
        Login(channel("x")).log_in("keys", someone, NOW)


def test_keys_are_advised_for_ci(channel: MakeChannel) -> None:
    login = login_of(channel("x"))
    assert isinstance(login, KnowsCI)
    assert "OAuth 1.0a" in str(login.in_ci["browser"])
    assert "keys" not in login.in_ci
