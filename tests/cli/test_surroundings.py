"""Hostile surroundings: pipes that close, old code pages, folders that are none, a full disk."""

import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal, command, process, surroundings
from tests.conftest import WriteFile


@pytest.mark.parametrize("form", ["text", "json"])
def test_nobody_reading_on_changes_neither_the_sending_nor_the_exit_code(
    kanal: Kanal, practice: Practice, form: str
) -> None:
    """As in `kanal publish | head -0`."""
    practice.set_fault("x", Fault(FaultKind.DOWN))
    with subprocess.Popen(
        command("publish", "--wait", "0", "--format", form),
        cwd=kanal.root,
        env=surroundings(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as publish:
        assert publish.stdout is not None
        assert publish.stderr is not None
        publish.stdout.close()
        assert publish.stderr.read() == b""
        assert publish.wait(30) == 3
    assert len(practice.posts()) == 3


def test_a_full_disk_behind_stdout_changes_neither_the_sending_nor_the_exit_code(
    kanal: Kanal, practice: Practice
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("Only Linux has /dev/full")
    practice.set_fault("x", Fault(FaultKind.DOWN))
    with full.open("wb") as nowhere:
        publish = subprocess.run(
            command("publish", "--wait", "0"),
            cwd=kanal.root,
            env=surroundings(),
            stdout=nowhere,
            stderr=subprocess.PIPE,
            timeout=30,
            check=False,
        )
    assert (publish.returncode, publish.stderr) == (3, b"stdout: No space left on device\n")
    assert len(practice.posts()) == 3


@pytest.mark.parametrize(
    "environ",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONUTF8": "1"},
    ],
    ids=["C locale", "cp1252", "ascii", "utf-8"],
)
def test_pipes_get_utf8_whatever_the_locale_says(kanal: Kanal, write_file: WriteFile, environ: dict[str, str]) -> None:
    write_file("posts/öffnungszeiten.yaml", "id: neu\nchannels: [mastodon]\ntext: Geöffnet → Łódź 🌳\n")
    os.utime(kanal.root / "posts" / "öffnungszeiten.yaml", (0, 0))  # old enough for the cache
    answer = process(kanal.root, "plan", "posts/öffnungszeiten.yaml", environ=environ)
    assert answer.code == 0
    assert "  Geöffnet → Łódź 🌳\n" in answer.out


def test_umlauts_in_file_names_are_shown(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("posts/straßen/öffnungszeiten bürgerbüro.yaml", "id: neu\nchanels: [x]\n")
    assert "posts/straßen/öffnungszeiten bürgerbüro.yaml:2:1: error:" in kanal("lint").out


def test_a_folder_with_an_umlaut_publishes(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    write_file("posts/straßen/öffnungszeiten.yaml", "id: neu\nchannels: [mastodon]\ntext: Geöffnet.\n")
    assert kanal("publish", str(kanal.root / "posts" / "straßen" / "öffnungszeiten.yaml")).code == 0
    assert [post.text for post in practice.posts()] == ["Geöffnet."]


def test_a_file_in_place_of_the_state_folder_is_named(kanal: Kanal) -> None:
    """What a folder without the right to write comes to, in a way that binds an administrator too."""
    (kanal.root / ".kanal").write_text("", encoding="utf-8")
    assert kanal("lint").code == 0
    for call in (("publish",), ("plan",), ("status",), ("log",), ("demo",), ("ledger", "init", "--name", "P")):
        answer = kanal(*call)
        assert answer.code == 2
        assert ".kanal" in answer.err
        assert answer.err.startswith(("Error: ", "Drafts: "))


@pytest.mark.parametrize("name", ["runners", "sandbox"])
def test_a_file_in_place_of_a_folder_below_it_is_named(kanal: Kanal, name: str) -> None:
    (kanal.root / ".kanal").mkdir()
    (kanal.root / ".kanal" / name).write_text("", encoding="utf-8")
    answer = kanal("publish")
    assert answer.code == 2
    assert answer.err.startswith("Error: ")
    assert str(kanal.root.resolve() / ".kanal" / name) in answer.err
    assert "  → Check the rights of the project's folder, and that the disk is not full.\n" in answer.err


def test_a_full_disk_sends_nothing(kanal: Kanal, practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kanal("status").code == 0  # makes the practice ledger
    connect = sqlite3.connect

    def without_room(path: str | Path, **options: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = connect(path, **options)
        if "practice.sqlite3" in str(path):
            database.execute("PRAGMA max_page_count = 1")  # SQLite then takes the present size: not one page more
        return database

    monkeypatch.setattr(sqlite3, "connect", without_room)
    text = "Ein langer Text, der in den freien Rest der Datei nicht passt. " * 700
    (kanal.root / "posts" / "baustelle.yaml").write_text(
        f"id: baustelle\nchannels: [facebook]\ntext: {text}\n", encoding="utf-8"
    )
    answer = kanal.json("publish", "baustelle")
    assert answer.code == 4
    assert answer.outcomes == {"baustelle/facebook": "deferred"}
    assert answer.json["deliveries"][0]["reason"] == "The ledger cannot be written: database or disk is full."
    assert practice.posts() == []
    monkeypatch.undo()
    monkeypatch.setenv("KANAL_LANG", "en")
    assert kanal.json("publish", "baustelle").outcomes == {"baustelle/facebook": "published"}
