"""What is due: by the ledger, the clock and the channel's life."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.config import Project
from kanal.folder import scan
from kanal.ledger import State
from kanal.model import ChannelStatus, DeliveryKey, Outcome
from kanal.publish.overlooked import cut_off, orphans
from kanal.publish.planning import Step, plan
from kanal.publish.revisions import States
from kanal.publish.wait import Why

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def project(load_project: Callable[[], Project]) -> Project:
    return load_project()


def _plan(project: Project, states: States | None = None, now: datetime = NOW, **changes: object) -> list[Step]:
    folder = scan(project.root, project.setting, None)
    channels = {name: channel._replace(**changes) for name, channel in project.channels.items()}  # type: ignore[arg-type]
    known = {name: states or {} for name in channels}
    return plan(folder.entries, channels, known, project.office.mentions, now.astimezone(project.office.zone))


def _outcomes(steps: list[Step]) -> set[Outcome | None]:
    return {step.outcome for step in steps}


def test_new_drafts_are_due_on_each_of_their_channels(project: Project) -> None:
    keys = {(step.key.draft, step.key.channel) for step in _plan(project)}
    assert keys == {("baustelle", "mastodon"), ("baustelle", "x"), ("linden", "mastodon"), ("linden", "instagram")}
    assert _outcomes(_plan(project)) == {None}


def test_an_unfinished_draft_is_held_whatever_its_time(project: Project) -> None:
    file = project.posts / "baustelle.yaml"
    finished = file.read_text(encoding="utf-8")
    for time in ("", "publish_at: 2026-11-01 08:00\n"):
        file.write_text(f"{finished}unfinished: true\n{time}", encoding="utf-8")
        held = {step.key.draft for step in _plan(project) if step.why is Why.UNFINISHED}
        assert held == {"baustelle"}
    file.write_text(f"{finished}unfinished: false\n", encoding="utf-8")
    assert _outcomes(_plan(project)) == {None}


def test_what_the_ledger_calls_published_is_not_even_parsed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from kanal.folder import Entry

    keys = {step.key: (State.PUBLISHED, "") for step in _plan(project)}
    monkeypatch.setattr(Entry, "load", lambda _: pytest.fail("parsed"))
    assert _outcomes(_plan(project, keys)) == {Outcome.ALREADY}


@pytest.mark.parametrize("state", [State.RELEASED, State.REJECTED])
def test_what_is_known_not_to_be_out_is_due_again(project: Project, state: State) -> None:
    key = DeliveryKey("x", "baustelle")
    [step] = [step for step in _plan(project, {key: (state, "d")}) if step.key == key]
    assert (step.outcome, step.doubt) == (None, False)


@pytest.mark.parametrize("state", [State.CLAIMED, State.UNCERTAIN])
def test_an_open_claim_is_settled_before_anything_else(project: Project, state: State) -> None:
    key = DeliveryKey("x", "baustelle")
    [step] = [step for step in _plan(project, {key: (state, "d")}) if step.key == key]
    assert (step.outcome, step.doubt, step.afterwards) == (None, True, None)


def test_an_open_claim_on_a_paused_channel_is_settled_but_not_sent_again(project: Project) -> None:
    key = DeliveryKey("x", "baustelle")
    steps = _plan(project, {key: (State.UNCERTAIN, "d")}, status=ChannelStatus.PAUSED)
    [step] = [step for step in steps if step.key == key]
    assert step.doubt
    assert step.afterwards is not None
    assert step.afterwards[0] is Outcome.HELD


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (ChannelStatus.PLANNED, Outcome.HELD),
        (ChannelStatus.PAUSED, Outcome.HELD),
        (ChannelStatus.ENDED, Outcome.SKIPPED),
    ],
)
def test_only_active_channels_are_posted_to(project: Project, status: ChannelStatus, outcome: Outcome) -> None:
    assert _outcomes(_plan(project, status=status)) == {outcome}


def test_a_channel_begins_on_its_first_day_in_the_offices_zone(project: Project) -> None:
    start = datetime(2026, 12, 1, tzinfo=project.office.zone).date()
    just_before = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)  # 23:59 in Berlin
    assert _outcomes(_plan(project, now=just_before, start=start)) == {Outcome.HELD}
    assert _outcomes(_plan(project, now=just_before + timedelta(minutes=1), start=start)) == {None}


def test_a_draft_never_goes_out_early(project: Project, write_file: Callable[[str, str], Path]) -> None:
    write_file("posts/baustelle.yaml", "id: baustelle\nchannels: [x]\ntext: Hallo.\npublish_at: 2026-12-01 08:00\n")
    due = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)  # 08:00 in Berlin
    for moment, outcome in ((due - timedelta(seconds=1), Outcome.DEFERRED), (due, None)):
        [step] = [step for step in _plan(project, now=moment) if step.key.draft == "baustelle"]
        assert step.outcome is outcome


def test_what_is_embargoed_waits_even_when_it_is_due(project: Project, write_file: Callable[[str, str], Path]) -> None:
    write_file(
        "posts/baustelle.yaml",
        "id: baustelle\nchannels: [x]\ntext: Hallo.\npublish_at: 2026-12-01 08:00\nembargo: 2026-12-01 09:00\n",
    )
    over = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)  # 09:00 in Berlin
    for moment, outcome in ((over - timedelta(seconds=1), Outcome.DEFERRED), (over, None)):
        [step] = [step for step in _plan(project, now=moment) if step.key.draft == "baustelle"]
        assert step.outcome is outcome


@pytest.mark.parametrize("more", ["", "publish_at: 2026-11-20 08:00\n", "publish_at: 2999-01-01 08:00\n"])
def test_a_reply_is_held_whatever_its_time(project: Project, write_file: Callable[[str, str], Path], more: str) -> None:
    write_file("posts/baustelle.yaml", f"id: baustelle\ntype: reply\nchannels: [mastodon, x]\ntext: Gern.\n{more}")
    steps = [step for step in _plan(project) if step.key.draft == "baustelle"]
    assert {step.key.channel for step in steps} == {"mastodon", "x"}
    assert _outcomes(steps) == {Outcome.HELD}
    assert all("does not send them yet" in str(step.reason) for step in steps)
    assert _outcomes([step for step in _plan(project) if step.key.draft == "linden"]) == {None}


def test_an_open_claim_of_what_became_a_reply_is_settled_but_not_sent_again(
    project: Project, write_file: Callable[[str, str], Path]
) -> None:
    write_file("posts/baustelle.yaml", "id: baustelle\ntype: reply\nchannels: [x]\ntext: Gern.\n")
    key = DeliveryKey("x", "baustelle")
    [step] = [step for step in _plan(project, {key: (State.UNCERTAIN, "d")}) if step.key == key]
    assert (step.outcome, step.doubt) == (None, True)
    assert step.afterwards is not None
    assert step.afterwards[0] is Outcome.HELD


def test_crisis_information_goes_first(project: Project, write_file: Callable[[str, str], Path]) -> None:
    write_file("posts/z-sturm.yaml", "id: z-sturm\ntype: crisis\nchannels: [x]\ntext: Sturm. Bleiben Sie zu Hause.\n")
    assert _plan(project)[0].key.draft == "z-sturm"


def test_an_open_delivery_without_a_draft_is_not_forgotten(project: Project) -> None:
    gone, foreign = DeliveryKey("x", "weg"), DeliveryKey("other", "weg")
    known = {gone: (State.CLAIMED, "d"), foreign: (State.CLAIMED, "d"), DeliveryKey("x", "alt"): (State.PUBLISHED, "d")}
    steps = _plan(project)
    assert [step.key for step in orphans({"x": known}, steps)] == [gone]


def test_an_open_delivery_on_a_channel_that_was_taken_out_stays_uncertain(project: Project) -> None:
    lost, kept = DeliveryKey("old", "meldung"), DeliveryKey("x", "meldung")
    known = {
        lost: (State.UNCERTAIN, "d"),
        kept: (State.CLAIMED, "d"),
        DeliveryKey("old", "aus"): (State.PUBLISHED, "d"),
    }
    [step] = cut_off([known], project.channels)
    assert (step.key, step.outcome) == (lost, Outcome.UNCERTAIN)
    assert "“old”" in str(step.reason)
