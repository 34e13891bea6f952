"""Videos and their captions on the practice Facebook: in phases, with states, and what it refuses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from kanal.testing.parts import write_film
from tests.sandbox.clients import Graph, codes

SRT = b"1\n00:00:00,000 --> 00:00:00,500\n[Motor brummt]\n"


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with running(tmp_path / "state.sqlite3", facebook_in_progress=1) as found:
        yield found


@pytest.fixture
def facebook(practice: Practice) -> Iterator[Graph]:
    graph = Graph(practice, "facebook", "104711")
    yield graph
    graph.close()


@pytest.fixture
def film(tmp_path: Path) -> bytes:
    write_film(tmp_path / "film.mp4", 5_000_000)
    return (tmp_path / "film.mp4").read_bytes()


def _phase(facebook: Graph, phase: str, data: bytes | None = None, **fields: str) -> httpx.Response:
    files = {"files": {"video_file_chunk": ("a.mp4", data)}} if data is not None else {}
    return facebook.post("/videos", {"upload_phase": phase, **fields}, **files)


def _start(facebook: Graph, size: int) -> tuple[str, str]:
    begun = _phase(facebook, "start", file_size=str(size)).json()
    assert (begun["start_offset"], begun["end_offset"]) == ("0", str(min(size, 4_000_000)))
    return begun["video_id"], begun["upload_session_id"]


def _uploaded(facebook: Graph, film: bytes) -> tuple[str, str]:
    video, session = _start(facebook, len(film))
    for place in range(0, len(film), 4_000_000):
        chunk = film[place : place + 4_000_000]
        answer = _phase(facebook, "transfer", chunk, upload_session_id=session, start_offset=str(place))
    assert answer.json() == {"start_offset": str(len(film)), "end_offset": str(len(film))}
    return video, session


def _status(facebook: Graph, video: str) -> dict[str, Any]:
    status: dict[str, Any] = facebook.node(video, fields="status").json()["status"]
    return status


def test_a_video_is_public_when_its_upload_is_ended_and_worked_on_after_that(
    practice: Practice, facebook: Graph, film: bytes
) -> None:
    video, session = _uploaded(facebook, film)
    assert practice.posts() == []
    assert _status(facebook, video)["publishing_phase"] == {"status": "not_started"}
    assert _phase(facebook, "finish", upload_session_id=session, description="Winterdienst").json() == {"success": True}
    [post] = practice.posts()
    assert (post.id, post.text, post.media[0].type) == (video, "Winterdienst", "video/mp4")
    assert [_status(facebook, video)["video_status"] for _ in range(2)] == ["processing", "ready"]
    [listed] = facebook.get("/published_posts", fields="id,attachments").json()["data"]
    assert listed["id"] == f"104711_{video}"
    assert listed["attachments"]["data"][0]["type"] == "video_inline"
    assert facebook.node(listed["id"], fields="message").json()["message"] == "Winterdienst"


def test_a_piece_that_is_not_the_next_is_answered_with_the_place_to_go_on(facebook: Graph, film: bytes) -> None:
    _, session = _start(facebook, len(film))
    assert _phase(facebook, "transfer", film[:9], upload_session_id=session, start_offset="0").status_code == 200
    for start, data in (("0", film[:9]), ("9", film), ("8", b"x"), ("9", b"")):
        refused = _phase(facebook, "transfer", data, upload_session_id=session, start_offset=start)
        assert codes(refused) == (6001, 1363037)
        assert refused.json()["error"]["error_data"] == {"start_offset": "9", "end_offset": "4000009"}


def test_what_is_no_upload_or_over_is_refused(practice: Practice, facebook: Graph, film: bytes) -> None:
    video, session = _uploaded(facebook, film)
    assert codes(_phase(facebook, "start", file_size="0"))[0] == 100
    assert codes(_phase(facebook, "begin"))[0] == 100
    assert codes(_phase(facebook, "finish", upload_session_id="1"))[0] == 100
    assert codes(facebook.post("/videos", {"file_url": "https://landkreis.example/a.mp4"}))[0] == 3
    other = Graph(practice, "facebook", "104712")
    assert codes(other.post("/videos", {"upload_phase": "finish", "upload_session_id": session}))[0] == 100
    assert codes(other.node(video)) == (100, 33)
    other.close()
    assert _phase(facebook, "cancel", upload_session_id=session).json() == {"success": True}
    assert codes(_phase(facebook, "finish", upload_session_id=session))[0] == 100
    assert codes(facebook.node(video)) == (100, 33)
    assert practice.posts() == []


def test_half_a_video_and_what_is_none_are_refused_at_the_end(practice: Practice, facebook: Graph, film: bytes) -> None:
    _, half = _start(facebook, len(film))
    _phase(facebook, "transfer", film[:4_000_000], upload_session_id=half, start_offset="0")
    assert codes(_phase(facebook, "finish", upload_session_id=half)) == (6000, 1363045)
    _, none = _uploaded(facebook, b"no video at all")
    assert codes(_phase(facebook, "finish", upload_session_id=none))[0] == 389
    assert practice.posts() == []


def test_captions_stand_beside_a_video_that_is_out(practice: Practice, facebook: Graph, film: bytes) -> None:
    video, session = _uploaded(facebook, film)

    def send(name: str, data: bytes) -> httpx.Response:
        address = f"{facebook.base}/{video}/captions"
        return facebook.http.post(address, files={"captions_file": (name, data)}, data={"default_locale": "de_DE"})

    assert codes(send("a.de_DE.srt", SRT)) == (100, 33)
    _phase(facebook, "finish", upload_session_id=session)
    for name, data in (("a.srt", SRT), ("a.de_DE.vtt", SRT), ("a.de_DE.srt", b"WEBVTT"), ("a.de_DE.srt", SRT * 9000)):
        assert codes(send(name, data))[0] == 100
    assert send("a.de_DE.srt", SRT).json() == {"success": True}
    [media] = practice.posts()[0].media
    assert list(media.captions) == ["DE"]
    shown = httpx.get(f"{practice.address}pictures/{media.captions['DE']}", trust_env=False)
    assert (shown.headers["content-type"], shown.text) == (
        "text/vtt; charset=utf-8",
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:00.500\n[Motor brummt]\n",
    )


def test_a_video_is_changed_and_deleted_as_other_posts_are(practice: Practice, facebook: Graph, film: bytes) -> None:
    video, session = _uploaded(facebook, film)
    _phase(facebook, "finish", upload_session_id=session, description="Alt")
    address = f"{facebook.base}/{video}"
    assert facebook.http.post(address, data={"description": "Neu"}).json() == {"success": True}
    assert (practice.posts()[0].text, facebook.node(video, fields="description").json()["description"]) == (
        "Neu",
        "Neu",
    )
    assert facebook.node(video, "DELETE").json() == {"success": True}
    assert codes(facebook.node(video)) == (100, 33)
    assert practice.posts() == []


def test_an_unfinished_upload_outlives_the_server(tmp_path: Path, film: bytes) -> None:
    with running(tmp_path / "kept.sqlite3") as practice:
        facebook = Graph(practice, "facebook", "104711")
        _, session = _start(facebook, len(film))
        _phase(facebook, "transfer", film[:4_000_000], upload_session_id=session, start_offset="0")
        facebook.close()
    with running(tmp_path / "kept.sqlite3") as practice:
        facebook = Graph(practice, "facebook", "104711")
        rest = film[4_000_000:]
        _phase(facebook, "transfer", rest, upload_session_id=session, start_offset="4000000")
        assert _phase(facebook, "finish", upload_session_id=session).json() == {"success": True}
        assert len(practice.posts()) == 1
        facebook.close()


def test_the_timeline_shows_a_video_with_its_captions_and_address(
    practice: Practice, facebook: Graph, film: bytes
) -> None:
    _, session = _uploaded(facebook, film)
    _phase(facebook, "finish", upload_session_id=session, description="Winterdienst")
    [post] = practice.posts()
    assert post.url.endswith(f"/facebook/104711/videos/{post.id}")
    page = httpx.get(post.url, trust_env=False)
    assert page.status_code == 200
    assert f'<video src="/pictures/{post.media[0].sha256}"' in page.text
