"""While a warning holds, ordinary posts wait."""

import pytest

from kanal.model import DraftType
from kanal.rules import Summary
from kanal.rules.crisis.hold import check as hold
from tests.rules.drafted import NOW
from tests.rules.moments import at

STORM = Summary(
    "posts/storm.yaml",
    "storm",
    DraftType.CRISIS,
    ("mastodon",),
    publish_at=at("2026-12-08 09:00"),
    starts_at=at("2026-12-08 14:00"),
    ends_at=at("2026-12-09 06:00"),
)


def _post(publish_at: str | None, kind: DraftType = DraftType.ANNOUNCEMENT) -> Summary:
    return Summary("posts/a.yaml", "a", kind, ("x",), publish_at=at(publish_at) if publish_at else None)


def _held(*summaries: Summary) -> list[str]:
    found = list(hold.check(summaries, NOW))
    assert {problem.field for _, problem in found} <= {"publish_at"}
    return [summary.file for summary, _ in found]


@pytest.mark.parametrize("time", ["2026-12-08 09:00", "2026-12-08 13:00", "2026-12-09 05:59"])
def test_a_post_in_the_time_of_a_warning_is_held_on_any_channel(time: str) -> None:
    assert _held(STORM, _post(time)) == ["posts/a.yaml"]


@pytest.mark.parametrize("time", ["2026-12-08 08:59", "2026-12-09 06:00", None])
def test_before_and_after_it_posts_go_out(time: str | None) -> None:
    assert _held(_post(time), STORM) == []


@pytest.mark.parametrize("kind", [DraftType.CRISIS, DraftType.CORRECTION, DraftType.REPLY])
def test_warnings_corrections_and_replies_never_wait(kind: DraftType) -> None:
    assert _held(STORM, _post("2026-12-08 13:00", kind)) == []


def test_a_warning_without_beginning_or_without_end_holds_nothing() -> None:
    urgent = STORM._replace(publish_at=None, starts_at=None)
    assert _held(urgent, _post("2026-11-23 09:00"), _post("2026-11-23 08:59")) == []
    assert _held(STORM._replace(ends_at=None), _post("2026-12-08 13:00")) == []


def test_a_post_in_the_time_of_two_warnings_is_told_once_and_hears_until_when() -> None:
    found = list(hold.check([STORM, STORM._replace(file="posts/flood.yaml"), _post("2026-12-08 13:00")], NOW))
    assert len(found) == 1
    assert "posts/storm.yaml, until 2026-12-09 05:00 UTC" in str(found[0][1].message)
