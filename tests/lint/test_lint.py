import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kanal.config import Project
from kanal.folder import scan
from kanal.lint import has_errors, lint, lint_entries
from kanal.lint.tracked import tracked
from kanal.model import Finding, Severity
from tests.media.pictures import BERLIN, exif, picture
from tests.rules.examples import NOW

WriteFile = Callable[[str, str], Path]
LoadProject = Callable[[], Project]
TOKEN = "EAA" + "GmB4x9Q2" * 12
MISSPELT = "id: {}\nchannels: [mastodn]\ntext: Gesperrt.\n"


@pytest.fixture(autouse=True)
def _no_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    """Called from a commit hook, git would otherwise write into the repository that is being committed to."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)


def _lint(project: Project, *only: str) -> list[Finding]:
    return list(lint(project, NOW, None, only or None).findings)


def _short(findings: list[Finding]) -> list[tuple[str, int, int, str]]:
    return [(f.file, f.place.line, f.place.column, f.rule) for f in findings]


def test_a_good_folder_draws_no_finding(load_project: LoadProject) -> None:
    findings = _lint(load_project())
    assert findings == []
    assert not has_errors(findings)


def test_findings_of_all_files_and_kinds_come_sorted(write_file: WriteFile, load_project: LoadProject) -> None:
    write_file("posts/z.yaml", MISSPELT.format("z"))
    write_file("posts/a.yaml", MISSPELT.format("linden"))
    write_file("posts/b.yaml", "id: b\nfoo: 1\n")
    write_file("config/notes.txt", f"Zeile\n{TOKEN}\n")
    findings = _lint(load_project())
    assert _short(findings) == [
        ("config/notes.txt", 2, 1, "security/token-in-file"),
        ("posts/a.yaml", 2, 12, "references/channel"),
        ("posts/b.yaml", 1, 1, "format/missing-key"),
        ("posts/b.yaml", 1, 1, "format/missing-key"),
        ("posts/b.yaml", 2, 1, "format/unknown-key"),
        ("posts/verkehr/linden.yaml", 1, 5, "format/unique-id"),
        ("posts/z.yaml", 2, 12, "references/channel"),
    ]
    assert has_errors(findings)


def test_only_the_named_files_are_looked_at(write_file: WriteFile, load_project: LoadProject) -> None:
    write_file("posts/y.yaml", MISSPELT.format("y"))
    write_file("posts/z.yaml", MISSPELT.format("z"))
    write_file("posts/b.yaml", "id: b\n")
    write_file("config/notes.txt", TOKEN)
    assert [finding.file for finding in _lint(load_project(), "posts/z.yaml", "posts/gone.yaml")] == ["posts/z.yaml"]


def test_the_policy_decides_how_severe_a_rule_is(write_file: WriteFile, load_project: LoadProject) -> None:
    write_file("posts/z.yaml", MISSPELT.format("z"))
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {references/channel: info}\n")
    findings = _lint(load_project())
    assert [finding.severity for finding in findings] == [Severity.INFO]
    assert not has_errors(findings)
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {references/channel: off}\n")
    assert _lint(load_project()) == []


def test_a_file_rule_can_be_switched_off_too(write_file: WriteFile, load_project: LoadProject) -> None:
    write_file("config/notes.txt", TOKEN)
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {security/token-in-file: off}\n")
    assert _lint(load_project()) == []


def test_a_token_is_found_in_a_draft_that_cannot_be_read(write_file: WriteFile, load_project: LoadProject) -> None:
    write_file("posts/b.yaml", f"token: {TOKEN}\n")
    findings = _lint(load_project())
    assert ("posts/b.yaml", 1, 8, "security/token-in-file") in _short(findings)
    assert not any(TOKEN[:20] in str(finding) for finding in findings)


@pytest.mark.parametrize("content", [b"\xff\xd8\xff" + TOKEN.encode(), TOKEN.encode() + b"a" * 1_000_001])
def test_binary_and_huge_files_are_not_searched_for_tokens(
    office_folder: Path, load_project: LoadProject, content: bytes
) -> None:
    (office_folder / "config" / "data.txt").write_bytes(content)
    assert _lint(load_project()) == []


def _tracked(root: Path) -> list[str]:
    with tracked(root) as files:
        return files()


def test_where_git_is_missing_its_place_is_taken_by_the_usual_files(
    office_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=office_folder, check=True)
    monkeypatch.setenv("PATH", str(office_folder))
    assert "config/kanal.yaml" in _tracked(office_folder)


def test_only_what_git_tracks_is_searched_for_tokens(
    office_folder: Path, write_file: WriteFile, load_project: LoadProject
) -> None:
    write_file("config/öffentlich.env", TOKEN)
    write_file("config/private.env", TOKEN)
    subprocess.run(["git", "init", "-q"], cwd=office_folder, check=True)
    subprocess.run(["git", "add", "config/öffentlich.env"], cwd=office_folder, check=True)
    assert _tracked(office_folder) == ["config/öffentlich.env"]
    assert [finding.file for finding in _lint(load_project())] == ["config/öffentlich.env"]


def test_names_are_those_below_an_office_that_is_part_of_a_larger_repository(
    office_folder: Path, write_file: WriteFile
) -> None:
    write_file("../elsewhere.txt", "a")
    subprocess.run(["git", "init", "-q"], cwd=office_folder.parent, check=True)
    subprocess.run(["git", "add", "."], cwd=office_folder.parent, check=True)
    assert "config/kanal.yaml" in _tracked(office_folder)
    assert not any("elsewhere" in name for name in _tracked(office_folder))


def test_without_git_configuration_and_drafts_are_searched(office_folder: Path) -> None:
    assert _tracked(office_folder) == [
        "config/channels.yaml",
        "config/kanal.yaml",
        "config/plain.yaml",
        "config/policy.yaml",
        "posts/baustelle.yaml",
        "posts/verkehr/linden.yaml",
    ]


def test_before_sending_the_drafts_concerned_and_unreadable_ones_are_checked(
    write_file: WriteFile, load_project: LoadProject
) -> None:
    write_file("posts/a.yaml", MISSPELT.format("a"))
    write_file("posts/b.yaml", "id: b\n")
    write_file("posts/c.yaml", MISSPELT.format("c"))
    project = load_project()
    folder = scan(project.root, project.setting, None)
    concerned = [entry for entry in folder.entries if entry.id == "c"]
    found = lint_entries(project, folder, concerned, NOW)
    assert {finding.file for finding in found} == {"posts/b.yaml", "posts/c.yaml"}


def test_a_finding_about_a_variants_picture_stands_at_that_picture(
    write_file: WriteFile, load_project: LoadProject
) -> None:
    picture = "{file: gone.jpg, alt: Eine junge Linde, credit: Landkreis, licence: CC0}"
    write_file(
        "posts/z.yaml", f"id: z\nchannels: [mastodon]\ntext: a\nvariants:\n  mastodon:\n    media: [{picture}]\n"
    )
    (finding,) = _lint(load_project())
    assert (finding.field, finding.place.line, finding.place.column) == ("variants.mastodon.media[0].file", 6, 20)


def test_several_processes_find_what_one_finds(
    office_folder: Path, write_file: WriteFile, load_project: LoadProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(office_folder / "posts" / "berlin.jpg", exif=exif(gps=BERLIN))
    shown = "media: [{file: berlin.jpg, alt: Das Rathaus, credit: Landkreis, licence: CC0}]\n"
    for number in range(60):
        write_file(f"posts/{number}.yaml", MISSPELT.format(f"draft-{number}") + (shown if number % 3 == 0 else ""))
    alone = _lint(load_project())
    monkeypatch.setattr("kanal.lint.MANY", 1)
    monkeypatch.setattr("kanal.lint.side_by_side.processors", lambda: 2)
    assert _lint(load_project()) == alone
    assert sum(finding.rule == "privacy/picture-metadata" for finding in alone) == 20
