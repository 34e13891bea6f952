"""What a real channel owes: its papers, a review every year, and on Meta's networks a little more."""

from datetime import date
from typing import Any

import pytest

from kanal.model import Channel, ChannelStatus, Duties
from kanal.rules import Rule
from kanal.rules.privacy.channel_duties import check as duties
from kanal.rules.privacy.channel_review import check as review
from kanal.rules.privacy.meta_insights import check as insights

TODAY = date(2026, 11, 23)
PAPERS: dict[str, Any] = {
    "concept": "KT/2026/041",
    "reviewed": date(2026, 6, 1),
    "assessment": "Mappe 3",
    "imprint": "https://www.landkreis-musterland.example/impressum",
    "privacy": "https://www.landkreis-musterland.example/datenschutz",
    "contact": "Telefon 115",
    "joint_control": "Mappe 4",
    "insights_off": True,
}
ALL = [duties, review, insights]


def _real(platform: str = "facebook", **fields: Any) -> Channel:
    """A channel that is live and has nothing in order."""
    return Channel(
        **{"name": "a", "platform": platform, "account": "1", "status": ChannelStatus.ACTIVE, "live": True, **fields}
    )


def _with_papers(**changes: Any) -> Channel:
    """A channel that has everything in order but for the changes."""
    return _real(duties=Duties(**{**PAPERS, **changes}))


def _fields(rule: Rule, channel: Channel, **options: object) -> list[str]:
    return [problem.field for problem in rule.check(channel, TODAY, **options)]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_complete_channel_is_silent(rule: Rule) -> None:
    assert _fields(rule, _with_papers()) == []


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
@pytest.mark.parametrize("change", [{"live": False}, {"status": ChannelStatus.ENDED}], ids=["practice", "ended"])
def test_channels_that_practise_or_have_ended_owe_nothing(rule: Rule, change: dict[str, Any]) -> None:
    assert _fields(rule, _real(**change)) == []


@pytest.mark.parametrize("status", [ChannelStatus.PLANNED, ChannelStatus.ACTIVE, ChannelStatus.PAUSED])
def test_each_missing_paper_is_one_finding(status: ChannelStatus) -> None:
    assert _fields(duties, _real(status=status)) == [
        "duties.concept",
        "duties.assessment",
        "duties.imprint",
        "duties.privacy",
        "duties.contact",
    ]
    assert _fields(duties, _with_papers(imprint=None)) == ["duties.imprint"]


@pytest.mark.parametrize(
    ("reviewed", "found"),
    [(date(2025, 11, 22), 1), (date(2025, 11, 23), 0), (date(2026, 11, 23), 0), (date(2027, 1, 1), 0), (None, 1)],
)
def test_a_review_lasts_twelve_months_to_the_day(reviewed: date | None, found: int) -> None:
    assert len(_fields(review, _with_papers(reviewed=reviewed))) == found


def test_an_office_may_review_more_often() -> None:
    channel = _with_papers(reviewed=date(2026, 5, 1))
    assert _fields(review, channel, months=6) == ["duties.reviewed"]
    assert _fields(review, channel) == []


@pytest.mark.parametrize(("platform", "found"), [("facebook", 2), ("instagram", 2), ("mastodon", 0), ("x", 0)])
def test_only_metas_networks_need_the_agreement_and_the_switch(platform: str, found: int) -> None:
    assert len(_fields(insights, _real(platform))) == found


def test_the_switch_alone_does_not_replace_the_agreement() -> None:
    assert _fields(insights, _with_papers(joint_control=None)) == ["duties.joint_control"]
    assert _fields(insights, _with_papers(insights_off=False)) == ["duties.insights_off"]
