"""The Instagram adapter against the practice network: stage, contain, wait, publish, tidy."""

import json
import logging
import os
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from kanal.abilities.sending import CanFind, CanLocate, CanRepeat, CanTidy
from kanal.errors import Rejected, Unavailable
from kanal.model import Part, Picture, Secret, StagingPlace
from kanal.platforms.instagram import Adapter
from tests.practised import pictures

from .instagram_setting import ACCOUNT, Setting, instagram

KEY = "instagram/entwurf/1/1"
TEXT = "Herbst im Kreishaus. Mehr: www.landkreis.example #Landkreis"


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[Setting]:
    with instagram(tmp_path) as running:
        yield running


@pytest.fixture
def one(tmp_path: Path) -> Part:
    return Part(TEXT, "de", media=pictures(tmp_path, 1))


def test_one_picture_takes_three_requests(setting: Setting, one: Part) -> None:
    receipt = setting.adapter.commit(setting.adapter.prepare(one), KEY)
    (post,) = setting.practice.posts("instagram", ACCOUNT)
    assert (post.id, post.text) == (receipt.id, TEXT)
    assert [(media.sha256, media.alt) for media in post.media] == [
        (sha256(one.media[0].file.read_bytes()).hexdigest(), one.media[0].alt)
    ]
    assert receipt.url is None
    assert setting.practice.request_counts()["instagram"] == 3
    assert setting.waits == []


def test_several_pictures_keep_their_order_and_their_alternative_texts(setting: Setting, tmp_path: Path) -> None:
    part = Part(TEXT, "de", media=pictures(tmp_path, 10))
    setting.adapter.commit(setting.adapter.prepare(part), KEY)
    (post,) = setting.practice.posts("instagram")
    assert [media.alt for media in post.media] == [picture.alt for picture in part.media]
    assert post.text == TEXT


def test_preparing_publishes_nothing_however_often(setting: Setting, one: Part) -> None:
    for _ in range(3):
        setting.adapter.prepare(one)
    assert setting.practice.posts("instagram") == []


def test_a_container_is_waited_for_in_growing_steps(tmp_path: Path, one: Part) -> None:
    with instagram(tmp_path, in_progress=3) as setting:
        setting.adapter.prepare(one)
        assert setting.waits == [1, 2, 5]
        assert setting.practice.request_counts()["instagram"] == 1 + 4


@pytest.mark.parametrize(("in_progress", "count"), [(1000, 1), (4, 3)])
def test_waiting_for_all_pictures_ends_after_five_minutes_and_nothing_stays_behind(
    tmp_path: Path, in_progress: int, count: int
) -> None:
    with instagram(tmp_path, in_progress=in_progress) as setting:
        with pytest.raises(Unavailable, match="five minutes"):
            setting.adapter.prepare(Part(TEXT, "de", media=pictures(tmp_path, count)))
        assert 240 < sum(setting.waits) <= 300
        assert setting.staged() == []


def test_staged_pictures_stay_until_the_delivery_is_settled(setting: Setting, one: Part) -> None:
    prepared = setting.adapter.prepare(one)
    assert setting.staged() == json.loads(prepared.handles["staged"])
    setting.adapter.commit(prepared, KEY)
    setting.adapter.tidy(prepared)
    setting.adapter.tidy(prepared)
    assert setting.staged() == []


def test_tidying_one_delivery_leaves_the_same_picture_of_another(setting: Setting, one: Part) -> None:
    first, second = setting.adapter.prepare(one), setting.adapter.prepare(one)
    setting.adapter.tidy(first)
    assert setting.staged() == json.loads(second.handles["staged"])


def test_a_picture_that_instagram_cannot_fetch_needs_a_person(setting: Setting, one: Part) -> None:
    place = StagingPlace(str(setting.staging), f"{setting.practice.address}elsewhere")
    adapter = Adapter(setting.channel._replace(staging=place), {"access_token": Secret(setting.token)})
    with pytest.raises(Unavailable) as failed:
        adapter.prepare(one)
    adapter.close()
    assert failed.value.needs_person
    assert failed.value.words == "The media could not be fetched from this URI."
    assert setting.staged() == []


def test_without_a_staging_place_nothing_can_be_published(setting: Setting, one: Part) -> None:
    adapter = Adapter(setting.channel._replace(staging=None), {"access_token": Secret(setting.token)})
    with pytest.raises(Unavailable, match="staging") as failed:
        adapter.prepare(one)
    assert failed.value.needs_person


def _png(folder: Path) -> Picture:
    file = folder / "picture.png"
    Image.new("RGB", (400, 400)).save(file)
    return Picture(file, "alt", "", "")


def test_what_instagram_does_not_take_is_refused_before_anything_is_sent(setting: Setting, tmp_path: Path) -> None:
    media = pictures(tmp_path, 11)
    for part in (
        Part(TEXT, "de"),
        Part(TEXT, "de", media=media),
        Part("x" * 2201, "de", media=media[:1]),
        Part(TEXT, "de", "https://landkreis.example", media[:1]),
        Part(TEXT, "de", media=(_png(tmp_path),)),
    ):
        with pytest.raises(Rejected):
            setting.adapter.prepare(part)
    assert setting.practice.request_counts().get("instagram", 0) == 0
    assert setting.staged() == []


def test_a_shape_that_only_instagram_refuses_is_rejected_in_its_words(setting: Setting, tmp_path: Path) -> None:
    file = tmp_path / "tower.jpg"
    Image.new("RGB", (400, 900)).save(file)
    with pytest.raises(Rejected) as refused:
        setting.adapter.prepare(Part(TEXT, "de", media=(Picture(file, "Ein Turm", "", ""),)))
    assert refused.value.words == "Use 4:5 to 1.91:1."
    assert setting.staged() == []


def test_addresses_of_many_posts_come_in_one_request(setting: Setting, one: Part) -> None:
    ids = [
        setting.adapter.commit(setting.adapter.prepare(one._replace(text=f"Nummer {number}")), KEY).id
        for number in range(3)
    ]
    setting.practice.reset_counts()
    assert setting.adapter.locate(ids) == {post.id: post.url for post in setting.practice.posts("instagram")}
    assert setting.practice.request_counts()["instagram"] == 1
    assert setting.adapter.locate([]) == {}
    assert setting.practice.request_counts()["instagram"] == 1


def test_the_token_is_in_no_log(setting: Setting, one: Part, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    prepared = setting.adapter.prepare(one)
    setting.adapter.commit(prepared, KEY)
    setting.adapter.locate(["1"])
    assert setting.token not in caplog.text
    assert setting.token not in str(prepared)


def test_what_instagram_can_do_is_present(setting: Setting) -> None:
    for ability in (CanRepeat, CanFind, CanLocate, CanTidy):
        assert isinstance(setting.adapter, ability)


def test_what_a_killed_run_left_staged_is_removed_when_its_container_is_dead(setting: Setting, one: Part) -> None:
    left = [json.loads(setting.adapter.prepare(one).handles["staged"])[0] for _ in range(2)]
    old = time.time() - 26 * 3600
    os.utime(setting.staging / left[0], (old, old))
    next_run = Adapter(setting.channel, {"access_token": Secret(setting.token)})
    next_run.prepare(one)
    next_run.close()
    assert left[0] not in setting.staged()
    assert left[1] in setting.staged()
