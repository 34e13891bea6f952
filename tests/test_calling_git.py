"""How git is called: real git, in repositories of a test's own."""

import subprocess
from pathlib import Path

import pytest

from kanal.calling_git import AS_IT_IS, Manner


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, and a person with German words and settings."""
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    monkeypatch.setenv("LANGUAGE", "de")
    (tmp_path / "settings").write_text("[user]\n\tname = Erika Muster\n", encoding="utf-8")
    root = tmp_path / "größe"
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    return root


def test_a_person_s_settings_hold_unless_a_manner_has_its_own(root: Path) -> None:
    assert AS_IT_IS.call(root, "config", "user.name").text == "Erika Muster\n"
    assert Manner(("user.name=kanal",)).call(root, "config", "user.name").text == "kanal\n"


def test_words_come_in_english_and_without_an_exception(root: Path) -> None:
    done = AS_IT_IS.call(root, "rev-parse", "--verify", "nichts")
    assert (done.code, done.text) == (128, "")
    assert done.words.startswith("fatal: Needed a single revision")


def test_names_of_files_survive_whatever_their_letters(root: Path) -> None:
    (root / "größe.yaml").touch()
    assert AS_IT_IS.call(root, "ls-files", "-z", "--others").text == "größe.yaml\0"


def test_what_is_given_is_read(root: Path) -> None:
    done = AS_IT_IS.call(root, "hash-object", "--stdin", given=b"")
    assert done.text.strip() == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


def test_nobody_is_asked_for_a_password(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody sits, git would wait for ever."""
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_TERMINAL_PROMPT", "1")
    done = AS_IT_IS.call(root, "credential", "fill", given=b"protocol=https\nhost=amt.example\n\n")
    assert done.code
    assert "terminal prompts disabled" in done.words


def test_variables_about_another_repository_can_be_left_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(root / "anderswo"))
    assert AS_IT_IS.call(root, "rev-parse", "--git-dir").code
    own = Manner(without=frozenset({"GIT_DIR"}))
    assert own.call(root, "rev-parse", "--git-dir").text == ".git\n"


def test_without_git_it_cannot_be_called(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(OSError, match="git"):
        AS_IT_IS.call(root, "version")


def test_git_runs_beside_what_is_done_and_may_say_much(root: Path) -> None:
    for number in range(3000):
        (root / f"{number:0100}.yaml").touch()
    with AS_IT_IS.beside(root, "ls-files", "--others", "-z") as end:
        done = end()
    assert done.code == 0
    assert done.text.count("\0") == 3000


def test_git_is_not_waited_for_by_who_does_not_ask(root: Path) -> None:
    with pytest.raises(LookupError), AS_IT_IS.beside(root, "ls-files", "--others"):
        raise LookupError
