"""From an empty folder to a published, approved post, by typing nothing but what kanal itself said: in German, at a
terminal of 80 columns, with a real git. The seconds that it takes are measured.
"""

import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kanal.sandbox.server import running
from tests.cli.calls import surroundings

if TYPE_CHECKING:
    from pexpect import spawn
else:
    spawn = object

if sys.platform == "win32":
    pytest.skip("No pseudo-terminals in the standard library on Windows", allow_module_level=True)

READY = r"\x1b\[\?25h"
"""The cursor is shown: prompt_toolkit has drawn its prompt, and reads."""
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")
TEN_MINUTES = 600
YES = "ja\r"
"""To a question that is no prompt of its own."""
LINK = "https://www.uebersee.example/buergerbuero"


class Newcomer:
    """Somebody who knows git and kanal by name only, and types what stands on the screen."""

    def __init__(self, folder: Path, name: str, screen: list[str]) -> None:
        self.folder = folder
        self.screen = screen
        """What kanal and git said so far, to anybody in the office."""
        home = folder.parent / name
        home.mkdir()
        first_name, _, _ = name.lower().partition(" ")
        who = f"[user]\n\tname = {name}\n\temail = {first_name}@uebersee.example\n"
        (home / ".gitconfig").write_text(who, encoding="utf-8")
        self._environ = _desk(folder.parent, home)

    def reads(self) -> str:
        """All that was on the screen, in lines of the terminal's width."""
        return "\n".join(self.screen)

    def types(self, command: str, *dialogue: tuple[str, str]) -> str:
        """Type what was named on the screen, answer what is asked, and read to the end, which must be a good one."""
        assert self.screen == [] or command in self.reads(), f"Nobody told how to go on: {command}\n{self.reads()}"
        import pexpect

        terminal: spawn = pexpect.spawn(
            "/bin/sh",
            ["-c", command],
            cwd=self.folder,
            env=self._environ,
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=60,
        )
        seen = ""
        for question, keys in dialogue:
            for words in [question] if keys == YES else [question, READY]:
                terminal.expect(words)
                seen += terminal.before + terminal.after
            terminal.send(keys)
        terminal.expect(pexpect.EOF)
        terminal.close()
        seen = CONTROL.sub("", seen + terminal.before)
        self.screen.append(seen)
        assert terminal.exitstatus == 0, seen
        return seen


def _desk(top: Path, home: Path) -> Mapping[str, str]:
    """A German desk with nothing on it: only the locale tells the language, and nobody set an editor."""
    bin_folder = top / "bin"
    program = bin_folder / "kanal"
    if not program.exists():
        bin_folder.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kanal "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    environ = surroundings(
        TERM="xterm-256color",
        PROMPT_TOOLKIT_NO_CPR="1",
        LANG="de_DE.UTF-8",
        HOME=str(home),
        GIT_CONFIG_GLOBAL=str(home / ".gitconfig"),
        GIT_CONFIG_NOSYSTEM="1",
    )
    environ["PATH"] = f"{bin_folder}:{environ['PATH']}"
    not_there = {"KANAL_LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "VISUAL", "EDITOR", "COLUMNS", "LINES", "NO_COLOR"}
    return {name: value for name, value in environ.items() if name not in not_there}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Öffentlichkeitsarbeit"
    folder.mkdir()
    return folder


def answers(persons: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """What is answered to `kanal init`; a question that is not among them would wait for ever, and fail."""
    return [
        ("In welcher Sprache", "\r"),
        ("Wie heißt die Dienststelle", "Stadt Übersee\r"),
        ("In welchem Land", "Brandenburg\r"),
        ("In welchen Netzwerken", "mastodon, x\r"),
        ("Wie viele Personen", f"{persons}\r"),
        *more,
        ("Adresse Ihrer Internetseite", "www.uebersee.example\r"),
        ("Wo liegt das Repository", "keine\r"),
        (r"anlegen\?", "\r"),
        ("git-Repository. Eines anlegen", "\r"),
    ]


def published(folder: Path) -> list[tuple[str, str]]:
    """Network and first line of what the practice networks hold."""
    with running(folder / ".kanal" / "sandbox" / "networks.sqlite3") as networks:
        return [(post.platform, post.text.splitlines()[0]) for post in networks.posts()]


def test_two_people_get_from_an_empty_folder_to_a_published_post(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    began = time.monotonic()
    screen: list[str] = []
    kim = Newcomer(folder, "Kim Muster", screen)
    assert "kanal init" in kim.types("kanal")
    kim.types("kanal init", *answers("mehrere", ("Wer darf freigeben", "Toni Probe\r")))
    kim.types("git add --all")
    kim.types('git commit -m "Anfang"')
    new = kim.types(
        "kanal new",
        ("Welcher Typ", "announcement\r"),
        ("Für welche Kanäle", "\r"),
        ("Worum geht es", "Bürgerbüro öffnet länger\r"),
        ("Was müssen die Menschen wissen", "Ab Januar hat das Bürgerbüro montags bis 18 Uhr offen.\x04"),
        ("Kurzfassung für X", "\x04"),
        ("Wohin mit Fragen", "\r"),
        ("Internetseite", f"{LINK}\r"),
        ("Schlagwort", "\r"),
        ("Welches Bild", "\r"),
        ("hinausgehen", "\r"),
    )
    draft = re.search(r"kanal plan (\S+)", new)
    assert draft
    name = draft[1]
    kim.types(f"kanal plan {name}")
    kim.types("git add --all")
    kim.types(f'git commit -m "Entwurf: {name}"')

    toni = Newcomer(folder, "Toni Probe", screen)
    toni.types(f"kanal approve {name}", ("als Toni Probe freigeben", YES))
    toni.types("git add --all")
    toni.types(f'git commit -m "Freigabe: {name}"')
    sent = toni.types(f"kanal publish {name} --sandbox")
    assert "2 veröffentlicht" in sent
    assert re.search(r"http://127\.0\.0\.1:\d+/mastodon/\S+/\d+", toni.types("kanal status --sandbox"))
    assert "kanal sandbox" in screen[-1]
    took = time.monotonic() - began

    assert sorted(published(folder)) == [
        ("mastodon", "Bürgerbüro öffnet länger"),
        ("x", "Bürgerbüro öffnet länger"),
    ]
    assert took < TEN_MINUTES
    record_property("seconds from an empty folder to a published post", round(took, 1))


def test_one_person_publishes_the_first_draft_that_is_there(folder: Path) -> None:
    screen: list[str] = []
    eva = Newcomer(folder, "Eva Müßig", screen)
    eva.types("kanal")
    eva.types("kanal init", *answers("eine"))
    eva.types("git add --all")
    eva.types('git commit -m "Anfang"')
    for command in ("kanal lint", "kanal plan erster-beitrag"):
        eva.types(command)
    eva.types("kanal approve erster-beitrag", ("als Eva Müßig freigeben", YES))
    eva.types("git add --all")
    eva.types('git commit -m "Freigabe: erster-beitrag"')
    eva.types("kanal publish erster-beitrag --sandbox")
    assert "erster-beitrag" in eva.types("kanal status --sandbox")
    assert len(published(folder)) == 2


def test_no_line_that_names_a_command_is_wider_than_the_terminal(folder: Path) -> None:
    eva = Newcomer(folder, "Eva Müßig", [])
    eva.types("kanal init --language de --office Amt --land BB --networks x --persons 1 --forge none --git")
    eva.types("kanal lint")
    eva.types("kanal plan erster-beitrag")
    assert [line for line in eva.reads().splitlines() if len(line) > 80] == []
