"""A story says nothing that nobody would see; other networks have none."""

from pathlib import Path
from typing import Any

from kanal.model import TEXT, Extra, Format, Picture, Variant
from kanal.rules.platform.alt_length import check as alt_length
from kanal.rules.platform.media_count import check as count
from kanal.rules.platform.media_format import check as form
from kanal.rules.platform.story import check as rule
from kanal.rules.platform.unsupported import check as unsupported
from tests.media.pictures import picture as drawn
from tests.rules.drafted import found


def _draft(*pictures: Picture, left_out: tuple[str, ...] = (TEXT,), **more: Any) -> dict[str, Any]:
    variant = Variant(format=Format.STORY, leave_out=left_out)
    return {"media": pictures, "channels": ("instagram", "mastodon"), "variants": {"instagram": variant}, **more}


def _picture(folder: Path, size: tuple[int, int] = (720, 1280)) -> Picture:
    return Picture(drawn(folder / "hoch.jpg", size=size), "Das leere Freibad", "LK", "CC0")


def test_a_story_without_text_of_any_shape_draws_nothing(tmp_path: Path) -> None:
    draft = _draft(_picture(tmp_path))
    for each in (rule, unsupported, count, form, alt_length):
        assert found(each, draft=draft) == []


def test_a_tall_picture_is_no_post_on_instagram(tmp_path: Path) -> None:
    draft = {"media": (_picture(tmp_path),), "channels": ("instagram",)}
    [one] = found(form, draft=draft)
    assert "proportions" in one.said


def test_text_that_a_story_would_lose_is_found_where_it_stands(tmp_path: Path) -> None:
    [one] = found(rule, draft=_draft(_picture(tmp_path), left_out=()))
    assert (one.field, "leave_out: [text]" in one.said) == ("text", True)
    [own] = found(rule, draft={**_draft(), "variants": {"instagram": Variant("Zu.", format=Format.STORY)}})
    assert own.field == "variants.instagram.text"


def test_a_link_would_be_lost_as_well(tmp_path: Path) -> None:
    picture = _picture(tmp_path)
    link = "https://landkreis.example/freibad"
    assert found(rule, draft=_draft(picture, link=link)) == []
    assert len(found(rule, draft=_draft(picture, left_out=(), link=link))) == 1


def test_a_network_without_stories_says_so_where_the_story_is_asked_for(tmp_path: Path) -> None:
    media = (_picture(tmp_path),)
    [whole] = found(unsupported, draft={"media": media, "channels": ("x", "facebook"), "format": Format.STORY})
    assert (whole.field, whole.said.partition(" cannot")[0]) == ("format", "x, facebook")
    variant = {"mastodon": Variant(format=Format.STORY)}
    [one] = found(unsupported, draft={"media": media, "channels": ("mastodon",), "variants": variant})
    assert one.field == "variants.mastodon.format"


def test_a_channel_may_go_without_the_story(tmp_path: Path) -> None:
    variants = {"mastodon": Variant(leave_out=(Extra.FORMAT,)), "instagram": Variant(leave_out=(TEXT,))}
    draft = _draft(_picture(tmp_path), format=Format.STORY) | {"variants": variants}
    for each in (rule, unsupported, form):
        assert found(each, draft=draft) == []


def test_a_story_shows_one_picture(tmp_path: Path) -> None:
    picture = _picture(tmp_path)
    [one] = found(count, draft=_draft(picture, picture))
    assert "instagram takes 1 pictures at most; here are 2" in one.said
