import os
import signal
import sys
from functools import partial
from pathlib import Path

import pytest

from kanal.draft_files import FileStat
from kanal.folder import Read, Work
from kanal.lint import side_by_side
from kanal.lint.side_by_side import Worker, read_all
from kanal.media.gallery import Gallery

FILES = [(f"{number}.yaml", FileStat("", number, 0)) for number in range(120)]
PICTURES = 4


def _worker(folder: Path, home: int, *, dies_at: str = "") -> Worker:
    """Reads files of which every second shows one of four pictures, and writes down who looked; `home` never dies."""
    gallery = Gallery()

    def read(batch: Work, *, look: bool = True) -> list[Read]:
        return [read_one(file, stat, look=look) for file, stat in batch]

    def read_one(file: str, stat: FileStat, *, look: bool) -> Read:
        if file == dies_at and os.getpid() != home:
            os.kill(os.getpid(), signal.SIGTERM)
        if stat.mtime % 2:
            return Read(file, stat, None, [])
        needs = [folder / f"{stat.mtime // 2 % PICTURES}.jpg"]
        unseen = tuple(gallery.unseen(needs))
        if unseen and not look:
            return Read(file, stat, None, [], unseen=unseen)
        with (folder / "looks").open("a", encoding="utf-8") as looks:
            looks.writelines(f"{path}\n" for path in unseen)
        return Read(file, stat, None, [], gallery.seen(needs))

    return Worker(read, gallery.learn)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(PICTURES):
        (tmp_path / f"{number}.jpg").write_bytes(b"")
    return tmp_path


@pytest.fixture(params=["copies", "new processes"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether processes are copies of this one depends on what is imported here."""
    if request.param == "copies" and sys.platform != "linux":
        pytest.skip("copies of a process are safe on Linux only")
    monkeypatch.setattr(side_by_side, "_WITH_THREADS", "no such module" if request.param == "copies" else "sys")


@pytest.mark.usefixtures("_way")
def test_processes_read_everything_in_order_and_look_into_each_picture_once(folder: Path) -> None:
    begin = partial(_worker, folder, os.getpid())
    read = list(read_all(FILES, begin(), begin, 3))
    assert [(one.file, one.stat) for one in read] == FILES
    looks = (folder / "looks").read_text(encoding="utf-8").splitlines()
    assert sorted(looks) == [str(folder / f"{number}.jpg") for number in range(PICTURES)]


@pytest.mark.usefixtures("_way")
def test_when_a_process_is_killed_the_rest_is_read_here(folder: Path) -> None:
    begin = partial(_worker, folder, os.getpid(), dies_at="70.yaml")
    read = list(read_all(FILES, begin(), begin, 2))
    assert [one.file for one in read] == [file for file, _ in FILES]


def test_where_no_process_can_be_started_everything_is_read_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no semaphores")

    monkeypatch.setattr(side_by_side, "ProcessPoolExecutor", refuse)
    begin = partial(_worker, folder, os.getpid())
    assert [one.file for one in read_all(FILES, begin(), begin, 2)] == [file for file, _ in FILES]
