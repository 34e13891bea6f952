"""Reels, stories and videos in carousels on the practice Instagram, and the host that takes their bytes."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from kanal.testing.parts import write_film
from tests.sandbox.clients import Graph, codes
from tests.sandbox.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def practice(tmp_path: Path, clock: Clock) -> Iterator[Practice]:
    with running(tmp_path / "state.sqlite3", staging=tmp_path / "staging", clock=clock) as found:
        yield found


@pytest.fixture
def instagram(practice: Practice) -> Iterator[Graph]:
    graph = Graph(practice, "instagram", "178410001")
    yield graph
    graph.close()


@pytest.fixture
def film(tmp_path: Path) -> bytes:
    write_film(tmp_path / "film.mp4", 3_000_000)
    return (tmp_path / "film.mp4").read_bytes()


def _container(instagram: Graph, **fields: str) -> str:
    made: str = instagram.post("/media", {"upload_type": "resumable", **fields}).json()["id"]
    return made


def _bytes(
    practice: Practice, graph: Graph, container: str, data: bytes, total: int, *, offset: int = 0, token: str = ""
) -> httpx.Response:
    host = practice.urls("instagram")["rupload"]
    headers = {"Authorization": token or f"OAuth {graph.token}", "offset": str(offset), "file_size": str(total)}
    return httpx.post(f"{host}/{container}", content=data, headers=headers, trust_env=False)


def _state(instagram: Graph, container: str) -> Mapping[str, str]:
    found: Mapping[str, str] = instagram.node(container, fields="status_code,status,video_status").json()
    return found


def _publish(instagram: Graph, container: str) -> httpx.Response:
    return instagram.post("/media_publish", {"creation_id": container})


def test_a_reel_is_ready_when_all_its_bytes_are_there(practice: Practice, instagram: Graph, film: bytes) -> None:
    container = _container(instagram, media_type="REELS", caption="Winterdienst")
    assert _state(instagram, container)["status_code"] == "IN_PROGRESS"
    assert codes(_publish(instagram, container)) == (9007, 2207027)
    assert _bytes(practice, instagram, container, film, len(film)).json()["success"] is True
    assert _state(instagram, container)["status_code"] == "FINISHED"
    media = _publish(instagram, container).json()["id"]
    [listed] = instagram.get("/media", fields="media_type,media_product_type,caption").json()["data"]
    assert listed == {"id": media, "media_type": "VIDEO", "media_product_type": "REELS", "caption": "Winterdienst"}
    assert [post.text for post in practice.posts()] == ["Winterdienst"]


def test_bytes_go_on_where_the_container_ends_and_the_newest_request_has_the_say(
    practice: Practice, instagram: Graph, film: bytes
) -> None:
    container = _container(instagram, media_type="REELS")
    half = _bytes(practice, instagram, container, film[:2_000_000], len(film))
    assert half.json()["debug_info"]["retriable"] is True
    phase = instagram.node(container, fields="video_status").json()["video_status"]["uploading_phase"]
    assert phase == {"status": "in_progress", "bytes_transferred": 2_000_000}
    beyond = _bytes(practice, instagram, container, film[2_500_000:], len(film), offset=2_500_000)
    assert beyond.status_code == 400
    assert (
        _bytes(practice, instagram, container, film[1_500_000:], len(film), offset=1_500_000).json()["success"] is True
    )
    _publish(instagram, container)
    assert practice.posts()[0].media[0].sha256


def test_whoever_may_not_fill_a_container_is_refused(practice: Practice, instagram: Graph, film: bytes) -> None:
    container = _container(instagram, media_type="REELS")
    for token in ("OAuth wrong", f"Bearer {instagram.token}"):
        refused = _bytes(practice, instagram, container, film, len(film), token=token)
        assert (refused.status_code, refused.json()["debug_info"]["retriable"]) == (404, False)
    assert _bytes(practice, instagram, "1", film, len(film)).status_code == 404
    assert _state(instagram, container)["status_code"] == "IN_PROGRESS"


def test_what_is_no_video_makes_the_container_an_error(practice: Practice, instagram: Graph) -> None:
    container = _container(instagram, media_type="REELS")
    _bytes(practice, instagram, container, b"no video", 8)
    state = _state(instagram, container)
    assert (state["status_code"], "2207026" in state["status"]) == ("ERROR", True)
    assert codes(_publish(instagram, container)) == (352, 2207026)


def test_a_video_is_fetched_from_an_address_as_pictures_are(
    practice: Practice, instagram: Graph, film: bytes, tmp_path: Path
) -> None:
    (tmp_path / "staging" / "a.mp4").write_bytes(film)
    address = f"{practice.address}staging/a.mp4"
    reel = instagram.post("/media", {"media_type": "REELS", "video_url": address}).json()["id"]
    assert _publish(instagram, reel).status_code == 200
    assert codes(instagram.post("/media", {"media_type": "REELS", "video_url": f"{address}x"})) == (9004, 2207052)
    (tmp_path / "staging" / "b.mp4").write_bytes(b"no video")
    wrong = {"media_type": "REELS", "video_url": f"{practice.address}staging/b.mp4"}
    assert codes(instagram.post("/media", wrong)) == (352, 2207026)


@pytest.mark.parametrize("kind", ["VIDEO", "FILM"])
def test_a_kind_that_there_is_not_is_refused(instagram: Graph, kind: str) -> None:
    assert codes(instagram.post("/media", {"media_type": kind, "upload_type": "resumable"}))[0] == 100


def test_a_story_is_listed_apart_for_a_day_and_has_no_caption(
    practice: Practice, instagram: Graph, film: bytes, clock: Clock
) -> None:
    container = _container(instagram, media_type="STORIES", caption="Nie zu sehen")
    _bytes(practice, instagram, container, film, len(film))
    media = _publish(instagram, container).json()["id"]
    [story] = practice.posts()
    assert (story.story, story.text) == (True, "")
    assert instagram.get("/media").json()["data"] == []
    listed = instagram.get("/stories", fields="media_product_type,caption").json()["data"]
    assert listed == [{"id": media, "media_product_type": "STORY"}]
    page = httpx.get(story.url, trust_env=False).text
    assert "Story, 24 Stunden zu sehen" in page
    assert '<p class="text"' not in page
    clock.now += 86_401
    assert instagram.get("/stories").json()["data"] == []
