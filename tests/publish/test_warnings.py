"""While a warning holds, ordinary posts wait, and nothing else does."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kanal.config import Project
from kanal.folder import scan
from kanal.model import Outcome
from kanal.publish.planning import Situation, Step, plan
from kanal.publish.warnings import active_warning
from tests.conftest import LoadProject, WriteFile

BERLIN = ZoneInfo("Europe/Berlin")
TIMES = "starts_at: 2026-12-08 14:00\nends_at: 2026-12-09 06:00\n"
STORM = f"id: sturm\ntype: crisis\nchannels: [mastodon]\ntext: Sturm.\n{TIMES}"
INSIDE = datetime(2026, 12, 8, 14, 0, tzinfo=BERLIN)


@pytest.fixture
def project(write_file: WriteFile, load_project: LoadProject) -> Project:
    write_file("posts/sturm.yaml", STORM)
    for kind in ("event", "correction"):
        write_file(f"posts/{kind}.yaml", f"id: {kind}\ntype: {kind}\nchannels: [mastodon]\ntext: Ein Fest.\n")
    return load_project()


def _steps(project: Project, now: datetime) -> dict[str, Step]:
    folder = scan(project.root, project.setting, None)
    channels = {"mastodon": project.channels["mastodon"]}
    found = plan(
        folder.entries,
        channels,
        {"mastodon": {}},
        project.office.mentions,
        now,
        situation=Situation(warning=active_warning(folder.entries, now)),
    )
    return {step.key.draft: step for step in found}


def test_an_ordinary_post_is_held_with_the_reason(project: Project) -> None:
    step = _steps(project, INSIDE)["event"]
    assert step.outcome is Outcome.HELD
    assert str(step.reason) == "The warning “sturm” holds until 2026-12-09 06:00; ordinary posts wait."


def test_the_warning_itself_and_corrections_go_out(project: Project) -> None:
    steps = _steps(project, INSIDE)
    assert (steps["sturm"].outcome, steps["correction"].outcome) == (None, None)


@pytest.mark.parametrize("hour", [(8, 13, 59), (9, 6, 0), (10, 12, 0)])
def test_before_and_after_nothing_is_held(project: Project, hour: tuple[int, int, int]) -> None:
    day, hours, minutes = hour
    assert _steps(project, datetime(2026, 12, day, hours, minutes, tzinfo=BERLIN))["event"].outcome is None


@pytest.mark.parametrize("left_out", ["starts_at: 2026-12-08 14:00\n", "ends_at: 2026-12-09 06:00\n", "type: crisis\n"])
def test_without_beginning_or_end_nothing_is_held(
    project: Project, write_file: WriteFile, load_project: LoadProject, left_out: str
) -> None:
    write_file("posts/sturm.yaml", STORM.replace(left_out, ""))
    assert _steps(load_project(), INSIDE)["event"].outcome is None
    assert project.root.is_dir()
