from collections.abc import Mapping

import pytest

from kanal.credentials import Grant
from kanal.errors import LoginRefused, Unavailable
from kanal.login import CanRenew, CanRevoke, login_of
from kanal.login.networks.facebook import PERMISSIONS, PUBLISHING, Login
from kanal.model import Channel
from kanal.platforms.facebook import Adapter
from kanal.sandbox import Fault, FaultKind, Practice
from kanal.testing.parts import Writer
from tests.login.conftest import ACCOUNTS, NOW, OTHERS, MakeChannel
from tests.login.person import person
from tests.sandbox.clock import Clock

MINE = ACCOUNTS["facebook"]


def _exchange(channel: Channel, answers: Mapping[str, str]) -> Grant:
    with person(MINE, answers) as someone:
        return Login(channel).log_in("exchange", someone, NOW)


def test_a_users_token_becomes_the_pages_which_does_not_end(
    channel: MakeChannel, practice: Practice, writer: Writer, clock: Clock
) -> None:
    facebook = channel("facebook")
    grant = _exchange(facebook, practice.app("facebook"))
    assert grant.account == f"Landkreis Musterland ({MINE})"
    assert (grant.scopes, grant.expires_at) == (PERMISSIONS, None)
    clock.now += 90 * 86400
    adapter = Adapter(facebook, grant.credentials)
    adapter.commit(adapter.prepare(writer.write(pictures=1)), "key")
    adapter.close()
    assert [post.account for post in practice.posts()] == [MINE]


def test_nothing_but_the_pages_token_is_kept(channel: MakeChannel, practice: Practice) -> None:
    app = practice.app("facebook")
    grant = _exchange(channel("facebook"), app)
    kept = {secret.reveal() for secret in grant.secrets()}
    assert len(kept) == 1
    assert not kept & {app["app_secret"], app["user_token"]}


def test_the_permissions_are_named_where_the_token_is_to_be_made(channel: MakeChannel, practice: Practice) -> None:
    with person(MINE, practice.app("facebook")) as someone:
        Login(channel("facebook")).log_in("exchange", someone, NOW)
    assert all(permission in str(someone.heard[0]) for permission in PERMISSIONS)
    assert "https://developers.facebook.com/tools/explorer/" in str(someone.heard[0])
    assert [field.name for field in someone.asked if not field.secret] == ["app_id"]


@pytest.mark.parametrize("missing", PUBLISHING[1:])
def test_a_permission_that_publishing_needs_is_missed_by_name(
    channel: MakeChannel, practice: Practice, missing: str
) -> None:
    scopes = [scope for scope in PERMISSIONS if scope != missing]
    with pytest.raises(LoginRefused, match=missing):
        _exchange(channel("facebook"), practice.app("facebook", scopes=scopes))


def test_without_a_list_of_pages_nothing_comes_of_it(channel: MakeChannel, practice: Practice) -> None:
    with pytest.raises(LoginRefused, match="pages_show_list"):
        _exchange(channel("facebook"), practice.app("facebook", scopes=["pages_manage_posts"]))


def test_those_for_comments_and_figures_may_be_left_out(channel: MakeChannel, practice: Practice) -> None:
    grant = _exchange(channel("facebook"), practice.app("facebook", scopes=PUBLISHING))
    assert grant.scopes == PUBLISHING


def test_pages_of_others_are_named_beside_the_channels(channel: MakeChannel, practice: Practice) -> None:
    app = practice.app("facebook", accounts=[OTHERS["facebook"]])
    with pytest.raises(LoginRefused, match=rf"Jugendamt \({OTHERS['facebook']}\).*{MINE}"):
        _exchange(channel("facebook"), app)


def test_a_person_without_pages_is_told_so(channel: MakeChannel, practice: Practice) -> None:
    with pytest.raises(LoginRefused, match="no page"):
        _exchange(channel("facebook"), practice.app("facebook", accounts=[]))


@pytest.mark.parametrize("spoilt", ["app_id", "app_secret", "user_token"])
def test_a_wrong_answer_is_refused_and_not_repeated(channel: MakeChannel, practice: Practice, spoilt: str) -> None:
    answers = {**practice.app("facebook"), spoilt: "EAA0123456789wrong"}
    with pytest.raises(LoginRefused) as refused:
        _exchange(channel("facebook"), answers)
    assert not any(answers[name] in str(refused.value) for name in ("app_secret", "user_token"))


def test_a_users_token_is_good_for_an_hour(channel: MakeChannel, practice: Practice, clock: Clock) -> None:
    app = practice.app("facebook")
    clock.now += 3601
    with pytest.raises(LoginRefused, match="expired"):
        _exchange(channel("facebook"), app)


def test_a_pages_token_that_is_there_already_is_taken_if_it_is_the_channels(
    channel: MakeChannel, practice: Practice
) -> None:
    facebook = channel("facebook")
    mine = practice.admit("facebook", MINE, "Landkreis Musterland")
    with person(MINE, mine) as someone:
        grant = Login(facebook).log_in("token", someone, NOW)
    assert grant.credentials["page_access_token"].reveal() == mine["page_access_token"]
    others = practice.admit("facebook", OTHERS["facebook"], "Jugendamt")
    with person(MINE, others) as someone, pytest.raises(LoginRefused, match=rf"Jugendamt.*{MINE}"):
        Login(facebook).log_in("token", someone, NOW)


def test_the_network_offers_neither_renewal_nor_revoking(channel: MakeChannel) -> None:
    login = login_of(channel("facebook"))
    assert not isinstance(login, CanRenew)
    assert not isinstance(login, CanRevoke)


@pytest.mark.parametrize("kind", [FaultKind.ERROR_BEFORE, FaultKind.HTML, FaultKind.TOO_MANY, FaultKind.CUT_AFTER])
def test_a_network_that_stumbles_is_no_refusal(channel: MakeChannel, practice: Practice, kind: FaultKind) -> None:
    facebook, app = channel("facebook"), practice.app("facebook")
    practice.set_fault("facebook", Fault(kind, times=None, calls="all"))
    with pytest.raises(Unavailable):
        _exchange(facebook, app)


def test_the_version_of_the_api_may_change_after_the_login(channel: MakeChannel) -> None:
    facebook = channel("facebook")
    newer = facebook._replace(urls={"graph": facebook.urls["graph"].replace("v26", "v27")})
    assert login_of(facebook).issuer == login_of(newer).issuer
