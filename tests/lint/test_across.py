"""What was found when drafts were held against each other is kept, and never outlives what it depends on."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.lint import lint
from tests.conftest import LoadProject, WriteFile

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DRAFT = "id: {0}\nchannels: [mastodon]\npublish_at: 2026-12-01 10:00\ntext: Das Bürgerbüro ist umgezogen.\n"
WAIVER = "waivers:\n  - {rule: time/collision, reason: Beides eilt, name: Kim Muster}\n"


@pytest.mark.parametrize("written", [(DRAFT, DRAFT + WAIVER), (DRAFT + WAIVER, DRAFT), (DRAFT, f"# neu\n{DRAFT}")])
def test_a_changed_draft_is_held_against_the_others_again(
    written: tuple[str, str], write_file: WriteFile, load_project: LoadProject, tmp_path: Path
) -> None:
    project = load_project()
    write_file("posts/a.yaml", DRAFT.format("a"))
    for text in written:
        write_file("posts/b.yaml", text.replace("{0}", "b"))
        found = [lint(project, NOW, cache).findings for cache in (tmp_path / "cache", None)]
        assert found[0] == found[1]
        assert ("time/collision" in {finding.rule for finding in found[0]}) is (WAIVER not in text)
