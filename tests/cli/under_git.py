"""The office's folder as a clone of a repository on a server, so that its ledger can lie in a branch there."""

import os
from pathlib import Path

import pytest

from tests.ledger.git.clones import SETTINGS, Office, git


@pytest.fixture
def server(office_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The server; the folder is committed and pushed, `.kanal` is ignored."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    office = Office(tmp_path)
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(office.server))
    (office_folder / ".gitignore").write_text(".kanal/\n", encoding="utf-8")
    git(office_folder, "init", "--quiet", "--initial-branch=main")
    git(office_folder, "remote", "add", "origin", office.server.as_uri())
    git(office_folder, "add", "--all")
    git(office_folder, "commit", "--quiet", "--message=Anfang")
    git(office_folder, "push", "--quiet", "--set-upstream", "origin", "main")
    return office


def committed(folder: Path) -> None:
    """What kanal changed in the configuration is committed and pushed, as its advice says."""
    git(folder, "commit", "--quiet", "--all", "--message=Journal")
    git(folder, "push", "--quiet")
