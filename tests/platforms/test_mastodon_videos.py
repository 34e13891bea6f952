"""Videos at a Mastodon server: its own numbers, and what it may say while it works on one."""

from pathlib import Path
from typing import Any

import pytest

from kanal.errors import Rejected, Unavailable
from kanal.model import Part
from kanal.platforms.mastodon import Adapter
from kanal.testing.loopback import Reply, as_json, loopback
from kanal.testing.parts import Writer
from tests.optional import require_av
from tests.platforms.mastodon_server import MASTODON, adapter_at, answering

UPLOAD, LOOK = "POST /api/v2/media", "GET /api/v1/media/55"
TAKEN = as_json({"id": "55", "type": "video", "url": None}, 202)
WORKING = as_json({"id": "55", "type": "video", "url": None}, 206)
READY = as_json({"id": "55", "type": "video", "url": "https://social.example/55.mp4"})


@pytest.fixture
def part(tmp_path: Path) -> Part:
    return Writer(Adapter.limits, tmp_path).film(bytes_=200_000)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    taken: list[float] = []
    monkeypatch.setattr("kanal.platforms.mastodon.connection.sleep", taken.append)
    return taken


def saying(**media_attachments: Any) -> dict[str, Any]:
    return {**MASTODON, "configuration": {"media_attachments": media_attachments}}


def test_the_servers_limit_for_the_size_of_a_video_holds(part: Part) -> None:
    with (
        loopback(answering(instance=saying(video_size_limit=100_000))) as server,
        pytest.raises(Rejected, match="100000"),
    ):
        adapter_at(server.url).prepare(part)
    assert server.paths("POST") == []


def test_a_server_may_take_larger_videos_than_usual(pauses: list[float], tmp_path: Path) -> None:
    large = Writer(Adapter.limits, tmp_path).film(bytes_=104_000_000)
    with loopback(answering({UPLOAD: READY}, instance=saying(video_size_limit=200_000_000))) as server:
        assert adapter_at(server.url).prepare(large).handles == {"media_ids": "55"}
    assert pauses == []


@pytest.mark.parametrize(("name", "limit"), [("video_matrix_limit", 50_000), ("video_frame_rate_limit", 4)])
def test_the_servers_numbers_for_the_picture_hold(part: Part, name: str, limit: int) -> None:
    require_av()
    with (
        loopback(answering(instance=saying(**{name: limit}))) as server,
        pytest.raises(Rejected, match=f"the network takes {limit} at most"),
    ):
        adapter_at(server.url).prepare(part)


def test_a_server_that_names_no_video_among_its_kinds_gets_none(part: Part) -> None:
    only_pictures = saying(supported_mime_types=["image/png", "image/jpeg"])
    with loopback(answering(instance=only_pictures)) as server, pytest.raises(Rejected, match="cannot send a video"):
        adapter_at(server.url).prepare(part)


def test_a_video_is_waited_for_for_about_ten_minutes(part: Part, pauses: list[float]) -> None:
    with loopback(answering({UPLOAD: TAKEN, LOOK: WORKING})) as server, pytest.raises(Unavailable, match="processing"):
        adapter_at(server.url).prepare(part)
    assert 540 <= sum(pauses) <= 660


def test_a_video_that_the_server_cannot_convert_is_rejected_with_its_words(part: Part, pauses: list[float]) -> None:
    failed = as_json({"error": "Error processing thumbnail for uploaded media"}, 422)
    with loopback(answering({UPLOAD: TAKEN, LOOK: failed})) as server, pytest.raises(Rejected) as caught:
        adapter_at(server.url).prepare(part)
    assert "Error processing" in caught.value.words
    assert len(pauses) == 1


def test_an_answer_that_is_no_json_leaves_everything_as_it_was(part: Part) -> None:
    html = Reply(200, b"<html>", {"Content-Type": "text/html"})
    with loopback(answering({UPLOAD: html})) as server, pytest.raises(Unavailable) as caught:
        adapter_at(server.url).prepare(part)
    assert caught.value.channel_wide


def test_the_servers_name_of_the_file_is_not_the_offices(part: Part) -> None:
    with loopback(answering({UPLOAD: READY})) as server:
        adapter_at(server.url).prepare(part)
    [upload] = [asked for asked in server.asked if asked.method == "POST"]
    assert b'filename="video.mp4"' in upload.body
    assert part.media[0].file.name.encode() not in upload.body
    assert b"Content-Type: video/mp4" in upload.body
