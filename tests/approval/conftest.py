"""An office in a repository of its own, with one draft."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kanal import rules
from kanal.approval.asking import histories
from kanal.approval.history import History
from kanal.config import load
from kanal.drafts import read_draft
from kanal.platforms import names
from tests.four_eyes import FourEyes, alone

DRAFT = "id: umzug\nchannels: [mastodon]\ntext: Das Bürgerbüro ist umgezogen.\n"
UMZUG = "posts/umzug.yaml"
Tell = Callable[..., History]


@pytest.fixture(autouse=True)
def _nobodys_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in alone(tmp_path).items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)


@pytest.fixture
def office(office_folder: Path) -> FourEyes:
    """The office's folder with a draft, in git, nothing committed yet."""
    found = FourEyes(office_folder).begin()
    found.write(UMZUG, DRAFT)
    return found


@pytest.fixture
def tell(office: FourEyes) -> Tell:
    """What git tells about a draft."""

    def ask(file: str = UMZUG, root: Path = office.root) -> History:
        project = load(root, names(), rules)
        draft, mistakes = read_draft(root / file, file, project.setting)
        assert draft is not None, mistakes
        return histories(root, project.setting, [draft])[file]

    return ask
