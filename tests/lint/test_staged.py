"""Partial commits: what git is about to commit counts, not what lies in the folder."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal import rules
from kanal.config import STATE, load
from kanal.config.told_limits import remember_limits
from kanal.errors import ConfigError
from kanal.lint.staged import staged
from kanal.platforms import names as platform_names
from tests.conftest import LoadProject, WriteFile

DRAFT = "id: neu\nchannels: [mastodon]\ntext: {}\n"


@pytest.fixture(autouse=True)
def _repository(office_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    _git(office_folder, "init", "-q")
    _git(office_folder, "config", "core.autocrlf", "false")
    _git(office_folder, "add", ".")
    _git(office_folder, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "start")


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, encoding="utf-8").stdout


def test_where_folder_and_index_agree_nothing_is_copied(office_folder: Path, write_file: WriteFile) -> None:
    write_file("posts/größe.yaml", DRAFT.format("Gut"))
    _git(office_folder, "add", ".")
    with staged(office_folder) as found:
        assert (found.root, found.changed, found.is_copy) == (office_folder, ("posts/größe.yaml",), False)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_in_place_of_a_link_counts(office_folder: Path, write_file: WriteFile) -> None:
    link = office_folder / "posts/neu.yaml"
    link.symlink_to("baustelle.yaml")
    _git(office_folder, "add", ".")
    _git(office_folder, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "link")
    link.unlink()
    write_file("posts/neu.yaml", DRAFT.format("Gut"))
    _git(office_folder, "add", ".")
    with staged(office_folder) as found:
        assert found.changed == ("posts/neu.yaml",)


def test_what_was_changed_after_staging_does_not_count(office_folder: Path, write_file: WriteFile) -> None:
    path = write_file("posts/neu.yaml", DRAFT.format("Gut"))
    _git(office_folder, "add", ".")
    path.write_text(DRAFT.format("Nicht fertig"), encoding="utf-8")
    with staged(office_folder) as found:
        assert found.is_copy
        assert found.changed == ("posts/neu.yaml",)
        assert (found.root / "posts/neu.yaml").read_text(encoding="utf-8") == DRAFT.format("Gut")
        assert (found.root / "posts/good.jpg").is_file()
        place = found.root
    assert not place.exists()
    assert path.read_text(encoding="utf-8") == DRAFT.format("Nicht fertig")


def test_what_servers_told_holds_for_what_is_staged_as_well(
    office_folder: Path, write_file: WriteFile, load_project: LoadProject
) -> None:
    remember_limits(load_project().channels["mastodon"], {"text": 40}, office_folder / STATE, datetime.now(UTC))
    write_file("posts/neu.yaml", DRAFT.format("Gut"))
    with staged(office_folder) as found:
        assert found.is_copy
        told = load(found.root, platform_names(), rules)
        assert told.channels["mastodon"].limits == load_project().channels["mastodon"].limits == {"text": 40}


def test_a_draft_that_git_does_not_know_is_left_out(office_folder: Path, write_file: WriteFile) -> None:
    write_file("posts/fremd.yaml", DRAFT.format("a"))
    with staged(office_folder) as found:
        assert found.changed == ()
        assert not (found.root / "posts/fremd.yaml").exists()


def test_deleted_files_are_not_looked_at(office_folder: Path) -> None:
    _git(office_folder, "rm", "-q", "posts/baustelle.yaml")
    with staged(office_folder) as found:
        assert found.changed == ()


def test_an_office_in_a_folder_of_a_larger_repository_is_found_in_the_copy(tmp_path: Path, office_folder: Path) -> None:
    (office_folder / ".git").rename(tmp_path / ".git")
    _git(tmp_path, "add", "-A")
    draft = office_folder / "posts" / "baustelle.yaml"
    draft.write_text(DRAFT.format("Anders"), encoding="utf-8")
    with staged(office_folder) as found:
        assert found.is_copy
        assert found.root.name == "office"
        assert "Kreisstraße" in (found.root / "posts/baustelle.yaml").read_text(encoding="utf-8")
        assert "posts/baustelle.yaml" in found.changed


def test_without_a_repository_one_is_told_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(ConfigError, match="git cannot tell what is staged"), staged(tmp_path / "elsewhere"):
        pass
