import logging
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.login.authorizing import callback
from kanal.sandbox import Fault, FaultKind
from kanal.testing.contract.secrecy import LOUD
from tests.cli.logins import ACCOUNTS, Office
from tests.conftest import WriteFile
from tests.login.ports import free_port


def test_after_logging_in_everywhere_a_draft_goes_out_everywhere(office: Office) -> None:
    office.browse_as(ACCOUNTS["mastodon"])
    port = free_port()
    mastodon = office.call("login", "mastodon", "--way", "browser")
    assert mastodon.code == 0
    assert f"Logged in as “landkreis” at {office.practice.urls('mastodon')['api']}." in mastodon.out
    assert "Next: kanal doctor mastodon" in mastodon.out
    office.browse_as(ACCOUNTS["x"])
    app = office.practice.app("x", redirect=callback(port), confidential=True)
    assert office.call("login", "x", "--way", "browser", "--port", str(port), answers=app).code == 0
    facebook = office.practice.app("facebook")
    assert office.call("login", "facebook", "--way", "exchange", answers=facebook).code == 0
    assert office.kept().keys() == {"mastodon", "x", "facebook"}
    assert office.call("ledger", "init", "--name", "Pressestelle").code == 0
    published = office.kanal.json("publish", "--yes")
    assert set(published.outcomes.values()) == {"published"}, published
    assert {post.platform for post in office.practice.posts()} == {"mastodon", "x", "facebook"}


@pytest.mark.parametrize("faulty", [False, True])
def test_a_run_renews_what_is_about_to_end_and_goes_on_with_the_old_one_if_that_fails(
    office: Office, write_file: WriteFile, faulty: bool
) -> None:
    write_file("posts/verkehr/linden.yaml", "id: linden\nchannels: [x]\ntext: Die Linden werden nachgepflanzt.\n")
    port = free_port()
    office.browse_as(ACCOUNTS["x"])
    app = office.practice.app("x", redirect=callback(port))
    assert office.call("login", "x", "--way", "browser", "--port", str(port), answers=app).code == 0
    before = office.kept()["x"]
    soon = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
    office.keep("x", {**before, "expires_at": soon})
    assert office.call("ledger", "init", "--name", "Pressestelle").code == 0
    if faulty:
        office.practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE, times=1, calls="all"))
    published = office.kanal.json("publish", "linden", "--yes")
    assert published.outcomes == {"linden/x": "published"}
    after = office.kept()["x"]
    assert (after["credentials"] == before["credentials"]) is faulty
    assert (after["renewal"] == before["renewal"]) is faulty
    assert ("could not be renewed, and holds until" in published.err) is faulty


def test_instagram_is_logged_in_by_both_ways_and_the_end_is_told(office: Office) -> None:
    answers = office.practice.app("instagram")
    assert office.call("login", "instagram", "--way", "exchange", answers=answers).code == 0
    again = office.call(
        "login",
        "instagram",
        "--way",
        "instagram",
        answers=office.practice.app("instagram", account=ACCOUNTS["instagram"]),
    )
    assert again.code == 0
    assert "It holds until" in again.out
    assert "takes the place of an earlier login" in again.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_the_file_is_for_one_user_alone_and_outside_of_the_repository(office: Office, office_folder: Path) -> None:
    office.call("login", "x", "--way", "keys", answers=office.practice.admit("x", ACCOUNTS["x"], "Landkreis"))
    assert stat.S_IMODE(office.store.stat().st_mode) == 0o600
    assert not office.store.is_relative_to(office_folder)


def test_a_place_inside_the_repository_is_refused_before_anybody_is_asked(office: Office, office_folder: Path) -> None:
    subprocess.run(["git", "init", "-q", str(office_folder)], check=True)
    office.monkeypatch.setenv("KANAL_CREDENTIALS", str(office_folder / "credentials.json"))
    office.practice.reset_counts()
    answer = office.call("login", "x", "--way", "keys", answers={})
    assert answer.code == 2
    assert "lies in the git repository" in answer.err
    assert office.practice.request_counts()["x"] == 0
    assert not (office_folder / "credentials.json").exists()


def test_without_a_browser_the_code_is_read_after_the_address_was_shown(office: Office) -> None:
    """As a process of its own, since somebody has to read the address before there is a code."""
    from tests.cli.calls import command, surroundings
    from tests.login.person import Person

    process = subprocess.Popen(
        command("login", "mastodon", "--way", "browser", "--stdin", "--no-browser"),
        cwd=office.kanal.root,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stderr
    address = next(line.strip() for line in process.stderr if "/oauth/authorize?" in line)
    someone = Person(ACCOUNTS["mastodon"], redirects=False)
    someone.visit(address)
    out, err = process.communicate(f"code={someone.answers['code']}\n", timeout=60)
    assert process.returncode == 0, err
    assert "Logged in as “landkreis”" in out


def test_a_login_as_somebody_else_is_refused_with_both_names_and_nothing_is_stored(office: Office) -> None:
    office.practice.admit("mastodon", "jugendamt@social.example", "Jugendamt")
    office.browse_as("jugendamt@social.example")
    answer = office.call("login", "mastodon", "--way", "browser")
    assert answer.code == 2
    assert "“jugendamt”" in answer.err
    assert "“landkreis@social.example”" in answer.err
    assert office.kept() == {}


def test_whoever_declines_stores_nothing(office: Office) -> None:
    office.browse_as(ACCOUNTS["mastodon"], "deny")
    answer = office.call("login", "mastodon", "--way", "browser")
    assert answer.code == 2
    assert "not to let kanal in" in answer.err
    assert office.kept() == {}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["login", "twitter"], "There is no channel “twitter”"),
        (["login", "x"], "several ways in: keys, browser"),
        (["login", "x", "--way", "kyes"], "Did you mean “keys”?"),
        (["login", "x", "--way", "keys"], "no terminal to ask on: API key (consumer key) of the app"),
        (["login", "x", "--with-values"], "goes with --print-ci only"),
        (["login", "x", "--keep-in", "keyring"], "no keyring on this machine"),
    ],
)
def test_a_mistake_is_said_with_the_remedy(office: Office, arguments: list[str], words: str) -> None:
    answer = office.call(*arguments)
    assert answer.code == 2
    assert words in answer.err


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"consumer_key": "k"}, "ended without “consumer_secret”"),
        ({"consumer_key": ""}, "ended without “consumer_key”"),
        ({"geheim geheim": "wert"}, "not of the form name=value"),
    ],
)
def test_lines_that_are_missing_or_none_are_said_without_their_values(
    office: Office, lines: dict[str, str], words: str
) -> None:
    answer = office.call("login", "x", "--way", "keys", answers=lines)
    assert answer.code == 2
    assert words in answer.err
    assert "geheim" not in answer.err


def test_a_line_that_nobody_asked_for_is_named(office: Office) -> None:
    keys = office.practice.admit("x", ACCOUNTS["x"], "Landkreis")
    answer = office.call("login", "x", "--way", "keys", answers={"client_id": "c", **keys})
    assert answer.code == 0
    assert "does not ask for: client_id" in answer.err


def test_no_option_takes_a_secret() -> None:
    """The command line shows in `ps` and in the history of the shell."""
    from inspect import signature

    from kanal.cli.login import login

    texts = {name for name, one in signature(login).parameters.items() if "str" in str(one.annotation)}
    assert texts == {"channel", "way"}


def test_what_the_environment_puts_before_the_login_is_said(office: Office) -> None:
    office.monkeypatch.setenv("KANAL_X_ACCESS_TOKEN", "set")
    keys = office.practice.admit("x", ACCOUNTS["x"], "Landkreis")
    answer = office.call("login", "x", "--way", "keys", answers=keys)
    assert "KANAL_X_ACCESS_TOKEN is set here, and goes before" in answer.err


def test_a_keyring_is_used_where_there_is_one_and_loses_what_was_put_there_by_hand(office: Office) -> None:
    pytest.importorskip("keyring", reason="needs the extra kanal[keyring]")
    from tests.credentials.rings import Ring, in_use

    ring = Ring()
    ring.set_password("kanal", "x/access_token", "old")
    keys = office.practice.admit("x", ACCOUNTS["x"], "Landkreis")
    with in_use(ring):
        answer = office.call("login", "x", "--way", "keys", "--keep-in", "keyring", answers=keys)
        assert answer.code == 0
        assert "Taken out of the keyring" in answer.err
        assert list(ring.entries) == [("kanal", "x/login")]
        assert "missing" not in office.call("channels").out.splitlines()[2]
    assert office.kept() == {}


def test_a_practice_channel_meets_practice_and_its_login_is_never_a_real_one(
    office: Office, write_file: WriteFile
) -> None:
    file = office.kanal.root / "config" / "channels.yaml"
    write_file("config/channels.yaml", file.read_text(encoding="utf-8").replace("live: true", "live: false"))
    office.browse_as(ACCOUNTS["mastodon"])
    answer = office.call("login", "mastodon", "--way", "browser")
    assert answer.code == 0
    assert "This is practice" in answer.err
    assert office.kept().keys() == {"mastodon@practice"}
    write_file("config/channels.yaml", file.read_text(encoding="utf-8").replace("live: false", "live: true"))
    assert "KANAL_MASTODON_ACCESS_TOKEN" in office.call("channels").out


def test_practice_says_what_the_networks_pages_for_developers_would(office: Office) -> None:
    answer = office.call("login", "facebook", "--way", "exchange", "--sandbox", answers={})
    assert answer.code == 2
    assert "app_id=" in answer.err
    assert "user_token=EAA" in answer.err


def test_the_page_at_the_end_is_in_the_offices_language(office: Office) -> None:
    from kanal.cli.desk import Desk
    from kanal.cli.login_talk import Told

    desk = Desk(office.kanal.root, {"KANAL_LANG": "de"})
    assert Told(desk, 0, None, browser=True).page[0] == "de"


@pytest.mark.parametrize("kind", [None, *(kind for kind in FaultKind if kind is not FaultKind.DRIP)])
def test_no_secret_is_shown_by_a_login_a_logout_or_their_failures(
    office: Office, caplog: pytest.LogCaptureFixture, kind: FaultKind | None
) -> None:
    for name in ("", *LOUD, *logging.root.manager.loggerDict):
        # The practice networks run in this process, and their server would log what it is asked.
        caplog.set_level(logging.CRITICAL if name.startswith("uvicorn") else logging.DEBUG, logger=name)
    office.browse_as(ACCOUNTS["mastodon"])
    keys = office.practice.admit("x", ACCOUNTS["x"], "Landkreis")
    app = office.practice.app("facebook")
    logins = [
        (("login", "mastodon", "--way", "browser"), None),
        (("login", "x", "--way", "keys"), keys),
        (("login", "facebook", "--way", "exchange"), app),
    ]
    shown, secrets = [], [*keys.values(), app["app_secret"], app["user_token"]]
    for arguments, answers in logins:
        shown.append(office.call(*arguments, answers=answers))
    secrets += office.secrets()
    if kind is not None:
        for platform in ("mastodon", "x", "facebook"):
            office.practice.set_fault(platform, Fault(kind, times=None, seconds=0.01, calls="all"))
    office.monkeypatch.delenv("BROWSER")
    for arguments, answers in logins:
        shown.append(office.call(*arguments, "--no-browser", answers=answers if answers is not None else {"code": "c"}))
    shown += [office.call("logout", platform) for platform in ("mastodon", "x", "facebook")]
    office.practice.heal()
    visible = "\n".join([*(answer.out + answer.err for answer in shown), caplog.text])
    assert len(secrets) > 6
    assert [line for line in visible.splitlines() for secret in secrets if secret in line] == []
    assert "Traceback" not in visible


def test_a_third_party_platform_without_a_login_says_what_to_do() -> None:
    from kanal.errors import ConfigError
    from kanal.login import login_of
    from kanal.model import Channel

    with pytest.raises(ConfigError, match="does not know how to log in on “brett”"):
        login_of(Channel("brett", "brett", "a"))
