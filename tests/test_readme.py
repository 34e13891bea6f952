"""The README tells the truth: its commands run and show what it says, its links lead somewhere, its files are valid.

A block of commands is either run here or says why not (`tests.documented_commands`); there is no third kind.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import typer
import yaml

from kanal.cli.main import build
from kanal.exits import Exit
from kanal.rules import discover
from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.documented_commands import LANGUAGES, Typist, environment, parse
from tests.documents import ROOT, Block, anchors, blocks, marked
from tests.four_eyes import FourEyes, alone, people
from tests.repository import Repository

README = "README.md"
DOCUMENTS = [
    *(README, "CONTRIBUTING.md", "CHANGELOG.md"),
    *(file.relative_to(ROOT).as_posix() for file in sorted((ROOT / "docs").rglob("*.md"))),
]
SCOPES = ("profile", "read:statuses", "write:statuses", "write:media")
COMMANDS = [block for block in blocks(README) if block.language in LANGUAGES]
NOT_RUN = [block for block in COMMANDS if block.mark.startswith("not run: ")]
ON_A_TERMINAL = {
    "kanal publish": "kanal publish --yes",
    "kanal approve strassenfest": "kanal approve strassenfest --yes",
}
"""Where a person is asked, the test says yes."""
WITH_FINDINGS = {"kanal lint posts/winterfest.yaml", "kanal lint --fix posts/winterfest.yaml"}
"""These end with 1, as the README says of findings of severity error."""


TYPIST = Typist(ON_A_TERMINAL, dict.fromkeys(WITH_FINDINGS, Exit.FINDINGS))


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """Practice networks that stand in for the real ones."""
    with running(tmp_path / "networks.sqlite3") as started:
        yield started


def _blocks_to_run(where: str) -> list[Block]:
    found = [block for block in COMMANDS if block.mark.startswith(f"run in: {where}")]
    assert found
    return found


def test_every_block_of_commands_is_run_or_says_why_not() -> None:
    unmarked = [block.text for block in COMMANDS if not block.mark.startswith(("run in: ", "not run: "))]
    assert unmarked == []
    assert sum(block.mark.startswith("run in: ") for block in COMMANDS) == 8


def test_the_tour_shows_what_the_readme_shows(tmp_path: Path) -> None:
    for block in _blocks_to_run("an empty folder"):
        TYPIST.run(block, tmp_path, environment("en"))


@pytest.fixture
def demo_folder(tmp_path: Path) -> Path:
    """What `kanal demo` copies, with the drafts of the README that are to be saved there."""
    folder = tmp_path / "kanal-demo"
    for name in ("config", "posts"):
        copytree(ROOT / name, folder / name)
    for name, content in marked(README, "draft").items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_lint_finds_and_mends_what_the_readme_shows(demo_folder: Path) -> None:
    for block in _blocks_to_run("kanal-demo"):
        TYPIST.run(block, demo_folder, environment("en"))


def test_the_hooks_that_the_readme_names_exist() -> None:
    [block] = [block.text for block in blocks(README) if block.mark == "pre-commit"]
    asked = {hook["id"] for source in yaml.safe_load(block)["repos"] for hook in source["hooks"]}
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    text = (ROOT / README).read_text(encoding="utf-8")
    assert asked | set(re.findall(r"`(kanal-lint[a-z-]*)`", text)) == offered


def test_the_hook_of_the_readme_refuses_what_is_staged(demo_folder: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "kanal"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{Path(sys.executable).as_posix()}" -m kanal "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    who = {f"GIT_{part}_{what}": "eva@example.org" for part in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    alone = {"GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"}
    path = os.pathsep.join([str(program.parent), os.environ["PATH"]])
    office = Repository(demo_folder, environment("en", PATH=path, **who, **alone))
    office.begin()
    hook = demo_folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(marked(README, "hook")["pre-commit"], encoding="utf-8", newline="\n")
    hook.chmod(0o755)
    for name in ("posts/umschlag.yaml", "posts/winterfest.yaml"):
        office.write(name, office.read(name) + "task: Wahlen\n")
    office.git("add", "posts/umschlag.yaml")
    office.commit(code=0)
    office.git("add", "posts/winterfest.yaml")
    assert "[privacy/iban]" in office.commit(code=1)


def test_every_family_of_rules_is_described_once() -> None:
    text = (ROOT / README).read_text(encoding="utf-8")
    described = re.findall(r"^\| \[(\w+)\]\(docs/rules/(\w+)\.md\) \|", text, re.MULTILINE)
    assert sorted(described) == sorted((family, family) for family in {rule.family for rule in discover()})


def test_the_first_real_channel_works_as_described(tmp_path: Path, practice: Practice) -> None:
    office = tmp_path / "office"
    for name, content in marked(README, "file").items():
        path = office / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    channels = office / "config" / "channels.yaml"
    address = f"    urls:\n      api: {practice.urls('mastodon')['api']}\n"
    channels.write_text(channels.read_text(encoding="utf-8") + address, encoding="utf-8")
    account = "landkreis@social.landkreis-musterland.example"
    token = practice.admit("mastodon", account, "Landkreis", scopes=SCOPES)["access_token"]
    repository = FourEyes(office).begin()
    for block in _blocks_to_run("the office of this section"):
        person = people(block.mark.rpartition(", as ")[2])
        git = {name: value for name, value in alone(office).items() if name.startswith("GIT_")}
        TYPIST.run(block, office, {**environment("en", KANAL_MASTODON_ACCESS_TOKEN=token), **git, **person})
    assert repository.git("log", "--format=%an") == "Toni Probst\nKim Muster"
    [post] = practice.posts("mastodon", account)
    assert post.text.startswith("Am Samstag, 12. Juni 2027, ist Straßenfest")


def test_the_readme_names_the_scopes_that_were_tried() -> None:
    text = (ROOT / README).read_text(encoding="utf-8")
    assert [scope for scope in SCOPES if f"`{scope}`" not in text] == []


@pytest.mark.parametrize("block", NOT_RUN, ids=lambda block: block.text.split("\n")[0])
def test_commands_that_are_not_run_could_be(block: Block) -> None:
    text = block.text.replace("\\", "/")
    for command in re.findall(r"^\$ (kanal .*)$", text, re.MULTILINE):
        parse(command)
    for file in re.findall(r"requirements/\S+", text):
        assert (ROOT / file).is_file(), file
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^\$ make (\S+)", text, re.MULTILINE):
        assert re.search(f"^{target}:", makefile, re.MULTILINE), target


def test_every_command_is_in_the_readmes_reference() -> None:
    command: Any = typer.main.get_command(build())
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in command.commands if f"## kanal {name}\n" not in reference] == []


def test_credentials_in_the_readme_are_those_that_the_adapters_need() -> None:
    from kanal.config.secrets import variable
    from kanal.platforms import adapter_class

    text = (ROOT / README).read_text(encoding="utf-8")
    wanted = {
        variable(name, need)
        for name in ("mastodon", "x", "facebook", "instagram")
        for need in adapter_class(name).needs
    }
    named = {name.removesuffix("_FILE") for name in re.findall(r"KANAL_[A-Z]+_[A-Z_]+", text)}
    assert named == wanted


def test_the_exit_codes_are_those_of_the_program() -> None:
    text = (ROOT / README).read_text(encoding="utf-8")
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)] == list(Exit)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_inside_the_project_lead_somewhere(document: str) -> None:
    path = ROOT / document
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(\s*([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        if "://" in target:
            continue
        found = path.parent / file if file else path
        if not found.exists() or (anchor and anchor not in anchors(found)):
            broken.append(target)
    assert broken == []


def test_pictures_are_small_and_have_an_alternative_text() -> None:
    text = (ROOT / README).read_text(encoding="utf-8")
    [(alt, file)] = re.findall(r"!\[(.*?)\]\((.*?)\)", text, re.DOTALL)
    assert len(alt) > 50
    assert (ROOT / file).stat().st_size <= 300_000
