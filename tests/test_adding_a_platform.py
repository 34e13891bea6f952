"""What docs/adding-a-platform.md says works: its module, its test, both ways to register it, and `kanal` with it."""

import os
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest

import kanal.platforms
from kanal.cli.main import run
from tests.documents import ROOT, marked

DRAFT = """\
id: rathaus-geschlossen
channels: [brett]
text: Das Rathaus ist am Freitag geschlossen.
source: https://www.rathaus.example/geschlossen
media:
  - {file: media/brett.jpg, alt: Ein leeres schwarzes Brett., credit: Landkreis, licence: CC0-1.0}
"""
POLICY = """\
rules:
  privacy/channel-duties: off
  privacy/channel-review: off
  approval/missing: off
registers:
  domains: [rathaus.example]
"""
"""The papers of an account are no matter of its platform, nor is who approves."""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with the page's module and test, as an installed package would bring them."""
    written = marked("docs/adding-a-platform.md", "file")
    folder = tmp_path / "package"
    metadata = folder / "kanal_noticeboard-1.0.dist-info"
    metadata.mkdir(parents=True)
    for name in ("noticeboard.py", "test_noticeboard.py"):
        (folder / name).write_text(written[name], encoding="utf-8")
    project = tomllib.loads(written["pyproject.toml"])["project"]
    [(group, points)] = project["entry-points"].items()
    lines = [f"[{group}]", *(f"{name} = {module}" for name, module in points.items())]
    (metadata / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    about = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (metadata / "METADATA").write_text(about, encoding="utf-8")
    return folder


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with the page's channel and one draft."""
    from PIL import Image

    folder = tmp_path / "office"
    (folder / "config").mkdir(parents=True)
    (folder / "posts" / "media").mkdir(parents=True)
    channels = marked("docs/adding-a-platform.md", "file")["channels.yaml"]
    (folder / "config" / "kanal.yaml").write_text("office: Rathaus\nlanguage: en\n", encoding="utf-8")
    (folder / "config" / "channels.yaml").write_text(channels, encoding="utf-8")
    (folder / "config" / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "posts" / "rathaus.yaml").write_text(DRAFT, encoding="utf-8")
    Image.new("RGB", (640, 480)).save(folder / "posts" / "media" / "brett.jpg")
    return folder


@pytest.fixture
def board(package: Path, office: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The page's board, running; the office's channel points at it."""
    monkeypatch.syspath_prepend(str(package))
    running = runpy.run_path(str(package / "test_noticeboard.py"))["Board"]()
    path = office / "config" / "channels.yaml"
    address = f"    urls:\n      api: {running.channel.urls['api']}\n"
    path.write_text(path.read_text(encoding="utf-8") + address, encoding="utf-8")
    yield running
    running.close()
    sys.modules.pop("noticeboard", None)


@pytest.fixture
def in_the_folder(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The page's module lies in the folder `kanal.platforms`, of which this is a copy."""
    folder = tmp_path / "platforms"
    for name in kanal.platforms.names():
        kanal.platforms.adapter_class(name)  # kanal's own stay those that other tests know
    copytree(kanal.platforms.__path__[0], folder)
    copy(package / "noticeboard.py", folder)
    monkeypatch.setattr(kanal.platforms, "__path__", [str(folder)])
    _forget_platforms()
    yield
    monkeypatch.undo()
    sys.modules.pop("kanal.platforms.noticeboard", None)
    _forget_platforms()


def _forget_platforms() -> None:
    for known in (kanal.platforms._ours, kanal.platforms._added, kanal.platforms.adapter_class):
        known.cache_clear()


def _environment(package: Path, **more: str) -> Mapping[str, str]:
    """As on somebody's desk: a CI job would not be allowed to publish from a ledger in a file."""
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    path = os.pathsep.join([str(ROOT / "src"), str(package)])
    return {**kept, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **more}


def _python(environment: Mapping[str, str], folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_the_example_keeps_the_adapter_contract(package: Path) -> None:
    options = ["-q", "-W", "error", "-p", "no:cacheprovider", "-p", "no:xdist"]
    ended = _python(_environment(package), package, "-m", "pytest", *options, "test_noticeboard.py")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    passed = re.search(r"(\d+) passed", ended.stdout)
    assert passed, ended.stdout
    assert int(passed[1]) >= 40


def test_an_installed_package_adds_a_platform_that_publishes_once(package: Path, office: Path, board: Any) -> None:
    environment = _environment(package, KANAL_BRETT_TOKEN=board.credentials["token"].reveal())
    for arguments in (["lint"], ["plan", "--sandbox"], ["ledger", "init", "--name", "Test"], ["publish", "--yes"]):
        ended = _python(environment, office, "-m", "kanal", *arguments)
        assert ended.returncode == 0, ended.stdout + ended.stderr
    assert _python(environment, office, "-m", "kanal", "publish", "--yes").returncode == 0
    [post] = board.posts()
    assert post.text == "Das Rathaus ist am Freitag geschlossen."
    assert [picture.alt for picture in post.media] == ["Ein leeres schwarzes Brett."]


@pytest.mark.usefixtures("in_the_folder")
def test_a_module_in_the_folder_is_a_platform(
    office: Path, board: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("KANAL_BRETT_TOKEN", board.credentials["token"].reveal())
    assert "noticeboard" in kanal.platforms.names()
    assert kanal.platforms.adapter_class("noticeboard").__module__ == "kanal.platforms.noticeboard"
    for arguments in (["lint"], ["ledger", "init", "--name", "Test"], ["plan"], ["publish", "--yes"]):
        assert run(["--project", str(office), *arguments]) == 0, capsys.readouterr()
    assert "39/600" in capsys.readouterr().out
    assert len(board.posts()) == 1


@pytest.mark.usefixtures("in_the_folder")
def test_the_examples_limits_are_checked_by_lint(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "posts" / "rathaus.yaml").write_text(f"id: lang\nchannels: [brett]\ntext: {'ä' * 601}\n", "utf-8")
    assert run(["--project", str(office), "lint"]) == 1
    assert "601 of 600" in capsys.readouterr().out
