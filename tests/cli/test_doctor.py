"""`kanal doctor` notices what is not in order, says what to do, and posts nothing."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice
from kanal.sandbox.quirks import PLAYS, Quirk
from tests.cli.calls import Answer, Kanal, command, surroundings
from tests.cli.conftest import LIVE, GoLive
from tests.cli.on_terminal import OnTerminal, needs_terminal
from tests.cli.test_interrupt import wait_for
from tests.conftest import WriteFile
from tests.four_eyes import FourEyes

NOTICED: Mapping[Quirk, tuple[str, str]] = {
    Quirk.OTHER_ACCOUNT: ("account", "error"),
    Quirk.MISSING_SCOPE: ("scopes", "error"),
    Quirk.EXTRA_SCOPE: ("scopes", "warning"),
    Quirk.EXPIRING: ("validity", "warning"),
    Quirk.SKEWED: ("clock", "error"),
    Quirk.SMALL_LIMITS: ("limits", "warning"),
    Quirk.OTHER_VERSION: ("version", "warning"),
    Quirk.STAGING_CLOSED: ("staging", "error"),
}
PLAYED = [(quirk, platform) for quirk, play in PLAYS.items() for platform in play.platforms]
LONG = """\
id: lang
channels: [mastodon]
text: Der Wertstoffhof in Musterhausen ist am Montag geschlossen.
"""


def rows(answer: Answer, *states: str, channel: str | None = "any") -> list[Any]:
    """The observations in these states."""
    return [
        one
        for one in answer.json["checks"]
        if one["state"] in states and (channel == "any" or one["channel"] == channel)
    ]


def found(answer: Answer, *states: str) -> list[tuple[str, str]]:
    """Which checks of channels are in these states."""
    return [(one["channel"], one["check"]) for one in rows(answer, *states) if one["channel"]]


@pytest.fixture(autouse=True)
def _in_git(four_eyes: FourEyes) -> None:
    four_eyes.commit()


def test_nothing_is_wrong_with_the_practice_networks_and_nothing_is_posted(kanal: Kanal, practice: Practice) -> None:
    answer = kanal.json("doctor")
    assert (answer.code, found(answer, "warning", "error", "unknown")) == (0, [])
    assert {one["channel"] for one in answer.json["checks"]} == {*PLATFORMS, "jugendamt-mastodon", None}
    assert practice.posts() == []


def test_real_channels_are_asked_with_their_own_credentials_which_nobody_gets_to_see(
    kanal: Kanal, practice: Practice, go_live: GoLive
) -> None:
    secrets = go_live()
    text, json = kanal("doctor"), kanal.json("doctor")
    assert found(json, "error", "warning", "unknown") == []
    assert {(one["channel"], one["check"]) for one in rows(json, "ok")} >= {(name, "credentials") for name in LIVE}
    shown = text.out + text.err + json.out + json.err
    assert [secret for secret in secrets.values() if secret in shown] == []
    assert practice.posts() == []


@pytest.mark.parametrize(("quirk", "platform"), PLAYED)
def test_each_oddity_is_noticed_with_what_to_do_about_it(
    kanal: Kanal, practice: Practice, quirk: Quirk, platform: str
) -> None:
    practice.set_quirk(platform, quirk)
    answer = kanal.json("doctor", platform)
    check, state = NOTICED[quirk]
    if (quirk, platform) == (Quirk.SKEWED, "x"):  # X refuses a signature with a wrong time
        check = "network"
    [row] = rows(answer, "warning", "error", channel=platform)
    assert (row["check"], row["state"]) == (check, state)
    assert row["advice"]
    assert answer.code == (1 if state == "error" else 0)
    practice.heal()
    assert found(kanal.json("doctor", platform), "warning", "error") == []


def test_a_token_that_has_ended_is_an_error(kanal: Kanal, practice: Practice) -> None:
    for platform in PLATFORMS:
        practice.set_fault(platform, Fault(FaultKind.EXPIRED, times=None, calls="all"))
    answer = kanal.json("doctor", *PLATFORMS)
    assert answer.code == 1
    assert found(answer, "error") == [(platform, "network") for platform in PLATFORMS]
    assert all(row["advice"] for row in rows(answer, "error"))


def test_a_token_that_ends_in_three_weeks_is_fine(kanal: Kanal, practice: Practice) -> None:
    practice.set_quirk("facebook", Quirk.EXPIRING, timedelta(days=21).total_seconds())
    [row] = [one for one in rows(kanal.json("doctor", "facebook"), "ok") if one["check"] == "validity"]
    assert f"{datetime.now(UTC) + timedelta(days=21):%Y-%m-}" in row["message"]


def test_a_network_that_is_down_leaves_the_others_to_be_looked_at(kanal: Kanal, practice: Practice) -> None:
    practice.set_fault("x", Fault(FaultKind.DOWN, times=None))
    answer = kanal.json("doctor", "mastodon", "x", "facebook")
    assert (answer.code, found(answer, "error")) == (1, [("x", "network")])
    assert {channel for channel, check in found(answer, "ok") if check == "account"} == {"mastodon", "facebook"}


def test_offline_nobody_is_asked_and_it_is_said_what_was_not_looked_at(
    kanal: Kanal, practice: Practice, go_live: GoLive
) -> None:
    go_live()
    before = practice.request_counts()
    answer = kanal.json("doctor", "--offline")
    assert practice.request_counts() == before
    assert found(answer, "unknown") == [(name, "network") for name in LIVE]
    assert found(answer, "ok") == [*((name, "credentials") for name in LIVE), ("facebook", "version")]
    assert "not asked (--offline)" in answer.out


def test_without_credentials_a_real_channel_is_not_asked(
    kanal: Kanal, practice: Practice, go_live: GoLive, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_live()
    monkeypatch.delenv("KANAL_X_ACCESS_TOKEN")
    before = practice.request_counts()["x"]
    answer = kanal.json("doctor", "x")
    [row] = rows(answer, "error", channel="x")
    assert (answer.code, row["check"]) == (1, "credentials")
    assert "KANAL_X_ACCESS_TOKEN" in row["message"]
    assert practice.request_counts()["x"] == before


def test_a_token_that_may_only_read_is_told_by_what_it_lacks(kanal: Kanal, practice: Practice, go_live: GoLive) -> None:
    go_live()
    practice.admit("mastodon", LIVE["mastodon"], "Landkreis", scopes=["read"])
    rows_of = rows(kanal.json("doctor", "mastodon"), "error", "warning", channel="mastodon")
    assert [(row["check"], row["state"]) for row in rows_of] == [
        ("scopes", "error"),
        ("scopes", "warning"),
    ]
    assert "write:statuses, write:media" in rows_of[0]["message"]
    assert rows_of[1]["message"].endswith("read.")


def test_a_token_that_may_not_say_whose_it_is_is_told_by_what_it_lacks(
    kanal: Kanal, practice: Practice, go_live: GoLive
) -> None:
    go_live()
    practice.admit("mastodon", LIVE["mastodon"], "Landkreis", scopes=["write:statuses", "write:media"])
    answer = kanal.json("doctor", "mastodon")
    assert found(answer, "error") == [("mastodon", "account"), ("mastodon", "scopes")]
    assert "read:statuses, profile" in answer.out


def test_a_page_that_is_not_the_accounts_is_noticed(
    kanal: Kanal, practice: Practice, go_live: GoLive, write_file: WriteFile, office_folder: Path
) -> None:
    go_live()
    file = office_folder / "config" / "channels.yaml"
    own = f"{practice.address}mastodon/{LIVE['mastodon']}"
    text = file.read_text(encoding="utf-8")
    for page, state in {own: "ok", "https://social.example/@jemand": "warning"}.items():
        write_file("config/channels.yaml", text.replace("    live: true", f"    live: true\n    page: {page}", 1))
        assert ("mastodon", "page") in found(kanal.json("doctor", "mastodon"), state), own


def test_a_version_of_the_interface_that_has_ended_is_noticed_without_a_network(
    kanal: Kanal, go_live: GoLive, office_folder: Path
) -> None:
    go_live()
    file = office_folder / "config" / "channels.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("/v26.0", "/v19.0"), encoding="utf-8")
    answer = kanal.json("doctor", "facebook", "--offline")
    [row] = rows(answer, "error", channel="facebook")
    assert (row["check"], row["message"]) == ("version", "v19.0 ended on 2026-05-21.")


def test_what_a_server_takes_counts_for_lint_from_then_on_unless_the_office_says_otherwise(
    kanal: Kanal, practice: Practice, go_live: GoLive, write_file: WriteFile, office_folder: Path
) -> None:
    go_live()
    write_file("posts/lang.yaml", LONG)
    assert "platform/text-length" not in kanal("lint").out
    practice.set_quirk("mastodon", Quirk.SMALL_LIMITS)
    assert found(kanal.json("doctor"), "warning") == [("mastodon", "limits")]
    assert "platform/text-length" in kanal("lint").out
    assert "platform/text-length" in kanal("plan", "lang", "--sandbox").out
    assert found(kanal.json("doctor"), "warning") == []
    file = office_folder / "config" / "channels.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    live: true", "    live: true\n    limits: {text: 500}", 1), encoding="utf-8")
    assert "platform/text-length" not in kanal("lint").out
    [row] = rows(kanal.json("doctor"), "warning", channel="mastodon")
    assert "config/channels.yaml" in row["advice"]
    practice.heal()
    file.write_text(text, encoding="utf-8")
    kanal("doctor")
    assert "platform/text-length" not in kanal("lint").out


def test_practice_networks_do_not_change_what_real_ones_take(
    kanal: Kanal, practice: Practice, go_live: GoLive, office_folder: Path
) -> None:
    go_live()
    practice.set_quirk("mastodon", Quirk.SMALL_LIMITS)
    kanal("doctor", "--sandbox")
    assert not (office_folder / ".kanal" / "limits.json").exists()


def test_a_staging_place_that_is_missing_or_not_public_is_noticed(
    kanal: Kanal, practice: Practice, go_live: GoLive, office_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_live()
    account = "17840000000000001"
    for name, value in practice.admit("instagram", account, "Landkreis").items():
        monkeypatch.setenv(f"KANAL_INSTAGRAM_{name}".upper(), value)
    with (office_folder / "config" / "channels.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f'  instagram: {{platform: instagram, account: "{account}", status: active, live: true,'
            f" urls: {{graph: {practice.urls('instagram')['graph']}}}}}\n"
        )
    assert found(kanal.json("doctor"), "error") == [("instagram", "staging")]
    office = office_folder / "config" / "kanal.yaml"
    text = office.read_text(encoding="utf-8")
    for address, state in {"http://bilder.example/k": "error", f"{practice.address}staging/": "warning"}.items():
        office.write_text(f"{text}staging:\n  path: .kanal/sandbox/staging\n  url: {address}\n", encoding="utf-8")
        assert found(kanal.json("doctor"), state) == [("instagram", "staging")]
    assert list((office_folder / ".kanal" / "sandbox" / "staging").iterdir()) == []


def test_the_ledger_of_real_channels_is_looked_at(kanal: Kanal, go_live: GoLive) -> None:
    go_live()
    [row] = [one for one in rows(kanal.json("doctor", "--offline"), "error") if one["check"] == "ledger"]
    assert "kanal ledger init" in row["advice"]
    kanal("ledger", "init", "--name", "Amt")
    [row] = [one for one in rows(kanal.json("doctor", "--offline"), "ok") if one["check"] == "ledger"]
    assert "“Amt”" in row["message"]


def test_a_channel_that_does_not_exist_is_a_mistake_of_usage(kanal: Kanal) -> None:
    answer = kanal("doctor", "mastodn")
    assert answer.code == 2
    assert "mastodon" in answer.err


def test_a_channel_that_has_ended_is_left_alone(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    write_file("config/channels.yaml", "channels:\n  alt: {platform: x, account: alt, status: ended}\n")
    assert rows(kanal.json("doctor"), "ok", "warning", "error", "unknown", channel="alt") == []
    assert practice.request_counts()["x"] == 0


def test_on_a_terminal_no_line_is_longer_than_it(office_folder: Path, practice: Practice) -> None:
    needs_terminal()
    practice.set_quirk("instagram", Quirk.EXTRA_SCOPE)
    with OnTerminal(office_folder, "doctor") as terminal:
        assert terminal.end() == 0
        lines = re.sub(r"\x1b\[[0-9;]*m", "", terminal.seen).splitlines()
    assert max(map(len, lines)) <= 80
    assert any("ads_management" in line for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console, the tests' own included")
def test_ctrl_c_does_not_wait_for_a_network_that_is_silent(office_folder: Path, practice: Practice) -> None:
    practice.set_fault("x", Fault(FaultKind.LATENCY, times=None, seconds=40, calls="all"))
    with subprocess.Popen(
        command("doctor", "x"),
        cwd=office_folder,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        wait_for(lambda: practice.request_counts()["x"] > 0)
        began = time.monotonic()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert running.returncode
    assert (out, b"Traceback" in err) == (b"", False)
    assert time.monotonic() - began < 20
