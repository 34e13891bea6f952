"""`kanal init` at a terminal of 80 columns, in German: what a person sees, types and mends."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.calls import command, process, surroundings

if TYPE_CHECKING:
    from pexpect import spawn
else:
    spawn = object

if sys.platform == "win32":
    pytest.skip("No pseudo-terminals in the standard library on Windows", allow_module_level=True)

CTRL_C, CTRL_D, CTRL_U = "\x03", "\x04", "\x15"
READY = r">[^\n]*\x1b\[\?25h"
"""The prompt is drawn and the cursor is shown: prompt_toolkit reads."""


class Person:
    """Somebody at the terminal."""

    def __init__(self, root: Path, *arguments: str) -> None:
        import pexpect

        # Nobody answers what prompt_toolkit asks the terminal about its cursor.
        environ = surroundings(
            KANAL_LANG="de", TERM="xterm-256color", PROMPT_TOOLKIT_NO_CPR="1", LINES="24", COLUMNS="80"
        )
        first, *rest = command("init", *arguments)
        self.terminal: spawn = pexpect.spawn(
            first, rest, cwd=root, env=environ, dimensions=(24, 80), encoding="utf-8", timeout=60
        )
        self.seen = ""

    def reads(self, words: str) -> None:
        self.terminal.expect(words)
        self.seen += self.terminal.before + self.terminal.after

    def answers(self, question: str, *typed: str) -> None:
        self.reads(question)
        for one in typed:
            self.reads(READY)
            self.terminal.send(one)

    def ends(self) -> int:
        """The exit code; of what a signal ended, the signal's number below zero."""
        import pexpect

        self.terminal.expect(pexpect.EOF)
        self.seen += self.terminal.before
        self.terminal.close()
        code: int | None = self.terminal.exitstatus
        return -self.terminal.signalstatus if code is None else code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Öffentlichkeitsarbeit"
    folder.mkdir()
    return folder


def test_a_press_officer_answers_questions_and_has_an_office(folder: Path) -> None:
    person = Person(folder)
    person.answers("In welcher Sprache", "\r")
    person.answers("Wie heißt die Dienststelle", "Große Kreisstadt Übersee\r")
    person.answers("In welchem Land", "Bayrn\r")
    person.answers("Meinten Sie „Bayern“", f"{CTRL_U}bayern\r")
    person.answers("Freistaats Bayern", "\r")
    person.answers("In welchen Netzwerken", "mastodon, x\r")
    person.answers("Wie viele Personen", "mehrere\r")
    person.answers("Wer darf freigeben", "Eva Müßig, Jo Probe\r")
    person.answers("Adresse Ihrer Internetseite", "www.uebersee.example\r")
    person.answers("Wo liegt das Repository", "gitlab\r")
    assert list(folder.iterdir()) == []
    person.answers(r"anlegen\?", "\r")
    person.answers("git-Repository. Eines anlegen", "n\r")
    assert person.ends() == 0
    office = (folder / "config" / "kanal.yaml").read_text(encoding="utf-8")
    assert "office: Große Kreisstadt Übersee\n" in office
    assert "state: BY\n" in office
    policy = (folder / "config" / "policy.yaml").read_text(encoding="utf-8")
    assert "extends: default\n" in policy
    assert "approvers: [Eva Müßig, Jo Probe]\n" in policy
    assert not (folder / ".git").exists()
    assert process(folder, "lint").code == 0
    again = process(folder, "init")
    assert (again.code, again.out) == (0, "")


def test_what_options_and_files_say_is_not_asked(folder: Path) -> None:
    person = Person(folder, "--office", "Amt", "--language", "de", "--land", "BE", "--networks", "x", "--website", "")
    person.answers("Wie viele Personen", "eine\r")
    person.answers("Wo liegt das Repository", "keine\r")
    person.answers(r"anlegen\?", "ja\r")
    person.answers("git-Repository. Eines anlegen", "\r")
    assert person.ends() == 0
    assert "Wie heißt" not in person.seen
    assert (folder / ".git").is_dir()
    assert not (folder / ".gitlab-ci.yml").exists()


@pytest.mark.parametrize("keys", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("questions", [0, 2, 5])
def test_whoever_breaks_off_in_the_middle_finds_nothing(folder: Path, keys: str, questions: int) -> None:
    person = Person(folder, "--language", "de", "--website", "", "--approvers", "")
    asked = (
        ("Wie heißt", "Amt\r"),
        ("In welchem Land", "BB\r"),
        ("In welchen Netzwerken", "x\r"),
        ("Wie viele Personen", "eine\r"),
        ("Wo liegt das Repository", "keine\r"),
        (r"anlegen\?", "\r"),
    )
    for question, answer in asked[:questions]:
        person.answers(question, answer)
    person.answers(asked[questions][0], keys)
    assert person.ends() == -signal.SIGINT
    assert "Abgebrochen." in person.seen
    assert list(folder.iterdir()) == []


def test_whoever_says_no_to_the_list_of_files_finds_nothing(folder: Path) -> None:
    person = Person(folder, "--language", "de", "--website", "", "--office", "Amt", "--land", "BB", "--networks", "x")
    person.answers("Wie viele Personen", "eine\r")
    person.answers("Wo liegt das Repository", "keine\r")
    person.answers(r"anlegen\?", "nein\r")
    assert person.ends() == 0
    assert list(folder.iterdir()) == []


def test_whoever_says_everything_by_options_is_asked_nothing(folder: Path) -> None:
    person = Person(
        folder,
        "--language",
        "en",
        "--office",
        "Amt",
        "--land",
        "BB",
        "--networks",
        "x",
        "--persons",
        "1",
        "--forge",
        "none",
    )
    assert person.ends() == 0
    assert ">" not in person.seen
    assert (folder / "posts" / "first-post.yaml").is_file()
