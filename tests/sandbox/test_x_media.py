"""Pictures on the practice X: in one call or in chunks, and their alternative texts."""

from collections.abc import Callable

import pytest

from kanal.sandbox import Practice
from tests.sandbox.clients import XApi


def test_a_picture_gets_its_alternative_text_before_the_post(
    practice: Practice, x: XApi, picture: Callable[..., bytes]
) -> None:
    media = x.upload(picture()).json()["data"]["id"]
    alt = {"id": media, "metadata": {"alt_text": {"text": "Ein Haus"}}}
    assert x.call("POST", "/2/media/metadata", json=alt).status_code == 200
    answer = x.post("Mit Bild", media={"media_ids": [media]}).json()["data"]
    assert answer["text"].startswith("Mit Bild https://t.co/")
    assert [shown.alt for shown in practice.posts()[0].media] == ["Ein Haus"]
    listed = x.own(**{"expansions": "attachments.media_keys", "media.fields": "alt_text"})
    assert listed["includes"]["media"][0]["alt_text"] == "Ein Haus"


@pytest.mark.parametrize("length", [0, 1001])
def test_an_alternative_text_has_1_to_1000_characters(x: XApi, picture: Callable[..., bytes], length: int) -> None:
    media = x.upload(picture()).json()["data"]["id"]
    alt = {"id": media, "metadata": {"alt_text": {"text": "ä" * length}}}
    assert x.call("POST", "/2/media/metadata", json=alt).status_code == 400


def test_unknown_and_foreign_media_are_refused(practice: Practice, x: XApi, picture: Callable[..., bytes]) -> None:
    other = XApi(practice, "stadt")
    media = other.upload(picture()).json()["data"]["id"]
    other.close()
    for media_id in ("77", media):
        answer = x.post("Mit Bild", media={"media_ids": [media_id]})
        assert (answer.status_code, answer.json()["detail"]) == (400, "Your media IDs are invalid.")


def test_pictures_are_checked_by_kind_and_size(x: XApi, picture: Callable[..., bytes]) -> None:
    assert x.upload(picture(kind="BMP")).status_code == 400
    assert x.upload(picture() + b"\0" * 5_000_000).status_code == 400
    assert x.upload(picture(kind="GIF"), "tweet_gif").status_code == 200
    assert x.upload(picture(), "tweet_gif").status_code == 400
    unnamed = x.call("POST", "/2/media/upload", files={"media": ("a.jpg", picture())})
    assert unnamed.status_code == 400


def test_a_picture_can_come_in_chunks(x: XApi, picture: Callable[..., bytes]) -> None:
    data = picture()
    asked = {"media_type": "image/jpeg", "total_bytes": len(data), "media_category": "tweet_image"}
    media = x.call("POST", "/2/media/upload/initialize", json=asked).json()["data"]["id"]
    for index, part in ((1, data[300:]), (0, data[:300])):
        sent = {"files": {"media": ("blob", part)}, "data": {"segment_index": str(index)}}
        assert x.call("POST", f"/2/media/upload/{media}/append", **sent).status_code == 200
    assert x.call("POST", f"/2/media/upload/{media}/finalize").json()["data"]["size"] == len(data)
    status = x.call("GET", "/2/media/upload", params={"command": "STATUS", "media_id": media})
    assert status.json()["data"]["size"] == len(data)
    assert x.post("Mit Bild", media={"media_ids": [media]}).status_code == 201


def test_missing_chunks_are_noticed(x: XApi, picture: Callable[..., bytes]) -> None:
    asked = {"media_type": "image/jpeg", "total_bytes": 999_999, "media_category": "tweet_image"}
    media = x.call("POST", "/2/media/upload/initialize", json=asked).json()["data"]["id"]
    x.call(
        "POST",
        f"/2/media/upload/{media}/append",
        files={"media": ("blob", picture())},
        data={"segment_index": "0"},
    )
    assert x.call("POST", f"/2/media/upload/{media}/finalize").status_code == 400
