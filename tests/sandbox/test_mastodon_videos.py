"""Videos and moving GIFs on the practice Mastodon: taken at once, finished later, alone in their status."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from kanal.testing.parts import write_film
from tests.media.films import gif, hollow
from tests.sandbox.clients import MastodonApi, loopback_client

Bytes = Callable[..., bytes]


@pytest.fixture
def film(tmp_path: Path) -> bytes:
    write_film(tmp_path / "film.mp4")
    return (tmp_path / "film.mp4").read_bytes()


def _finished(mastodon: MastodonApi, media_id: str) -> str:
    mastodon.http.get(f"/api/v1/media/{media_id}")
    return media_id


def test_a_video_is_taken_worked_on_and_finished(mastodon: MastodonApi, film: bytes, practice: Practice) -> None:
    taken = mastodon.upload(film, description="Ein Räumfahrzeug")
    assert (taken.status_code, taken.json()["type"], taken.json()["url"]) == (202, "video", None)
    media_id = taken.json()["id"]
    early = mastodon.post("Zu früh", media=[media_id])
    assert (early.status_code, "not finished processing" in early.json()["error"]) == (422, True)
    assert mastodon.http.get(f"/api/v1/media/{media_id}").status_code == 206
    ready = mastodon.http.get(f"/api/v1/media/{media_id}")
    assert (ready.status_code, ready.json()["meta"]["original"]["size"]) == (200, "320x180")
    assert mastodon.post("Film", media=[media_id]).status_code == 200
    [post] = practice.posts()
    assert [(media.type, media.alt) for media in post.media] == [("video/mp4", "Ein Räumfahrzeug")]
    with loopback_client() as client:
        shown = client.get(post.url)
        assert '<video src="' in shown.text
        played = client.get(ready.json()["url"])
        assert (played.headers["content-type"], played.content) == ("video/mp4", film)


def test_a_moving_gif_is_treated_like_a_video_and_a_still_one_is_not(
    mastodon: MastodonApi, picture: Bytes, tmp_path: Path
) -> None:
    moving = mastodon.upload(gif(tmp_path / "a.gif", frames=3).read_bytes())
    assert (moving.status_code, moving.json()["type"]) == (202, "gifv")
    assert mastodon.upload(picture(kind="GIF")).status_code == 200


def test_a_video_stands_alone(mastodon: MastodonApi, film: bytes, picture: Bytes) -> None:
    video = _finished(mastodon, mastodon.upload(film).json()["id"])
    still = mastodon.upload(picture()).json()["id"]
    answer = mastodon.post("Beides", media=[still, video])
    assert (answer.status_code, "already contains images" in answer.json()["error"]) == (422, True)


def test_what_is_no_video_is_refused(mastodon: MastodonApi, tmp_path: Path) -> None:
    empty = hollow(tmp_path / "a.mp4").read_bytes()
    for data in (empty, empty[:20], b"RIFF\0\0\0\0AVI LIST"):
        assert mastodon.upload(data).status_code == 422
