"""What is said while it goes on: lines that stay for what somebody should know, and nothing among the results."""

import pytest

from kanal.cli.desk import Desk
from kanal.cli.progress import progress
from kanal.message import msg
from kanal.model import DeliveryKey
from kanal.publish.conditions import Moment
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
