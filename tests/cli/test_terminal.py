"""What a person sees on a terminal: a question before real channels, nothing cut off, colours; none in a pipe."""

import json
import os
import re
import signal
from pathlib import Path

import pytest

from kanal.cli.main import run
from kanal.sandbox import Practice
from tests.cli.calls import Kanal, process
from tests.cli.conftest import GoLive
from tests.cli.on_terminal import OnTerminal, needs_terminal
from tests.conftest import WriteFile

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
QUESTION = "Send 5 deliveries to real networks? [y/N]"


@pytest.fixture
def real(kanal: Kanal, go_live: GoLive) -> None:
    """Three real channels and a ledger."""
    needs_terminal()
    go_live()
    assert kanal("ledger", "init", "--name", "Pressestelle").code == 0


def credentials() -> dict[str, str]:
    """What `go_live` has set."""
    return {name: value for name, value in os.environ.items() if name.startswith("KANAL_")}


def asked(kanal: Kanal, practice: Practice, answer: str) -> OnTerminal:
    terminal = OnTerminal(kanal.root, "publish", environ=credentials())
    terminal.read_until(QUESTION)
    assert practice.posts() == []
    terminal.type(answer + "\n")
    return terminal


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("answer", ["n", "", "nein", "vielleicht"])
def test_anything_but_yes_sends_nothing(kanal: Kanal, practice: Practice, answer: str) -> None:
    with asked(kanal, practice, answer) as terminal:
        assert terminal.end() == 0
        assert "Nothing was sent." in terminal.seen
    assert practice.posts() == []
    assert kanal.json("log").json["events"] == []


@pytest.mark.usefixtures("real")
def test_ctrl_d_instead_of_an_answer_sends_nothing(kanal: Kanal, practice: Practice) -> None:
    with OnTerminal(kanal.root, "publish", environ=credentials()) as terminal:
        terminal.read_until(QUESTION)
        terminal.type("\x04")
        assert terminal.end() == -signal.SIGINT
        assert "Stopped." in terminal.seen
    assert practice.posts() == []


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("answer", ["y", "Ja"])
def test_yes_in_either_language_sends(kanal: Kanal, practice: Practice, answer: str) -> None:
    with asked(kanal, practice, answer) as terminal:
        assert terminal.end() == 0
        assert "Summary: 5 published." in ESCAPES.sub("", terminal.seen)
    assert len(practice.posts()) == 5


@pytest.mark.usefixtures("real")
def test_the_question_stays_out_of_a_result_that_goes_to_a_file(
    kanal: Kanal, practice: Practice, tmp_path: Path
) -> None:
    out = tmp_path / "result.json"
    with OnTerminal(kanal.root, "publish", "--format", "json", environ=credentials(), out=out) as terminal:
        terminal.read_until(QUESTION)
        assert "linden" in terminal.seen
        terminal.type("y\n")
        assert terminal.end() == 0
    assert json.loads(out.read_text(encoding="utf-8"))["summary"]["published"] == len(practice.posts()) == 5


def test_the_practice_networks_need_no_question(kanal: Kanal, practice: Practice) -> None:
    needs_terminal()
    with OnTerminal(kanal.root, "publish", "baustelle") as terminal:
        assert terminal.end() == 0
        assert "y/N" not in terminal.seen
    assert len(practice.posts()) == 2


def test_addresses_stay_whole_on_eighty_columns(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    needs_terminal()
    config = (kanal.root / "config" / "channels.yaml").read_text(encoding="utf-8")
    write_file("config/channels.yaml", config.replace("social.example", "social.landkreis-musterland.example"))
    kanal("publish")
    for command in ("status", "log"):
        with OnTerminal(kanal.root, command) as terminal:
            assert terminal.end() == 0
            shown = ESCAPES.sub("", terminal.seen)
        assert all(post.url in shown for post in practice.posts())
        assert "…" not in shown
        assert all(len(line) <= 80 for line in shown.splitlines() if "http" not in line)


def test_words_stay_whole_on_eighty_columns(kanal: Kanal, write_file: WriteFile) -> None:
    needs_terminal()
    text = "Verkehrsbeeinträchtigungen " * 12
    write_file("posts/neu.yaml", f"id: neu\nchannels: [mastodon]\ntext: {text}\n")
    with OnTerminal(kanal.root, "plan", "neu") as terminal:
        assert terminal.end() == 0
        lines = [line for line in ESCAPES.sub("", terminal.seen).splitlines() if "Verkehr" in line]
    assert all(set(line.split()) == {"Verkehrsbeeinträchtigungen"} for line in lines)
    assert all(line.startswith("  Verkehr") and len(line) <= 80 for line in lines)
    assert sum(line.count("Verkehr") for line in lines) == 12


def test_a_terminal_gets_colours_and_a_pipe_does_not(kanal: Kanal, write_file: WriteFile) -> None:
    needs_terminal()
    write_file("posts/neu.yaml", "id: neu\nchanels: [x]\ntext: Hallo\n")
    with OnTerminal(kanal.root, "lint") as terminal:
        assert terminal.end() == 1
        assert "\x1b[1;31merror" in terminal.seen or "\x1b[31merror" in terminal.seen
    with OnTerminal(kanal.root, "lint", environ={"NO_COLOR": "1"}) as terminal:
        assert terminal.end() == 1
        assert "\x1b[31m" not in terminal.seen
        assert "\x1b[1;31m" not in terminal.seen
    assert "\x1b" not in process(kanal.root, "lint", environ={"COLUMNS": "20"}).out


def test_a_mark_stands_below_its_character_after_an_emoji(kanal: Kanal, write_file: WriteFile) -> None:
    """An emoji takes two columns."""
    write_file("posts/neu.yaml", "id: neu\nchannels: [x]\ntext: 🌳🌳 Linden: neu gepflanzt\n")
    quote, mark = kanal("lint").out.splitlines()[1:3]
    assert mark.index("^") == quote.index(": neu") + 2


def test_help_is_shown_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["publish", "--help"]) == 0
    assert "Unattended: keep to the schedule, hold what is broken." in " ".join(capsys.readouterr().out.split())
