"""Staged pictures: in a plain folder, in whatever fsspec writes to, and gone again."""

import builtins
import os
import re
import stat
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from kanal.errors import ConfigError, Rejected, Unavailable, UsageError
from kanal.message import msg
from kanal.model import StagingPlace
from kanal.staging import lent, prune, put, remove

if TYPE_CHECKING:
    from collections.abc import Callable

JPEG = b"\xff\xd8\xff\xe0 a picture"
PUBLIC = "https://media.example.org/staged"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "Rathaus Köln.JPG"
    file.write_bytes(JPEG)
    return file


def _in_folder(tmp_path: Path) -> StagingPlace:
    return StagingPlace(str(tmp_path / "public" / "deep"), PUBLIC)


def _in_memory(_: Path) -> StagingPlace:
    # fsspec's memory filesystem is one for the whole process, so every test has a folder of its own.
    return StagingPlace(f"memory://kanal-{uuid4().hex}/deep", PUBLIC)


def _by_file_address(tmp_path: Path) -> StagingPlace:
    return StagingPlace((tmp_path / "public" / "deep").as_uri(), PUBLIC)


@pytest.fixture(params=[_in_folder, _in_memory, _by_file_address])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> StagingPlace:
    make: Callable[[Path], StagingPlace] = request.param
    return make(tmp_path)


def _contents(place: StagingPlace) -> dict[str, bytes]:
    from fsspec.core import url_to_fs

    filesystem, root = url_to_fs(place.path)
    filesystem.invalidate_cache()
    if not filesystem.exists(root):
        return {}
    return {
        entry["name"].rpartition("/")[2]: filesystem.cat_file(entry["name"])
        for entry in filesystem.ls(root, detail=True)
    }


def _write(place: StagingPlace, name: str, content: bytes) -> None:
    from fsspec.core import url_to_fs

    filesystem, root = url_to_fs(place.path)
    filesystem.makedirs(root, exist_ok=True)
    filesystem.pipe_file(f"{root}/{name}", content)


def test_a_picture_lies_under_its_public_address(place: StagingPlace, picture: Path) -> None:
    staged = put(place, picture)
    assert _contents(place) == {staged.name: JPEG}
    assert staged.url == f"{PUBLIC}/{staged.name}"


def test_a_name_says_nothing_about_the_file_and_is_always_the_same(place: StagingPlace, picture: Path) -> None:
    first, again = put(place, picture), put(place, picture)
    assert first == again
    assert re.fullmatch(r"kanal-[0-9a-f]{40}\.jpg", first.name)


def test_another_picture_has_another_name(place: StagingPlace, picture: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jpg"
    other.write_bytes(JPEG + b"!")
    assert put(place, picture).name != put(place, other).name


def test_two_owners_of_one_picture_do_not_take_it_from_each_other(place: StagingPlace, picture: Path) -> None:
    mine, theirs = put(place, picture, owner="a"), put(place, picture, owner="b")
    remove(place, mine.name)
    assert _contents(place) == {theirs.name: JPEG}


def test_removing_twice_does_no_harm(place: StagingPlace, picture: Path) -> None:
    staged = put(place, picture)
    remove(place, staged.name)
    remove(place, staged.name)
    assert _contents(place) == {}


@pytest.mark.parametrize("name", ["logo.jpg", "../kanal.yaml", "kanal-1.jpg", f"kanal-{'a' * 40}.jpg/../../x", ""])
def test_a_name_that_kanal_did_not_give_is_never_removed(place: StagingPlace, name: str) -> None:
    _write(place, "logo.jpg", b"logo")
    with pytest.raises(UsageError):
        remove(place, name)
    assert _contents(place) == {"logo.jpg": b"logo"}


def test_pruning_removes_what_is_old_and_ours(place: StagingPlace, picture: Path) -> None:
    staged = put(place, picture)
    _write(place, "logo.jpg", b"logo")
    _write(place, f"{staged.name}.0123abcd.part", b"half")
    assert prune(place, timedelta(hours=1)) == []
    assert prune(place, timedelta(seconds=-1)) == sorted([staged.name, f"{staged.name}.0123abcd.part"])
    assert _contents(place) == {"logo.jpg": b"logo"}


def test_pruning_a_place_that_does_not_exist_yet_finds_nothing(place: StagingPlace) -> None:
    assert prune(place, timedelta(0)) == []


def test_lent_pictures_stay_until_they_are_removed(place: StagingPlace, picture: Path) -> None:
    with lent(place, [picture, picture]) as staged:
        pass
    assert len(staged) == 2
    assert _contents(place) == {staged[0].name: JPEG}


def test_lent_pictures_go_when_the_work_with_them_fails(place: StagingPlace, picture: Path, tmp_path: Path) -> None:
    with pytest.raises(Unavailable), lent(place, [picture, tmp_path / "gone.jpg"]):
        pytest.fail("the second picture cannot be staged")
    with pytest.raises(ZeroDivisionError), lent(place, [picture]):  # a crash leaves them for prune
        raise ZeroDivisionError
    assert len(_contents(place)) == 1
    with pytest.raises(Rejected), lent(place, [picture]):
        raise Rejected(msg("The network says no."))
    assert len(_contents(place)) == 1


def test_two_runs_lend_one_picture_under_two_names(place: StagingPlace, picture: Path) -> None:
    with lent(place, [picture]) as mine, lent(place, [picture]) as theirs:
        assert mine[0].name != theirs[0].name


def test_a_folder_shows_no_half_picture(tmp_path: Path, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = _in_folder(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as failed:
        put(place, picture)
    assert failed.value.words == "No space left on device"
    assert _contents(place) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_web_server_may_read_what_is_staged(tmp_path: Path, picture: Path) -> None:
    place = _in_folder(tmp_path)
    before = os.umask(0o022)
    try:
        staged = put(place, picture)
    finally:
        os.umask(before)
    assert stat.S_IMODE((Path(place.path) / staged.name).stat().st_mode) == 0o644


def test_a_place_that_is_a_file_is_reported(tmp_path: Path, picture: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Unavailable) as failed:
        put(StagingPlace(str(tmp_path / "file" / "in"), PUBLIC), picture)
    assert str(tmp_path / "file") in str(failed.value)


@pytest.mark.parametrize("path", ["C:\\inetpub\\staged", "C:/inetpub/staged", "c:relative", "plain/folder"])
def test_a_windows_path_is_no_scheme(path: str, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32" and ":" in path:
        pytest.skip("would write to the real drive")
    monkeypatch.chdir(tmp_path)
    staged = put(StagingPlace(path, PUBLIC), picture)
    assert (tmp_path / path / staged.name).read_bytes() == JPEG


@pytest.mark.parametrize(
    ("base", "start"),
    [
        ("https://media.example.org", "https://media.example.org/kanal-"),
        ("https://media.example.org/a/", "https://media.example.org/a/kanal-"),
        ("https://media.example.org/öffentliche Bilder", "https://media.example.org/%C3%B6ffentliche%20Bilder/kanal-"),
        ("https://media.example.org/a%20b", "https://media.example.org/a%20b/kanal-"),
    ],
)
def test_the_public_address_is_quoted_once(tmp_path: Path, picture: Path, base: str, start: str) -> None:
    staged = put(StagingPlace(str(tmp_path / "public"), base), picture)
    assert staged.url.startswith(start)
    assert staged.url.isascii()


def test_a_query_of_the_public_address_stays_behind_the_name(tmp_path: Path, picture: Path) -> None:
    staged = put(StagingPlace(str(tmp_path / "public"), "https://blob.example/c?sig=abc"), picture)
    assert staged.url == f"https://blob.example/c/{staged.name}?sig=abc"


def test_an_ending_that_is_none_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "picture.f o o"
    file.write_bytes(JPEG)
    assert re.fullmatch(r"kanal-[0-9a-f]{40}", put(_in_folder(tmp_path), file).name)


def test_a_missing_fsspec_is_named_with_the_extra_that_brings_it(
    picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without_fsspec(name: str, *args: Any) -> Any:
        if name.startswith("fsspec"):
            raise ModuleNotFoundError(name)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without_fsspec)
    with pytest.raises(ConfigError, match=r"kanal\[staging\]"):
        put(StagingPlace("s3://bucket/folder", PUBLIC), picture)


@pytest.mark.parametrize("path", ["s3://bucket/folder", "nonsense://x/y"])
def test_a_driver_that_is_not_there_is_named(path: str, picture: Path) -> None:
    with pytest.raises(ConfigError) as failed:
        put(StagingPlace(path, PUBLIC), picture)
    assert path.partition(":")[0] in str(failed.value.advice)


def test_a_password_in_the_place_is_not_shown(picture: Path) -> None:
    with pytest.raises(ConfigError) as failed:
        put(StagingPlace("nonsense://anna:geheim@host.example/x", PUBLIC), picture)
    assert "geheim" not in str(failed.value)
    assert "host.example" in str(failed.value)


def test_a_plain_folder_needs_no_fsspec(tmp_path: Path, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    place = _in_folder(tmp_path)
    staged = put(place, picture)
    assert prune(place, timedelta(seconds=-1)) == [staged.name]
