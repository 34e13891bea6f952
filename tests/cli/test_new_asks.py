"""`kanal new` on a terminal of 80 columns, in German: questions, counts below them, the editor, and breaking off."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calls import command, surroundings
from tests.cli.on_terminal import needs_terminal

READY = "\x1b[?2004h"
"""prompt_toolkit switches bracketed paste on when it begins to listen."""
WHERE_IS_THE_CURSOR = "\x1b[6n"
CTRL_C, CTRL_D, CTRL_U = "\x03", "\x04", "\x15"
LINK = "https://landkreis-musterland.example/fest"


@contextmanager
def asking(root: Path, *arguments: str, editor: str = "") -> Iterator[Any]:
    """kanal on a terminal; `editor` is the source of a program that gets the file's name."""
    needs_terminal()
    import pexpect

    more = {"KANAL_LANG": "de", "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    env = {name: value for name, value in surroundings(**more).items() if name not in {"VISUAL", "EDITOR"}}
    if editor:
        script = root.parent / "editor.py"
        script.write_text(
            f"import sys\nfrom pathlib import Path\nfile = Path(sys.argv[1])\n{editor}\n", encoding="utf-8"
        )
        env["VISUAL"] = f"'{sys.executable}' '{script}'"
    program, *rest = command("new", *arguments)
    child = pexpect.spawn(program, rest, cwd=str(root), env=env, dimensions=(24, 80), encoding="utf-8", timeout=60)
    try:
        yield child
    finally:
        child.close(force=True)


def see(child: Any, words: str) -> None:
    """Wait until the words are there; meanwhile say where the cursor is, as a terminal does (CPR)."""
    while child.expect_exact([words, WHERE_IS_THE_CURSOR]):
        child.send("\x1b[1;1R")


def answer(child: Any, question: str, keys: str, *below: str) -> None:
    """Wait until the question is there and listens, and `below` is to be read below it; then type."""
    see(child, question)
    see(child, READY)
    for words in below:
        see(child, words)
    child.send(keys)


def ended(child: Any) -> int:
    """The exit code; of what a signal ended, the signal's number below zero, as `subprocess` has it."""
    import pexpect

    child.expect(pexpect.EOF)
    child.close()
    code: int | None = child.exitstatus
    return -child.signalstatus if code is None else code


def drafts(root: Path) -> list[Path]:
    return sorted((root / "posts").glob("2*.yaml"))


def test_questions_are_asked_counted_and_checked(office_folder: Path) -> None:
    editor = 'file.write_text(file.read_text("utf-8").replace("Musterbach", "Beispielbach"), "utf-8")'
    with asking(office_folder, "event", editor=editor) as child:
        answer(child, "Für welche Kanäle?", f"{CTRL_U}mastodon, x\r")
        answer(child, "Was findet statt?", "Müsli & Märchen\r")
        answer(child, "An welchem Tag?", "30.2.2099\r", "mastodon 15/500  x 15/280")
        see(child, "Diesen Tag gibt es im Kalender nicht.")
        child.send(f"{CTRL_U}8.5.2099\r")
        answer(child, "Wann beginnt es?", "14\r")
        answer(child, "Wann endet es?", "\r")
        answer(child, "Wo?", "Musterbach\r", "mastodon 51/500  x 51/280")
        answer(child, "Was erwartet die Gäste?", f"Eins\rZwei{CTRL_D}")
        answer(child, "Was kostet es?", "\r")
        answer(child, "Stufen hinein?", "\r")
        answer(child, "Internetseite?", f"{LINK}\r")
        answer(child, "Schlagwort?", "\r")
        answer(child, "Welches Bild?", "\r")
        answer(child, "hinausgehen?", "\r")
        see(child, "1 Datei geprüft, nichts zu beanstanden.")
        assert ended(child) == 0
    [file] = drafts(office_folder)
    assert file.name.endswith("-muesli-und-maerchen.yaml")
    text = file.read_text(encoding="utf-8")
    assert "channels: [mastodon, x]\n" in text
    assert "Wo? Beispielbach\n\n  Eins\n  Zwei\n" in text


def test_what_is_too_long_is_marked(office_folder: Path) -> None:
    with asking(office_folder, "event", "--title", "m" * 290, "--channels", "mastodon,x") as child:
        answer(child, "An welchem Tag?", CTRL_C, "mastodon 290/500", "x 290/280 !")
        assert ended(child) == -signal.SIGINT


def test_breaking_off_writes_nothing(office_folder: Path) -> None:
    for keys in (CTRL_C, CTRL_D):
        with asking(office_folder, "event") as child:
            answer(child, "Für welche Kanäle?", "\r")
            answer(child, "Was findet statt?", keys)
            see(child, "Es wurde nichts geschrieben.")
            assert ended(child) == -signal.SIGINT
    assert drafts(office_folder) == []
    assert not (office_folder / "config" / "schema").exists()


GIVEN = ("--channels", "mastodon", "--title", "Fest", "--set", "details=Wir feiern.", "--set", f"link={LINK}")


def test_what_is_given_is_not_asked_and_a_failing_editor_keeps_the_draft(office_folder: Path) -> None:
    with asking(office_folder, *GIVEN, editor="sys.exit(1)") as child:
        answer(child, "Welcher Typ?", "announcement\r")
        for question in ("Kurzfassung für X?", "Wohin mit Fragen?", "Schlagwort?", "Welches Bild?", "hinausgehen?"):
            answer(child, question, CTRL_D if "Kurz" in question else "\r")
        see(child, "Der Editor endete mit einem Fehler. Der Entwurf bleibt:")
        assert ended(child) == 0
    assert len(drafts(office_folder)) == 1


def test_a_machine_without_an_editor_gets_the_path(office_folder: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has notepad")
    with asking(office_folder, "announcement", *GIVEN) as child:
        for question in ("Kurzfassung für X?", "Wohin mit Fragen?", "Schlagwort?", "Welches Bild?", "hinausgehen?"):
            answer(child, question, CTRL_D if "Kurz" in question else "\r")
        see(child, "Kein Editor ist eingestellt")
        assert ended(child) == 0
