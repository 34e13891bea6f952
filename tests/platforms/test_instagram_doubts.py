"""The Instagram adapter when something goes wrong: what the container tells, what is searched, what waits."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.errors import Unavailable, Uncertain
from kanal.model import Part, Prepared
from kanal.sandbox import Fault, FaultKind
from tests.practised import pictures

from .instagram_setting import Setting, instagram

KEY = "instagram/entwurf/1/1"
TEXT = "Herbst im Kreishaus. Mehr: www.landkreis.example #Landkreis"


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[Setting]:
    with instagram(tmp_path) as running:
        yield running


@pytest.fixture
def one(tmp_path: Path) -> Part:
    return Part(TEXT, "de", media=pictures(tmp_path, 1))


def _recently() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


@pytest.mark.parametrize("kind", [FaultKind.ERROR_AFTER, FaultKind.CUT_AFTER, FaultKind.HTML])
def test_a_post_whose_answer_was_lost_is_recognised_by_its_container(
    setting: Setting, one: Part, kind: FaultKind
) -> None:
    prepared = setting.adapter.prepare(one)
    setting.practice.set_fault("instagram", Fault(kind))
    with pytest.raises(Uncertain):
        setting.adapter.commit(prepared, KEY)
    receipt = setting.adapter.repeat(prepared, KEY)
    (post,) = setting.practice.posts("instagram")
    assert (receipt.id, receipt.url) == (post.id, post.url)
    assert setting.adapter.find(prepared, _recently()) == receipt


def test_a_post_that_was_not_made_is_published_from_the_same_container(setting: Setting, one: Part) -> None:
    prepared = setting.adapter.prepare(one)
    setting.practice.set_fault("instagram", Fault(FaultKind.ERROR_BEFORE))
    with pytest.raises(Uncertain):
        setting.adapter.commit(prepared, KEY)
    assert setting.adapter.find(prepared, _recently()) is None
    first = setting.adapter.repeat(prepared, KEY)
    assert setting.adapter.repeat(prepared, KEY).id == first.id
    assert len(setting.practice.posts("instagram")) == 1


def test_an_expired_container_was_certainly_not_published(setting: Setting, one: Part) -> None:
    prepared = setting.adapter.prepare(one)
    setting.clock.hours = 25
    with pytest.raises(Unavailable):
        setting.adapter.repeat(prepared, KEY)
    assert setting.practice.posts("instagram") == []


@pytest.mark.parametrize("kind", [FaultKind.EXPIRED, FaultKind.DOWN, FaultKind.TOO_MANY, FaultKind.CUT_AFTER])
def test_a_container_that_cannot_be_asked_leaves_the_doubt(setting: Setting, one: Part, kind: FaultKind) -> None:
    prepared = setting.adapter.prepare(one)
    setting.adapter.commit(prepared, KEY)
    setting.practice.set_fault("instagram", Fault(kind, calls="all"))
    with pytest.raises(Uncertain):
        setting.adapter.repeat(prepared, KEY)


def test_two_published_containers_with_the_same_caption_are_not_told_apart(setting: Setting, one: Part) -> None:
    first, second = setting.adapter.prepare(one), setting.adapter.prepare(one)
    setting.adapter.commit(first, KEY)
    setting.adapter.commit(second, KEY)
    with pytest.raises(Uncertain):
        setting.adapter.repeat(first, KEY)


def test_a_published_post_that_is_not_listed_is_never_called_absent(setting: Setting, one: Part) -> None:
    prepared = setting.adapter.prepare(one)
    setting.adapter.commit(prepared, KEY)
    changed = Prepared(one._replace(text="Ein ganz anderer Text"), prepared.handles)
    with pytest.raises(Unavailable) as unclear:
        setting.adapter.find(changed, _recently())
    assert unclear.value.needs_person
    with pytest.raises(Uncertain):
        setting.adapter.repeat(changed, KEY)


def test_a_single_picture_is_not_taken_for_a_carousel_with_the_same_caption(setting: Setting, tmp_path: Path) -> None:
    media = pictures(tmp_path, 2)
    setting.adapter.commit(setting.adapter.prepare(Part(TEXT, "de", media=media)), KEY)
    single = setting.adapter.prepare(Part(TEXT, "de", media=media[:1]))
    assert setting.adapter.find(single, _recently()) is None
    mine = setting.adapter.commit(single, KEY)
    found = setting.adapter.find(single, _recently())
    assert found is not None
    assert found.id == mine.id


@pytest.mark.parametrize(
    ("kind", "person"), [(FaultKind.TOO_MANY, False), (FaultKind.EXPIRED, True), (FaultKind.DOWN, False)]
)
def test_what_certainly_published_nothing_is_tried_again_later(
    setting: Setting, one: Part, kind: FaultKind, person: bool
) -> None:
    prepared = setting.adapter.prepare(one)
    setting.practice.set_fault("instagram", Fault(kind, seconds=120))
    with pytest.raises(Unavailable) as failed:
        setting.adapter.commit(prepared, KEY)
    assert failed.value.channel_wide
    assert failed.value.needs_person is person
    setting.practice.heal()
    assert setting.practice.posts("instagram") == []
