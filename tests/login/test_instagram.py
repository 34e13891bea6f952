from collections.abc import Mapping
from datetime import timedelta

import pytest

from kanal.credentials import Grant
from kanal.errors import LoginRefused
from kanal.login import CanRenew, KnowsCI, login_of
from kanal.login.networks.instagram import PERMISSIONS, PUBLISHING, Login
from kanal.model import Channel
from kanal.platforms.instagram import Adapter
from kanal.sandbox import Practice
from tests.login.conftest import ACCOUNTS, NOW, OTHERS, MakeChannel
from tests.login.person import person
from tests.sandbox.clock import Clock

MINE = ACCOUNTS["instagram"]


def _log_in(channel: Channel, way: str, answers: Mapping[str, str]) -> Grant:
    with person(MINE, answers) as someone:
        return Login(channel).log_in(way, someone, NOW)


def _reads(channel: Channel, grant: Grant) -> bool:
    """Whether the token is good for the account's own posts."""
    adapter = Adapter(channel, grant.credentials)
    try:
        return list(adapter.locate(["1"])) == []
    finally:
        adapter.close()


def test_the_linked_pages_token_is_the_accounts_and_does_not_end(
    channel: MakeChannel, practice: Practice, clock: Clock
) -> None:
    instagram = channel("instagram")
    grant = _log_in(instagram, "exchange", practice.app("instagram"))
    assert (grant.account, grant.expires_at) == ("Landkreis Musterland", None)
    assert set(grant.scopes) == set(PERMISSIONS)
    clock.now += 90 * 86400
    assert _reads(instagram, grant)


@pytest.mark.parametrize("missing", PUBLISHING[:2] + PUBLISHING[3:])
def test_a_permission_that_publishing_needs_is_missed_by_name(
    channel: MakeChannel, practice: Practice, missing: str
) -> None:
    scopes = [scope for scope in PERMISSIONS if scope != missing]
    with pytest.raises(LoginRefused, match=missing):
        _log_in(channel("instagram"), "exchange", practice.app("instagram", scopes=scopes))


def test_accounts_of_others_are_named_beside_the_channels(channel: MakeChannel, practice: Practice) -> None:
    app = practice.app("instagram", accounts=[OTHERS["instagram"]])
    with pytest.raises(LoginRefused, match=rf"{OTHERS['instagram']} \(Jugendamt\).*{MINE}"):
        _log_in(channel("instagram"), "exchange", app)


def test_pages_without_an_account_are_told_as_such(channel: MakeChannel, practice: Practice) -> None:
    with pytest.raises(LoginRefused, match="No Instagram account is linked"):
        _log_in(channel("instagram"), "exchange", practice.app("instagram", accounts=[]))


def test_instagrams_own_token_is_exchanged_for_one_of_sixty_days(channel: MakeChannel, practice: Practice) -> None:
    instagram = channel("instagram")
    grant = _log_in(instagram, "instagram", practice.app("instagram", account=MINE))
    assert grant.expires_at == NOW + timedelta(seconds=5_183_944)
    assert _reads(instagram, grant)


def test_a_token_of_another_account_is_refused_with_both_names(channel: MakeChannel, practice: Practice) -> None:
    app = practice.app("instagram", account=OTHERS["instagram"])
    instagram = channel("instagram")
    with pytest.raises(LoginRefused, match=rf"Jugendamt \({OTHERS['instagram']}\).*{MINE}"):
        _log_in(instagram, "instagram", app)


def test_a_wrong_app_secret_is_refused(channel: MakeChannel, practice: Practice) -> None:
    app = {**practice.app("instagram", account=MINE), "app_secret": "wrong"}
    with pytest.raises(LoginRefused):
        _log_in(channel("instagram"), "instagram", app)


def test_it_can_be_renewed_from_its_second_day_until_it_ends(
    channel: MakeChannel, practice: Practice, clock: Clock
) -> None:
    instagram = channel("instagram")
    grant = _log_in(instagram, "instagram", practice.app("instagram", account=MINE))
    with pytest.raises(LoginRefused):
        Login(instagram).renew(grant, NOW)
    clock.now += 86400
    later = NOW + timedelta(days=1)
    renewed = Login(instagram).renew(grant, later)
    assert renewed.expires_at == later + timedelta(seconds=5_183_944)
    assert (renewed.account, renewed.way) == (grant.account, "instagram")
    assert _reads(instagram, renewed)
    clock.now += 61 * 86400
    with pytest.raises(LoginRefused, match="expired"):
        Login(instagram).renew(grant, later)


def test_renewing_is_due_after_a_week_and_never_for_a_pages_token(channel: MakeChannel, practice: Practice) -> None:
    instagram = channel("instagram")
    login = login_of(instagram)
    assert isinstance(login, CanRenew)
    own = _log_in(instagram, "instagram", practice.app("instagram", account=MINE))
    assert not login.is_due(own, NOW + timedelta(days=6))
    assert login.is_due(own, NOW + timedelta(days=7))
    pages = _log_in(instagram, "exchange", practice.app("instagram"))
    assert not login.is_due(pages, NOW + timedelta(days=9999))


def test_instagram_login_is_refused_where_its_tokens_do_not_work() -> None:
    with person(MINE) as someone, pytest.raises(LoginRefused, match=r"graph\.instagram\.com"):
        Login(Channel("instagram", "instagram", MINE)).log_in("instagram", someone, NOW)
    assert someone.asked == []


def test_the_pages_token_is_advised_for_ci(channel: MakeChannel) -> None:
    login = login_of(channel("instagram"))
    assert isinstance(login, KnowsCI)
    assert "--way exchange" in str(login.in_ci["instagram"])
