"""What a person sees and types: hidden secrets, a choice by number, Ctrl-C and Ctrl-D."""

import signal

import pytest

from tests.cli.logins import ACCOUNTS, Office
from tests.cli.on_terminal import OnTerminal, needs_terminal


@pytest.fixture(autouse=True)
def _terminal() -> None:
    needs_terminal()


def _terminal_of(office: Office, *arguments: str) -> OnTerminal:
    return OnTerminal(office.kanal.root, "login", *arguments, environ={"PROMPT_TOOLKIT_NO_CPR": "1"})


QUESTIONS = {
    "consumer_key": "API key (consumer key) of the app:",
    "consumer_secret": "API key secret:",
    "access_token": "Access token of the account:",
    "access_token_secret": "Access token secret:",
}


def test_the_way_is_chosen_by_number_and_secrets_are_typed_unseen(office: Office) -> None:
    keys = office.practice.admit("x", ACCOUNTS["x"], "Landkreis")
    with _terminal_of(office, "x") as terminal:
        terminal.read_until("Which way:")
        terminal.type("7\r")
        terminal.type("1\r")
        for name, question in QUESTIONS.items():
            terminal.read_until(question)
            terminal.type(f"{keys[name]}\r")
        assert terminal.end() == 0
    assert "keys: Enter the four keys" in terminal.seen
    assert "Logged in as “lk_musterland”" in terminal.seen
    assert not any(value in terminal.seen for value in keys.values())
    assert office.kept()["x"]["credentials"] == keys


@pytest.mark.parametrize(
    ("key", "words", "code"), [("\x03", "Stopped.", -signal.SIGINT), ("\x04", "There was no answer", 2)]
)
def test_whoever_breaks_off_stores_nothing(office: Office, key: str, words: str, code: int) -> None:
    with _terminal_of(office, "x", "--way", "keys") as terminal:
        terminal.read_until(QUESTIONS["consumer_key"])
        terminal.type(key)
        assert terminal.end() == code
    assert words in terminal.seen
    assert "Traceback" not in terminal.seen
    assert office.kept() == {}


def test_ctrl_c_ends_the_wait_for_the_browser(office: Office) -> None:
    environ = {"BROWSER": "true", "PROMPT_TOOLKIT_NO_CPR": "1"}
    with OnTerminal(office.kanal.root, "login", "mastodon", "--way", "browser", environ=environ) as terminal:
        terminal.read_until("/oauth/authorize?")
        terminal._process.send_signal(signal.SIGINT)  # the terminal is not the process's own, so its key would not
        assert terminal.end() == -signal.SIGINT
    assert "Stopped." in terminal.seen
    assert "Traceback" not in terminal.seen
    assert office.kept() == {}


def test_the_code_is_asked_for_where_no_browser_comes_back(office: Office) -> None:
    from tests.login.person import Person

    with _terminal_of(office, "mastodon", "--way", "browser", "--no-browser") as terminal:
        terminal.read_until("The code that the page shows:")
        address = next(word for word in terminal.seen.split() if "/oauth/authorize?" in word)
        someone = Person(ACCOUNTS["mastodon"], redirects=False)
        someone.visit(address)
        terminal.type(f"{someone.answers['code']}\r")
        assert terminal.end() == 0
    assert someone.answers["code"] not in terminal.seen
