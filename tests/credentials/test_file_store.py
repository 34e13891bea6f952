import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kanal.credentials.file_store import FileStore
from kanal.errors import ConfigError
from tests.credentials.conftest import TOKEN

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes, and links need rights")


def test_what_was_written_is_read_and_what_was_deleted_is_gone(file: Path) -> None:
    store = FileStore(file)
    assert store.read("x") is None
    store.write("x", "eins – ä")
    store.write("y", "zwei")
    assert (store.read("x"), store.read("y")) == ("eins – ä", "zwei")
    assert store.delete("x")
    assert not store.delete("x")
    assert (store.read("x"), store.read("y")) == (None, "zwei")


def test_deleting_makes_no_file(file: Path) -> None:
    assert not FileStore(file).delete("x")
    assert not file.parent.exists()


@posix_only
def test_nobody_else_may_read_the_file_or_list_its_folder(file: Path) -> None:
    before = os.umask(0)
    try:
        FileStore(file).write("x", TOKEN)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir() if TOKEN.encode() in path.read_bytes()] == [file.name]


@posix_only
def test_a_file_that_others_may_read_is_neither_read_nor_written(file: Path) -> None:
    store = FileStore(file)
    store.write("x", TOKEN)
    file.chmod(0o644)
    for attempt in (lambda: store.read("x"), lambda: store.write("x", "new"), lambda: store.delete("x")):
        with pytest.raises(ConfigError, match="chmod 600"):
            attempt()


def test_nothing_is_written_into_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    store = FileStore(tmp_path / "settings" / "credentials.json")
    with pytest.raises(ConfigError, match="git repository"):
        store.write("x", TOKEN)
    assert [path.name for path in tmp_path.iterdir()] == [".git"]


def test_a_file_that_came_into_a_repository_later_is_not_read(file: Path) -> None:
    store = FileStore(file)
    store.write("x", TOKEN)
    (file.parent / ".git").mkdir()
    with pytest.raises(ConfigError, match="git repository"):
        store.read("x")


@pytest.mark.parametrize("text", ["", TOKEN, "[]", '{"form": 2, "grants": {}}', f'{{"form": 1, "grants": "{TOKEN}"}}'])
def test_a_file_that_is_something_else_is_refused_and_left_alone(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(ConfigError) as refused:
        FileStore(file).write("x", "new")
    assert TOKEN not in str(refused.value)
    assert file.read_text(encoding="utf-8") == text


def test_a_full_disk_leaves_what_was_there(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileStore(file)
    store.write("x", "old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(ConfigError, match="No space left"):
            store.write("x", "new")
    assert store.read("x") == "old"
    assert {path.name for path in file.parent.iterdir()} == {file.name, f"{file.name}.lock"}


def test_it_is_on_the_disk_before_it_takes_the_old_ones_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileStore(file)
    store.write("x", "old")
    seen: list[str | None] = []
    fsync = os.fsync

    def watching(handle: int) -> None:
        seen.append(FileStore(file).read("x"))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watching)
    store.write("x", "new")
    assert seen[0] == "old"
    assert store.read("x") == "new"


@posix_only
def test_a_symbolic_link_stays_one(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "volume" / "c.json"
    target.parent.mkdir()
    file.parent.mkdir(parents=True)
    file.symlink_to(target)
    FileStore(file).write("x", "1")
    assert file.is_symlink()
    assert FileStore(target).read("x") == "1"


WRITER = """
import sys
from pathlib import Path
from kanal.credentials.file_store import FileStore
store = FileStore(Path(sys.argv[1]))
for number in range(10):
    store.write(f"{sys.argv[2]}-{number}", "text")
"""


def test_of_processes_that_write_at_once_no_entry_is_lost(file: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), name]) for name in "abcd"]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    store = FileStore(file)
    assert all(store.read(f"{name}-{number}") == "text" for name in "abcd" for number in range(10))
