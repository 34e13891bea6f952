"""What docs/adding-a-rule.md says works: its module, its test, and `kanal` with it.

The page's rule is put into a copy of the source, as it would be into the source itself.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from kanal.rules import traits
from tests.documents import ROOT, blocks, marked

PAGE = "docs/adding-a-rule.md"
RULE = "language/ampersand"
DRAFT = "id: rat\nchannels: [mastodon]\ntext: Rat & Hilfe gibt Probst & Söhne.  # so heißt die Firma\n"
CONFIG = {
    "config/kanal.yaml": "office: Rathaus\n",
    "config/channels.yaml": "channels: {mastodon: {platform: mastodon, account: rathaus@social.example}}\n",
    "posts/rat.yaml": DRAFT,
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """kanal's source with the page's rule in its folder."""
    folder = tmp_path_factory.mktemp("source")
    copytree(ROOT / "src" / "kanal", folder / "kanal", ignore=ignore_patterns("__pycache__"))
    (folder / "kanal" / "rules" / "language" / "ampersand.py").write_text(_file("ampersand.py"), encoding="utf-8")
    return folder


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with the page's policy, and a draft that the rule finds fault with."""
    for name, text in {**CONFIG, "config/policy.yaml": _file("policy.yaml")}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def _file(name: str) -> str:
    return marked(PAGE, "file")[name]


def _python(source: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(source), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "KANAL_LANG": "en"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_the_examples_and_the_test_of_the_page_pass(source: Path, tmp_path: Path) -> None:
    own = tmp_path / "test_ampersand.py"
    own.write_text(_file("test_ampersand.py"), encoding="utf-8")
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-c", str(ROOT / "pyproject.toml")]
    chosen = [str(ROOT / "tests" / "rules" / "test_examples.py"), str(own), "-k", "ampersand"]
    ended = _python(source, ROOT, "-m", "pytest", *options, f"--rootdir={ROOT}", *chosen)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    passed = re.search(r"(\d+) passed", ended.stdout)
    assert passed, ended.stdout
    assert int(passed[1]) >= 12


def test_the_commands_of_the_page_show_the_rule_at_work(source: Path, office: Path) -> None:
    [block] = [block.text for block in blocks(PAGE) if block.mark == "run"]
    said = []
    for command in re.findall(r"^\$ kanal (.*)$", block, re.MULTILINE):
        ended = _python(source, office, "-m", "kanal", *command.split())
        assert ended.returncode == 0, ended.stdout + ended.stderr
        said.append(ended.stdout)
    manual, found, mended = said
    assert "Here: warning, said by config/policy.yaml." in manual
    assert "Option names: Probst & Söhne" in manual
    [line] = [line for line in found.splitlines() if f"[{RULE}]" in line]
    assert line.startswith("posts/rat.yaml:3:11: warning: ")
    assert RULE not in mended
    assert (office / "posts" / "rat.yaml").read_text(encoding="utf-8") == DRAFT.replace("Rat &", "Rat und")


def test_the_page_names_decorators_traits_and_files_that_exist() -> None:
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    register = (ROOT / "src" / "kanal" / "rules" / "__init__.py").read_text(encoding="utf-8")
    decorators = re.findall(r"^\| `(\w*rule)` \|", text, re.MULTILINE)
    assert sorted(decorators) == sorted(re.findall(r"^def ((?!_)\w*rule)\(", register, re.MULTILINE))
    named = re.search(r"such as `\"(\w+)\"` or\s+`\"(\w+)\"`", text)
    assert named
    assert all(f'"{trait}"' in Path(traits.__file__).read_text(encoding="utf-8") for trait in named.groups())
    files = re.findall(r"`((?:tests|src|docs|rules)/[\w/.]+\.\w+)`", text)
    made = {"src/kanal/rules/language/ampersand.py", "tests/rules/language/test_ampersand.py"}
    assert [name for name in files if name not in made and not _exists(name)] == []


def _exists(name: str) -> bool:
    return (ROOT / name).is_file() or (ROOT / "src" / "kanal" / name).is_file()
