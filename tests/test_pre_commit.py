"""The hooks that other repositories take from us, run by the real pre-commit in a repository made for the test.

Here they run the kanal that is installed (`language: unsupported`), so that nothing is fetched. Where nothing may be
skipped, one test lets pre-commit install this project as an office's machine would.
"""

import importlib.util
import os
import re
import shutil
import sys
import sysconfig
from pathlib import Path

import pytest

import kanal
from tests.optional import DEMANDED, require_or_skip
from tests.repository import Repository

ROOT = Path(__file__).parents[1]
MANIFEST = ".pre-commit-hooks.yaml"
PACKAGE = (MANIFEST, "pyproject.toml", "README.md", "LICENSE", "src", "config", "posts")
DRAFT = "posts/wertstoffhof.yaml"
CLEAN = """\
id: wertstoffhof
channels: [mastodon]
link: https://www.landkreis-musterland.example/wertstoffhof
text: |
  Der Wertstoffhof in Musterhausen ist am Montag, 18. Januar 2027, geschlossen.
  Ab Dienstag ist er wieder für Sie da.
"""
IBAN = "DE02120300000000202051"
WITH_IBAN = f"{CLEAN}  Die Gebühr überweisen Sie bitte auf {IBAN}.\n"
PICTURED = """\
id: linden
channels: [mastodon]
link: https://www.landkreis-musterland.example/linden
text: Die Linden an der Allee werden nachgepflanzt.
media:
  - {file: media/linden.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
"""


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where hooks run: the installed kanal on the path, and nothing else of this machine's settings."""
    scripts = sysconfig.get_path("scripts")
    if importlib.util.find_spec("pre_commit") is None:
        require_or_skip("pre-commit is not installed: make test")
    if shutil.which("kanal", path=scripts) is None:
        require_or_skip("the command kanal is not installed: make test")
    home = tmp_path_factory.mktemp("home")
    foreign = ("GIT_", "KANAL_", "PRE_COMMIT", "SKIP", "LC_", "LANG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    person = {
        f"GIT_{who}_{what}": "Eva.Muster@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return {
        **kept,
        **person,
        "PATH": os.pathsep.join([scripts, os.environ["PATH"]]),
        "PYTHONPATH": str(Path(kanal.__file__).parents[1]),
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture(scope="module")
def hooks(environ: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository with what pre-commit needs of this project, under one commit."""
    folder = tmp_path_factory.mktemp("kanal")
    for name in PACKAGE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    repository = Repository(folder, environ)
    repository.begin()
    return repository


@pytest.fixture
def office(hooks: Repository, environ: dict[str, str], tmp_path: Path) -> Repository:
    """The sample configuration and one clean draft, committed; `kanal-lint` is installed."""
    repository = Repository(tmp_path / "office", environ)
    shutil.copytree(ROOT / "config", repository.root / "config")
    repository.write(".gitignore", ".kanal/\n")
    repository.write(DRAFT, CLEAN)
    _configure(repository, hooks, "kanal-lint", "unsupported")
    repository.begin()
    repository.run(sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    return repository


def _configure(office: Repository, hooks: Repository, hook: str, language: str) -> None:
    revision = hooks.git("rev-parse", "HEAD").strip()
    asked = f"{{repo: '{hooks.root}', rev: {revision}, hooks: [{{id: {hook}, language: {language}}}]}}"
    office.write(".pre-commit-config.yaml", f"repos: [{asked}]\n")


def test_the_manifest_is_one(hooks: Repository) -> None:
    hooks.run(sys.executable, "-m", "pre_commit", "validate-manifest", MANIFEST)


def test_a_clean_draft_is_committed_without_a_word_of_kanal(office: Repository) -> None:
    office.write(DRAFT, CLEAN.replace("geschlossen", "nur bis 12 Uhr geöffnet"))
    office.git("add", DRAFT)
    said = office.commit(code=0)
    assert re.fullmatch(r"kanal lint\.+Passed", said.splitlines()[0])
    assert "posts/" not in said
    assert "12 Uhr" in office.git("show", f"HEAD:{DRAFT}")


def test_a_commit_that_adds_an_iban_is_refused_in_plain_german(office: Repository) -> None:
    office.write(DRAFT, WITH_IBAN)
    office.git("add", DRAFT)
    before = office.state()
    said = office.commit(code=1)
    (line,) = [line for line in said.splitlines() if "[privacy/iban]" in line]
    place, message = line.split(": Fehler: ")
    assert place.startswith(f"{DRAFT}:7:")
    assert "IBAN" in message
    assert re.search(r"\bSie\b", message)  # what to do, in the office's language
    assert IBAN not in said  # masked: what a hook prints goes into logs, too
    assert "1 Fehler" in said
    assert office.state() == before
    assert office.read(DRAFT) == WITH_IBAN


def test_what_is_not_staged_does_not_count(office: Repository) -> None:
    better = CLEAN.replace("geschlossen", "nur bis 12 Uhr geöffnet")
    office.write(DRAFT, better)
    office.git("add", DRAFT)
    office.write(DRAFT, WITH_IBAN)
    office.commit(code=0)
    assert office.git("show", f"HEAD:{DRAFT}") == better
    assert office.read(DRAFT) == WITH_IBAN
    assert office.git("status", "--porcelain") == f" M {DRAFT}\n"


def test_what_is_staged_counts_although_the_folder_is_clean_again(office: Repository) -> None:
    office.write(DRAFT, WITH_IBAN)
    office.git("add", DRAFT)
    office.write(DRAFT, CLEAN)
    before = office.state()
    assert "[privacy/iban]" in office.commit(code=1)
    assert office.state() == before
    assert (office.read(DRAFT), office.git("show", f":{DRAFT}")) == (CLEAN, WITH_IBAN)


def test_a_faulty_draft_that_is_not_in_the_commit_does_not_stop_it(office: Repository) -> None:
    office.write("posts/neu.yaml", WITH_IBAN.replace("wertstoffhof", "neu"))
    office.write("posts/notizen.txt", "Anruf bei der Feuerwehr\n")
    office.git("add", "posts/notizen.txt")
    office.commit(code=0)
    assert "?? posts/neu.yaml" in office.git("status", "--porcelain")


def test_a_credential_is_refused_in_any_file(office: Repository) -> None:
    office.write("notizen.txt", "access_token = fGh7Kq2LmN9pRs4TvW6xYz1bCd3\n")
    office.git("add", "notizen.txt")
    assert "notizen.txt:1:" in office.commit(code=1)


def test_a_picture_is_checked_with_the_draft_that_shows_it(office: Repository) -> None:
    picture = office.root / "posts" / "media" / "linden.jpg"
    picture.parent.mkdir()
    shutil.copy(next((ROOT / "posts" / "media").glob("*.jpg")), picture)
    office.write("posts/linden.yaml", PICTURED)
    office.git("add", "posts")
    office.commit(code=0)
    picture.write_bytes(b"GIF89a, but no picture")
    office.git("add", "posts")
    assert "posts/linden.yaml:6:" in office.commit(code=1)


def test_the_hook_for_all_drafts_sees_a_picture_that_is_missed(office: Repository, hooks: Repository) -> None:
    shutil.copytree(ROOT / "posts" / "media", office.root / "posts" / "media")
    office.write("posts/linden.yaml", PICTURED.replace("linden.jpg", "strassensperrung.jpg"))
    _configure(office, hooks, "kanal-lint-all", "unsupported")
    office.git("add", "--all")
    office.commit(code=0)
    office.git("rm", "--quiet", "posts/media/strassensperrung.jpg")
    assert "posts/linden.yaml:6:" in office.commit(code=1)


def test_pre_commit_installs_kanal_by_itself(office: Repository, hooks: Repository) -> None:
    if os.environ.get(DEMANDED) != "1":
        pytest.skip(f"installs from a package registry, a minute; {DEMANDED}=1 runs it")
    _configure(office, hooks, "kanal-lint", "python")
    office.write(DRAFT, WITH_IBAN)
    office.git("add", "--all")
    clean = {name: value for name, value in office.environ.items() if name != "PYTHONPATH"}
    said = Repository(office.root, {**clean, "PATH": os.environ["PATH"]}).commit(code=1)
    assert "Installing environment" in said
    assert "[privacy/iban]" in said
