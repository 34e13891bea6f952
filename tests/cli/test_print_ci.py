import pytest

from kanal.login.authorizing import callback
from tests.cli.logins import ACCOUNTS, Office
from tests.cli.on_terminal import OnTerminal, needs_terminal
from tests.login.ports import free_port

X = ["KANAL_X_CONSUMER_KEY", "KANAL_X_CONSUMER_SECRET", "KANAL_X_ACCESS_TOKEN", "KANAL_X_ACCESS_TOKEN_SECRET"]


def _log_in_by_browser(office: Office) -> None:
    port = free_port()
    office.browse_as(ACCOUNTS["x"])
    app = office.practice.app("x", redirect=callback(port))
    assert office.call("login", "x", "--way", "browser", "--port", str(port), answers=app).code == 0


def test_names_are_printed_without_values_and_before_any_login(office: Office) -> None:
    assert office.call("login", "x", "--print-ci").out.splitlines() == X
    keys = office.practice.admit("x", ACCOUNTS["x"], "Landkreis")
    office.call("login", "x", "--way", "keys", answers=keys)
    answer = office.call("login", "x", "--print-ci")
    assert answer.out.splitlines() == X
    assert not any(value in answer.out + answer.err for value in keys.values())


def test_values_are_printed_when_somebody_asks_and_no_terminal_shows_them(office: Office) -> None:
    keys = office.practice.admit("x", ACCOUNTS["x"], "Landkreis")
    office.call("login", "x", "--way", "keys", answers=keys)
    answer = office.call("login", "x", "--print-ci", "--with-values")
    assert answer.code == 0
    assert answer.out.splitlines() == [f"KANAL_X_{name.upper()}={value}" for name, value in keys.items()]


def test_for_a_token_that_must_be_renewed_keys_are_advised_and_no_values_given(office: Office) -> None:
    _log_in_by_browser(office)
    names = office.call("login", "x", "--print-ci")
    assert names.out.splitlines() == X
    assert "take OAuth 1.0a keys" in names.err
    values = office.call("login", "x", "--print-ci", "--with-values")
    assert values.code == 2
    assert values.out == ""
    assert "take OAuth 1.0a keys" in values.err


def test_instagrams_own_token_is_nothing_for_ci(office: Office) -> None:
    answers = office.practice.app("instagram", account=ACCOUNTS["instagram"])
    office.call("login", "instagram", "--way", "instagram", answers=answers)
    values = office.call("login", "instagram", "--print-ci", "--with-values")
    assert values.code == 2
    assert "--way exchange" in values.err


def test_values_that_are_not_there_are_named(office: Office) -> None:
    answer = office.call("login", "mastodon", "--print-ci", "--with-values")
    assert answer.code == 2
    assert "KANAL_MASTODON_ACCESS_TOKEN" in answer.err
    assert "kanal login mastodon" in answer.err


@pytest.mark.parametrize(("keys", "shown"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_a_terminal_shows_values_only_after_a_yes(office: Office, keys: str, shown: bool) -> None:
    needs_terminal()
    office.call("login", "x", "--way", "keys", answers=office.practice.admit("x", ACCOUNTS["x"], "Landkreis"))
    secret = office.kept()["x"]["credentials"]["access_token_secret"]
    with OnTerminal(office.kanal.root, "login", "x", "--print-ci", "--with-values") as terminal:
        terminal.read_until("[y/N]")
        assert secret not in terminal.seen
        terminal.type(keys)
        assert terminal.end() == (0 if shown else 2)
    assert (secret in terminal.seen) is shown
