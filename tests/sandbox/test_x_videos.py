"""Videos and their captions on the practice X: in segments, worked on, alone in their post."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kanal.sandbox import Practice
from kanal.testing.parts import write_film
from tests.media.films import gif
from tests.sandbox.clients import XApi

VTT = b"WEBVTT\n\n00:00.000 --> 00:00.500\n[Motor brummt]\n"


@pytest.fixture
def film(tmp_path: Path) -> bytes:
    write_film(tmp_path / "film.mp4")
    return (tmp_path / "film.mp4").read_bytes()


def _upload(x: XApi, data: bytes, kind: str, category: str) -> dict[str, Any]:
    asked = {"media_type": kind, "total_bytes": len(data), "media_category": category}
    media: str = x.call("POST", "/2/media/upload/initialize", json=asked).json()["data"]["id"]
    sent = {"files": {"media": ("blob", data)}, "data": {"segment_index": "0"}}
    x.call("POST", f"/2/media/upload/{media}/append", **sent)
    answer = x.call("POST", f"/2/media/upload/{media}/finalize")
    found: dict[str, Any] = answer.json().get("data") or {"status": answer.status_code}
    return found


def _state(x: XApi, media: str) -> str:
    asked = {"command": "STATUS", "media_id": media}
    state: str = x.call("GET", "/2/media/upload", params=asked).json()["data"]["processing_info"]["state"]
    return state


def test_a_video_is_worked_on_before_it_can_be_shown(practice: Practice, x: XApi, film: bytes) -> None:
    media = _upload(x, film, "video/mp4", "tweet_video")
    assert (media["processing_info"]["state"], media["media_key"][:2]) == ("pending", "7_")
    assert x.post("Zu früh", media={"media_ids": [media["id"]]}).status_code == 400
    assert _state(x, media["id"]) == "succeeded"
    assert x.post("Film", media={"media_ids": [media["id"]]}).status_code == 201
    assert [shown.type for shown in practice.posts()[0].media] == ["video/mp4"]
    listed = x.own(**{"expansions": "attachments.media_keys", "media.fields": "alt_text,type"})
    assert listed["includes"]["media"][0]["type"] == "video"


def test_captions_are_put_beside_a_video_by_language(practice: Practice, x: XApi, film: bytes) -> None:
    video = _upload(x, film, "video/mp4", "tweet_video")["id"]
    captions = _upload(x, VTT, "text/vtt", "subtitles")["id"]
    track = {"id": captions, "language_code": "DE", "display_name": "Deutsch"}
    good = {"id": video, "media_category": "TweetVideo", "subtitles": track}
    for bad in (
        {**good, "id": captions},
        {**good, "subtitles": {**track, "id": video}},
        {**good, "subtitles": {**track, "language_code": "de"}},
        {**good, "subtitles": "DE"},
        {**good, "media_category": "tweet_video"},
        {**good, "more": 1},
    ):
        assert x.call("POST", "/2/media/subtitles", json=bad).status_code == 400
    assert x.call("POST", "/2/media/subtitles", json=good).status_code == 200
    _state(x, video)
    x.post("Film", media={"media_ids": [video]})
    assert list(practice.posts()[0].media[0].captions) == ["DE"]
    assert x.post("Untertitel", media={"media_ids": [captions]}).status_code == 400


def test_a_moving_gif_or_a_video_stands_alone(
    x: XApi, film: bytes, picture: Callable[..., bytes], tmp_path: Path
) -> None:
    still = x.upload(picture()).json()["data"]["id"]
    moving = gif(tmp_path / "a.gif", frames=2).read_bytes()
    for data, kind, category in ((film, "video/mp4", "tweet_video"), (moving, "image/gif", "tweet_gif")):
        media = _upload(x, data, kind, category)["id"]
        assert _state(x, media) == "succeeded"
        assert x.post("Beides", media={"media_ids": [still, media]}).status_code == 400


def test_what_is_not_what_its_category_says_is_refused(x: XApi, film: bytes, picture: Callable[..., bytes]) -> None:
    for data, kind, category in (
        (picture(), "video/mp4", "tweet_video"),
        (film, "image/gif", "tweet_gif"),
        (b"WEBVTT\n\nkeine Zeiten\n", "text/vtt", "subtitles"),
    ):
        assert _upload(x, data, kind, category) == {"status": 400}
    assert x.upload(film, "tweet_video").status_code == 400


def test_a_segment_has_its_limits(x: XApi) -> None:
    asked = {"media_type": "video/mp4", "total_bytes": 6_000_000, "media_category": "tweet_video"}
    media = x.call("POST", "/2/media/upload/initialize", json=asked).json()["data"]["id"]
    sent = {"files": {"media": ("blob", bytes(5_000_001))}, "data": {"segment_index": "0"}}
    assert x.call("POST", f"/2/media/upload/{media}/append", **sent).status_code == 400
