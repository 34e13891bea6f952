"""When posts are planned: embargo, night, holidays, one after the other."""

from datetime import date

import holidays
import pytest

from kanal.config.office import STATES
from kanal.errors import ConfigError
from kanal.model import DraftType
from kanal.rules import Summary
from kanal.rules.public_holidays import may_be_holiday
from kanal.rules.time.before_embargo import check as before_embargo
from kanal.rules.time.collision import check as collision
from kanal.rules.time.holiday import check as holiday
from kanal.rules.time.quiet_hours import check as quiet_hours
from tests.rules.drafted import NOW
from tests.rules.moments import at, fields, problems, subject_of

EMBARGO = at("2026-12-01 11:00")


@pytest.mark.parametrize(
    ("publish_at", "now", "found"),
    [
        ("2026-12-01 10:59", "2026-11-23 09:00", ["publish_at"]),
        ("2026-12-01 10:59", "2027-11-23 09:00", ["publish_at"]),
        ("2026-12-01 11:00", "2026-11-23 09:00", []),
        (None, "2026-11-23 09:00", []),
    ],
)
def test_nothing_is_planned_before_its_embargo_ends(publish_at: str | None, now: str, found: list[str]) -> None:
    subject = subject_of(embargo=EMBARGO, publish_at=at(publish_at) if publish_at else None, now=at(now))
    assert fields(before_embargo, subject) == found
    assert fields(before_embargo, subject_of(publish_at=subject.draft.publish_at)) == []


@pytest.mark.parametrize(("clock", "quiet"), [("22:00", True), ("03:00", True), ("06:00", False), ("21:59", False)])
def test_the_night_goes_over_midnight(clock: str, *, quiet: bool) -> None:
    assert fields(quiet_hours, subject_of(publish_at=at(f"2026-11-24 {clock}"))) == (["publish_at"] if quiet else [])


def test_an_office_has_its_own_night_and_warnings_have_none() -> None:
    early = subject_of(publish_at=at("2026-11-24 06:30"))
    assert fields(quiet_hours, early, end="07:00") == ["publish_at"]
    assert fields(quiet_hours, early, begin="00:00", end="06:00") == []
    assert fields(quiet_hours, subject_of(publish_at=at("2026-11-24 03:00"), type=DraftType.CRISIS)) == []
    assert fields(quiet_hours, subject_of()) == []


def test_an_hour_that_is_none_is_told_as_a_mistake_of_the_configuration() -> None:
    with pytest.raises(ConfigError, match="“ten” is no time of day"):
        problems(quiet_hours, subject_of(publish_at=at("2026-11-24 06:30")), begin="ten")


@pytest.mark.parametrize(
    ("day", "state", "name"),
    [
        ("2026-12-25", "BB", "Erster Weihnachtstag"),
        ("2027-03-28", "BB", "Ostersonntag"),
        ("2027-03-28", "BE", None),
        ("2026-11-18", "SN", "Buß- und Bettag"),
        ("2026-11-18", "BB", None),
        ("2026-12-24", "BB", None),
        ("2026-12-25", None, None),
    ],
)
def test_a_holiday_depends_on_the_land(day: str, state: str | None, name: str | None) -> None:
    found = problems(holiday, subject_of(publish_at=at(f"{day} 08:00"), state=state))
    assert [problem.field for problem in found] == (["publish_at"] if name else [])
    assert all(name and name in str(problem.message) for problem in found)


@pytest.mark.parametrize(
    ("day", "state", "there"),
    [
        ("2027-08-15", "BY", True),
        ("2027-05-27", "SN", True),
        ("2027-05-27", "TH", True),
        ("2027-05-27", "BB", False),
        ("2027-08-15", "SN", False),
    ],
)
def test_municipalities_of_mostly_catholic_people_have_a_holiday_more(day: str, state: str, *, there: bool) -> None:
    subject = subject_of(publish_at=at(f"{day} 08:00"), state=state)
    assert fields(holiday, subject) == []
    assert fields(holiday, subject, catholic=True) == (["publish_at"] if there else [])


def test_sundays_count_if_the_office_wants_it() -> None:
    sunday = subject_of(publish_at=at("2026-11-29 08:00"), state="BB")
    assert fields(holiday, sunday) == []
    assert fields(holiday, sunday, sundays=True) == ["publish_at"]
    assert fields(holiday, subject_of(publish_at=at("2026-11-28 08:00")), sundays=True) == []


def test_warnings_go_out_on_holidays() -> None:
    assert fields(holiday, subject_of(publish_at=at("2026-12-25 08:00"), state="BB", type=DraftType.CRISIS)) == []


def test_no_holiday_of_any_land_is_overlooked_before_the_library_is_asked() -> None:
    for state in STATES:
        both = ("public", "catholic")
        for day in holidays.country_holidays("DE", subdiv=state, years=range(2020, 2040), categories=both):
            assert may_be_holiday(day), (day, state)
    assert not may_be_holiday(date(2026, 7, 1))


def _post(name: str, clock: str, channels: tuple[str, ...] = ("x",), kind: DraftType = DraftType.JOB) -> Summary:
    return Summary(f"posts/{name}.yaml", name, kind, channels, publish_at=at(f"2026-11-24 {clock}"))


def _colliding(*posts: Summary, **options: int) -> list[str]:
    return [summary.id for summary, _ in collision.check(posts, NOW, **options)]


def test_the_later_of_two_posts_is_told_about_the_earlier_one() -> None:
    ((summary, problem),) = collision.check([_post("b", "08:14"), _post("a", "08:00")], NOW)
    assert (summary.id, problem.field) == ("b", "publish_at")
    assert "posts/a.yaml goes out on x less than 15 minutes before" in str(problem.message)


def test_posts_apart_on_other_channels_or_without_time_do_not_collide() -> None:
    assert _colliding(_post("a", "08:00"), _post("b", "08:15")) == []
    assert _colliding(_post("a", "08:00"), _post("b", "08:01", ("mastodon",))) == []
    assert _colliding(_post("a", "08:00"), _post("b", "08:01")._replace(publish_at=None)) == []


def test_an_office_may_want_more_time_between_posts() -> None:
    assert _colliding(_post("a", "08:00"), _post("b", "08:40"), minutes=60) == ["b"]


def test_two_posts_on_several_channels_collide_once() -> None:
    both = ("mastodon", "x")
    assert _colliding(_post("a", "08:00", both), _post("b", "08:05", both), _post("c", "08:10", ("x",))) == ["b", "c"]


@pytest.mark.parametrize("kind", [DraftType.CRISIS, DraftType.REPLY])
def test_warnings_and_replies_never_collide(kind: DraftType) -> None:
    assert _colliding(_post("a", "08:00"), _post("b", "08:05", kind=kind)) == []
