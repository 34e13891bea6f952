"""What is said while it goes on: lines that stay for what somebody should know, and nothing among the results."""

import time

import pytest

from kanal.cli.desk import Desk
from kanal.cli.progress import progress
from kanal.message import msg
from kanal.model import DeliveryKey
from kanal.publish.conditions import Moment, Uploading
from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal
from tests.cli.on_terminal import OnTerminal, needs_terminal

KEY = DeliveryKey("mastodon", "baustelle")
REASON = msg("The file cannot be read: {reason}.", reason="[/nicht] [bold]kursiv")


def test_in_a_pipe_only_what_matters_gets_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Desk(None), 1) as watch:
        for moment in (Moment.PREPARE, Moment.CLAIMED, Moment.SETTLED, Moment.FINISHED):
            watch(moment, KEY, None)
        watch(Moment.NOTED, KEY, REASON)
        watch(Moment.WAITING, KEY, None)
    assert capsys.readouterr() == (
        "",
        "mastodon: The file cannot be read: [/nicht] [bold]kursiv.\nmastodon: waiting. \n",
    )


def test_brackets_in_a_reason_are_no_orders_to_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with progress(Desk(None), 1) as watch:
        watch(Moment.NOTED, KEY, REASON)
        watch(Moment.FINISHED, KEY, None)
    assert "The file cannot be read: [/nicht] [bold]kursiv." in capsys.readouterr().err


def test_in_a_pipe_a_large_upload_gets_a_line_for_each_quarter(capsys: pytest.CaptureFixture[str]) -> None:
    total = 40_000_000
    with progress(Desk(None), 1) as watch:
        for sent in range(0, total + 1, 400_000):
            watch(Moment.UPLOADING, KEY, Uploading("film.mp4", sent, total))
            watch(Moment.UPLOADING, KEY, Uploading("kurz.mp4", sent // 100, total // 100))
    assert capsys.readouterr().err.splitlines() == [
        f"mastodon: {sent} of 40 MB of “film.mp4” are sent." for sent in (10, 20, 30, 40)
    ]


def test_an_upload_that_goes_on_says_so_from_there(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Desk(None), 1) as watch:
        for sent in (30_100_000, 31_000_000, 40_000_000):
            watch(Moment.UPLOADING, KEY, Uploading("film.mp4", sent, 40_000_000))
    assert [line.split(" of ")[0] for line in capsys.readouterr().err.splitlines()] == ["mastodon: 30", "mastodon: 40"]


def test_on_a_terminal_an_upload_gets_a_bar_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    with progress(Desk(None), 1) as watch:
        watch(Moment.PREPARE, KEY, None)
        watch(Moment.UPLOADING, KEY, Uploading("film.mp4", 12_000_000, 40_000_000))
        time.sleep(0.3)  # the bar is drawn ten times a second
        watch(Moment.UPLOADING, KEY, Uploading("film.mp4", 40_000_000, 40_000_000))
        watch(Moment.FINISHED, KEY, None)
    shown = capsys.readouterr().err
    assert "mastodon: megabytes of film.mp4" in shown
    assert "12/40" in shown


def test_nothing_to_do_shows_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Desk(None), 0) as watch:
        watch(Moment.FINISHED, KEY, None)
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_a_bar_shows_the_way_and_a_pause_is_explained(kanal: Kanal, practice: Practice) -> None:
    needs_terminal()
    practice.set_fault("mastodon", Fault(FaultKind.TOO_MANY, seconds=1))
    with OnTerminal(kanal.root, "publish", "baustelle") as terminal:
        terminal.read_until("mastodon: waiting. ")
        assert "1/2" in terminal.seen or "0/2" in terminal.seen
        assert terminal.end() == 0
    assert len(practice.posts()) == 2
