from pathlib import Path

import httpx
import pytest

from kanal.credentials import Grant
from kanal.errors import ConfigError, LoginRefused, Unavailable
from kanal.login import CanRenew, CanRevoke, login_of
from kanal.model import Channel, Secret
from kanal.platforms.mastodon import Adapter
from kanal.sandbox import Exchange, Fault, FaultKind, Practice
from kanal.sandbox.server import running
from kanal.testing.parts import Writer
from tests.login.conftest import ACCOUNTS, NOW, OTHERS, MakeChannel
from tests.login.person import person
from tests.sandbox.clients import loopback_client
from tests.sandbox.clock import Clock

MINE = ACCOUNTS["mastodon"]


def _log_in(channel: Channel, **more: object) -> Grant:
    with person(MINE, **more) as someone:  # type: ignore[arg-type] # handed on
        return login_of(channel).log_in("browser", someone, NOW)


def _status(channel: Channel, token: Secret) -> int:
    """What the server says to a request with this token."""
    with loopback_client(base_url=channel.urls["api"]) as client:
        headers = {"Authorization": f"Bearer {token.reveal()}"}
        return client.get("/api/v1/accounts/verify_credentials", headers=headers).status_code


@pytest.mark.parametrize("redirects", [True, False], ids=["redirect", "out of band"])
def test_the_token_of_a_login_publishes_as_the_channels_account(
    channel: MakeChannel, practice: Practice, writer: Writer, redirects: bool
) -> None:
    mastodon = channel("mastodon")
    grant = _log_in(mastodon, redirects=redirects)
    assert grant.account == "landkreis"
    assert grant.issuer == mastodon.urls["api"]
    assert (grant.obtained_at, grant.expires_at) == (NOW, None)
    adapter = Adapter(mastodon, grant.credentials)
    adapter.commit(adapter.prepare(writer.write(pictures=1)), "key")
    adapter.close()
    assert [post.account for post in practice.posts()] == [MINE]


def test_the_scopes_are_the_least_that_kanal_needs(channel: MakeChannel) -> None:
    assert _log_in(channel("mastodon")).scopes == (
        "profile",
        "read:statuses",
        "read:notifications",
        "write:statuses",
        "write:media",
    )


def test_a_server_before_4_3_is_asked_for_what_it_knows(tmp_path: Path) -> None:
    with running(tmp_path / "old.sqlite3", mastodon_version="4.2.9") as old:
        old.admit("mastodon", MINE, "Landkreis")
        grant = _log_in(Channel("mastodon", "mastodon", MINE, urls=old.urls("mastodon")))
    assert grant.scopes[0] == "read:accounts"


def test_each_login_registers_an_app_that_can_come_back_to_one_place_only(
    channel: MakeChannel, exchanges: list[Exchange]
) -> None:
    mastodon = channel("mastodon")
    _log_in(mastodon)
    _log_in(mastodon)
    registered = [one for one in exchanges if one.path == "/api/v1/apps"]
    assert len(registered) == 2
    assert all(one.request_body.count(b"127.0.0.1") == 1 for one in registered)


def test_a_login_with_another_account_is_refused_with_both_names_and_taken_back(
    channel: MakeChannel, exchanges: list[Exchange]
) -> None:
    mastodon = channel("mastodon")
    with person(OTHERS["mastodon"]) as someone, pytest.raises(LoginRefused) as refused:
        login_of(mastodon).log_in("browser", someone, NOW)
    assert "“jugendamt”" in str(refused.value)
    assert MINE in str(refused.value)
    assert exchanges[-1].path == "/oauth/revoke"
    assert exchanges[-1].status == 200


def test_whoever_declines_is_told_that_nothing_came_of_it(channel: MakeChannel) -> None:
    with pytest.raises(LoginRefused, match="not to let kanal in"):
        _log_in(channel("mastodon"), button="deny")


def test_a_code_that_nobody_typed_or_that_is_wrong_is_refused(channel: MakeChannel) -> None:
    with pytest.raises(LoginRefused, match="invalid"):
        _log_in(channel("mastodon"), redirects=False, button="deny")


def test_a_code_that_came_too_late_is_refused(channel: MakeChannel, clock: Clock) -> None:
    def dawdle() -> None:
        clock.now += 601

    with pytest.raises(LoginRefused, match="within seconds"):
        _log_in(channel("mastodon"), redirects=False, meanwhile=dawdle)


@pytest.mark.parametrize("query", [{"state": "forged"}, {"state": ""}])
def test_an_answer_that_belongs_to_another_login_is_refused_before_the_code_is_used(
    channel: MakeChannel, exchanges: list[Exchange], query: dict[str, str]
) -> None:
    with pytest.raises(LoginRefused, match="does not belong to this login"):
        _log_in(channel("mastodon"), query=query)
    assert [one for one in exchanges if one.path == "/oauth/token"] == []


def test_a_token_that_is_there_already_is_taken_if_it_is_the_accounts(channel: MakeChannel, practice: Practice) -> None:
    mastodon = channel("mastodon")
    token = practice.admit("mastodon", MINE, "Landkreis")["access_token"]
    with person(MINE, {"access_token": token}) as someone:
        grant = login_of(mastodon).log_in("token", someone, NOW)
    assert grant.credentials["access_token"].reveal() == token
    other = practice.admit("mastodon", OTHERS["mastodon"], "Jugendamt")["access_token"]
    with person(MINE, {"access_token": other}) as someone, pytest.raises(LoginRefused, match="jugendamt"):
        login_of(mastodon).log_in("token", someone, NOW)


def test_a_revoked_token_is_worth_nothing(channel: MakeChannel) -> None:
    mastodon = channel("mastodon")
    grant = _log_in(mastodon)
    login = login_of(mastodon)
    assert isinstance(login, CanRevoke)
    assert _status(mastodon, grant.credentials["access_token"]) == 200
    login.revoke(grant)
    assert _status(mastodon, grant.credentials["access_token"]) == 401


def test_a_token_from_the_servers_own_page_can_only_be_deleted_there(channel: MakeChannel) -> None:
    mastodon = channel("mastodon")
    login = login_of(mastodon)
    assert isinstance(login, CanRevoke)
    grant = Grant("token", login.issuer, "landkreis", {"access_token": Secret("t")}, NOW)
    with pytest.raises(LoginRefused, match="/settings/applications"):
        login.revoke(grant)


def test_tokens_do_not_end_so_there_is_nothing_to_renew(channel: MakeChannel) -> None:
    assert not isinstance(login_of(channel("mastodon")), CanRenew)


def test_an_account_that_names_no_server_is_refused() -> None:
    with pytest.raises(ConfigError, match="names no server"):
        login_of(Channel("mastodon", "mastodon", "landkreis"))


@pytest.mark.parametrize("kind", [FaultKind.ERROR_BEFORE, FaultKind.HTML, FaultKind.TOO_MANY, FaultKind.CUT_AFTER])
def test_a_server_that_stumbles_is_no_refusal(channel: MakeChannel, practice: Practice, kind: FaultKind) -> None:
    mastodon = channel("mastodon")
    practice.set_fault("mastodon", Fault(kind, times=None, calls="all"))
    with pytest.raises(Unavailable):
        _log_in(mastodon)


def test_a_server_that_is_down_is_said_to_be(channel: MakeChannel, practice: Practice) -> None:
    mastodon = channel("mastodon")
    practice.set_fault("mastodon", Fault(FaultKind.DOWN))
    with pytest.raises(Unavailable, match="No connection"):
        _log_in(mastodon)


def test_the_browser_is_sent_to_the_servers_own_page(channel: MakeChannel) -> None:
    mastodon = channel("mastodon")
    with person(MINE) as someone:
        login_of(mastodon).log_in("browser", someone, NOW)
    query = httpx.URL(someone.visited[0]).params
    assert someone.visited[0].startswith(f"{mastodon.urls['api']}/oauth/authorize?")
    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) == 43
