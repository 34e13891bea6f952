import pytest

from kanal.sandbox import Fault, FaultKind
from tests.cli.logins import ACCOUNTS, Office
from tests.sandbox.clients import loopback_client


def _mastodon(office: Office) -> str:
    """Log in; the token."""
    office.browse_as(ACCOUNTS["mastodon"])
    assert office.call("login", "mastodon", "--way", "browser").code == 0
    return str(office.kept()["mastodon"]["credentials"]["access_token"])


def _is_accepted(office: Office, token: str) -> bool:
    with loopback_client(base_url=office.practice.urls("mastodon")["api"]) as client:
        headers = {"Authorization": f"Bearer {token}"}
        return client.get("/api/v1/accounts/verify_credentials", headers=headers).status_code == 200


def test_a_token_is_revoked_and_forgotten(office: Office) -> None:
    token = _mastodon(office)
    assert _is_accepted(office, token)
    answer = office.call("logout", "mastodon")
    assert answer.code == 0
    assert "does not accept it any more" in answer.out
    assert "Forgotten: the login of “mastodon”" in answer.out
    assert not _is_accepted(office, token)
    assert office.kept() == {}
    assert "Nothing was kept of “mastodon”" in office.call("logout", "mastodon").out


def test_a_network_that_cannot_be_reached_is_said_and_the_token_forgotten(office: Office) -> None:
    token = _mastodon(office)
    office.practice.set_fault("mastodon", Fault(FaultKind.DOWN))
    answer = office.call("logout", "mastodon")
    office.practice.heal()
    assert answer.code == 0
    assert "may still accept it: No connection" in answer.err
    assert office.kept() == {}
    assert _is_accepted(office, token)


@pytest.mark.parametrize(
    ("platform", "words"),
    [("x", "X lets no program revoke OAuth 1.0a keys"), ("facebook", "it lets no program revoke that")],
)
def test_what_cannot_be_revoked_is_said(office: Office, platform: str, words: str) -> None:
    given = office.practice.admit(platform, ACCOUNTS[platform], "Landkreis Musterland")
    way = "keys" if platform == "x" else "token"
    assert office.call("login", platform, "--way", way, answers=given).code == 0
    answer = office.call("logout", platform)
    assert answer.code == 0
    assert words in answer.err
    assert office.kept() == {}


def test_a_grant_of_another_origin_is_shown_to_nobody(office: Office) -> None:
    _mastodon(office)
    file = office.kanal.root / "config" / "channels.yaml"
    there = office.practice.urls("mastodon")["api"]
    elsewhere = office.practice.urls("x")["api"]
    file.write_text(file.read_text(encoding="utf-8").replace(f"api: {there}", f"api: {elsewhere}"), encoding="utf-8")
    office.practice.reset_counts()
    answer = office.call("logout", "mastodon")
    assert f"the channel now points to {elsewhere}" in answer.err
    assert set(office.practice.request_counts().values()) == {0}
    assert office.kept() == {}


def test_what_stays_in_the_environment_is_said(office: Office) -> None:
    office.monkeypatch.setenv("KANAL_MASTODON_ACCESS_TOKEN", "geheim")
    answer = office.call("logout", "mastodon")
    assert "KANAL_MASTODON_ACCESS_TOKEN is still set here" in answer.err
    assert "geheim" not in answer.err


def test_what_was_put_into_the_keyring_by_hand_goes_too(office: Office) -> None:
    pytest.importorskip("keyring", reason="needs the extra kanal[keyring]")
    from tests.credentials.rings import Ring, in_use

    ring = Ring()
    ring.set_password("kanal", "x/access_token", "by hand")
    ring.set_password("kanal", "other/access_token", "stays")
    with in_use(ring):
        assert "Taken out of the keyring: x/access_token" in office.call("logout", "x").out
    assert list(ring.entries) == [("kanal", "other/access_token")]


def test_ending_a_practice_login_leaves_the_real_one(office: Office) -> None:
    _mastodon(office)
    assert office.call("login", "mastodon", "--way", "browser", "--sandbox").code == 0
    assert office.kept().keys() == {"mastodon", "mastodon@practice"}
    office.call("logout", "mastodon", "--sandbox")
    assert office.kept().keys() == {"mastodon"}
