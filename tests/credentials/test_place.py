import os
import subprocess
import sys
from pathlib import Path

import pytest

from kanal.credentials.place import place_of, refuse_readable_by_others, refuse_repository
from kanal.errors import ConfigError

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


@posix_only
@pytest.mark.parametrize(
    ("system", "environ", "place"),
    [
        ("linux", {"HOME": "/home/a"}, "/home/a/.config/kanal/credentials.json"),
        ("linux", {"HOME": "/home/a", "XDG_CONFIG_HOME": "/x"}, "/x/kanal/credentials.json"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Application Support/kanal/credentials.json"),
        ("win32", {"APPDATA": "/Users/a/AppData", "HOME": "/other"}, "/Users/a/AppData/kanal/credentials.json"),
        ("linux", {"HOME": "/home/a", "KANAL_CREDENTIALS": "/var/lib/kanal/c.json"}, "/var/lib/kanal/c.json"),
    ],
)
def test_each_system_has_its_folder_for_settings(system: str, environ: dict[str, str], place: str) -> None:
    assert place_of(environ, system) == Path(place)


@pytest.mark.parametrize("environ", [{}, {"XDG_CONFIG_HOME": "relative"}, {"HOME": "  "}])
def test_without_a_home_there_is_no_place(environ: dict[str, str]) -> None:
    assert place_of(environ, "linux") is None


def test_a_place_inside_a_work_tree_is_refused(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    with pytest.raises(ConfigError, match="git repository"):
        refuse_repository(tmp_path / "a" / "b" / "credentials.json")


def test_so_is_one_in_a_linked_work_tree_or_a_submodule(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="git repository"):
        refuse_repository(tmp_path / "credentials.json")


@posix_only
def test_a_link_into_a_work_tree_is_refused_too(tmp_path: Path) -> None:
    inside = tmp_path / "repository"
    (inside / ".git").mkdir(parents=True)
    (inside / "credentials.json").write_text("{}", encoding="utf-8")
    link = tmp_path / "credentials.json"
    link.symlink_to(inside / "credentials.json")
    with pytest.raises(ConfigError, match="git repository"):
        refuse_repository(link)


def test_a_place_outside_is_fine(tmp_path: Path) -> None:
    refuse_repository(tmp_path / "credentials.json")


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_a_file_that_others_may_read_or_change_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "c.json"
    file.touch()
    file.chmod(mode)
    with pytest.raises(ConfigError, match="chmod 600"):
        refuse_readable_by_others(file)
    file.chmod(0o600)
    refuse_readable_by_others(file)
    assert os.access(file, os.R_OK)
