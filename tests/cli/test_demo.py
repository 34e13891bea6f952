"""`kanal demo`: the main job in an empty folder, without a configuration and without a network."""

from pathlib import Path

import pytest

from kanal.cli.main import run
from tests.cli.calls import process
from tests.conftest import WriteFile

ROOT = Path(__file__).parents[2]


def test_in_an_empty_folder_the_samples_are_published_once(tmp_path: Path) -> None:
    first = process(tmp_path, "demo")
    assert first.code == 0
    assert f"The sample drafts were copied to {tmp_path.resolve() / 'kanal-demo'}." in first.err
    lines = first.out.splitlines()
    published = [line for line in lines if line.split()[2:3] == ["published"]]
    drafts = list((tmp_path / "kanal-demo" / "posts").rglob("*.yaml"))
    assert len(drafts) == len(list((ROOT / "posts").rglob("*.yaml")))
    assert {line.split()[1] for line in published} == {"mastodon", "x", "facebook", "instagram"}
    assert f"Summary: {len(published)} published" in first.out
    page = tmp_path.resolve() / "kanal-demo" / ".kanal" / "sandbox" / "timeline" / "index.html"
    assert lines[-2] == f"The timelines, as they are now: {page.as_uri()}"
    assert "Tag der offenen Tür" in page.read_text(encoding="utf-8")
    assert lines[-1].startswith("To run the practice networks: ")
    second = process(tmp_path, "demo")
    assert second.code == 0
    assert "copied" not in second.err
    assert " published" not in second.out


def test_an_offices_own_folder_is_used_and_nothing_is_copied(
    office_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(office_folder)
    assert run(["demo"]) == 0
    assert "Summary: 4 published." in capsys.readouterr().out
    assert not (office_folder / "kanal-demo").exists()


def test_real_channels_are_practised_all_the_same(
    office_folder: Path, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No ledger, no credentials, no question: nothing leaves this computer."""
    config = (office_folder / "config" / "channels.yaml").read_text(encoding="utf-8")
    write_file("config/channels.yaml", config.replace("status: active\n", "status: active\n    live: true\n"))
    monkeypatch.chdir(office_folder)
    assert run(["demo"]) == 0
    assert "http://127.0.0.1:" in capsys.readouterr().out


def test_a_mistake_in_a_draft_stops_the_demo(
    office_folder: Path, write_file: WriteFile, capsys: pytest.CaptureFixture[str]
) -> None:
    write_file("posts/neu.yaml", "id: neu\nchanels: [x]\n")
    assert run(["--project", str(office_folder), "demo"]) == 1
    shown = capsys.readouterr()
    assert "posts/neu.yaml:2:1: error:" in shown.out
    assert shown.err.endswith("Nothing was sent.\n")
