"""Files are put where there are none: all or none, never over what is there."""

from pathlib import Path

import pytest

from kanal.cli.beginning.placing import Offer, place
from kanal.cli.desk import Desk
from kanal.errors import ConfigError
from kanal.message import msg
from tests.ledger.small_disk import SmallDisk, small_disk

__all__ = ["small_disk"]
OFFERS = (Offer("config/a.yaml", "a: 1\n"), Offer("posts/media/ü.jpg", b"\xff\xd8"), Offer("b.txt", "B\n"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, {"KANAL_LANG": "en"})


def everything(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def test_what_is_missing_is_written_and_nothing_else_is_left_behind(tmp_path: Path, desk: Desk) -> None:
    assert place(tmp_path / "neu", OFFERS, desk)
    assert everything(tmp_path / "neu") == {
        "config": None,
        "config/a.yaml": b"a: 1\n",
        "posts": None,
        "posts/media": None,
        "posts/media/ü.jpg": b"\xff\xd8",
        "b.txt": b"B\n",
    }
    assert not place(tmp_path / "neu", OFFERS, desk)


def test_what_is_there_stays_and_the_difference_is_shown(
    tmp_path: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.txt").write_bytes(b"Mein Text\r\n")
    assert place(tmp_path, OFFERS, desk)
    assert (tmp_path / "b.txt").read_bytes() == b"Mein Text\r\n"
    shown = capsys.readouterr()
    assert shown.out == "--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-Mein Text\n+B\n"
    assert "b.txt is different, and stays as it is." in shown.err


def test_a_file_that_holds_our_part_lacks_nothing_and_another_is_told_what_to_add(
    tmp_path: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    offer = Offer(".gitignore", "# kanal\n.kanal/\n", ".kanal", msg("Add to it:"))
    (tmp_path / ".gitignore").write_text("/.kanal\n*.bak\n", encoding="utf-8")
    place(tmp_path, [offer], desk)
    assert capsys.readouterr() == ("", "Already there: .gitignore\n")
    (tmp_path / ".gitignore").write_text("*.bak\n", encoding="utf-8")
    place(tmp_path, [offer], desk)
    assert capsys.readouterr() == ("# kanal\n.kanal/\n", "Add to it:\n")


def test_if_one_file_cannot_be_written_none_is(tmp_path: Path, desk: Desk) -> None:
    (tmp_path / "posts").write_text("ein Ablagekorb", encoding="utf-8")
    before = everything(tmp_path)
    with pytest.raises(OSError):  # noqa: PT011 - which one, differs from system to system
        place(tmp_path, OFFERS, desk)
    assert everything(tmp_path) == before


def test_a_folder_in_the_place_of_a_file_is_named_before_anything_is_written(tmp_path: Path, desk: Desk) -> None:
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(ConfigError, match=r"b\.txt is there, but it is no file"):
        place(tmp_path, OFFERS, desk)
    assert everything(tmp_path) == {"b.txt": None}


def test_a_full_disk_leaves_nothing_behind(small_disk: SmallDisk, desk: Desk) -> None:
    small_disk.fill()
    before = everything(small_disk.path)
    large = Offer("config/large.yaml", "# " + "x" * 4_000_000 + "\n")
    with pytest.raises(OSError, match="No space left"):
        place(small_disk.path, [*OFFERS, large], desk)
    assert everything(small_disk.path) == before
