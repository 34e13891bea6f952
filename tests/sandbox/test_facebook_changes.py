"""Changing, deleting and scheduling posts of the practice Facebook page."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.sandbox.clients import Graph, codes
from tests.sandbox.clock import NOON, Clock
from tests.sandbox.conftest import Jpeg

DAY = 86_400


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def practice(tmp_path: Path, clock: Clock) -> Iterator[Practice]:
    with running(tmp_path / "state.sqlite3", clock=clock) as found:
        yield found


def _published(facebook: Graph, message: str = "Montag geschlossen", **fields: str) -> str:
    posted: str = facebook.post("/feed", {"message": message, **fields}).json()["id"]
    return posted


def _schedule(facebook: Graph, seconds: float = 3600, **fields: str) -> httpx.Response:
    times = {"published": "false", "scheduled_publish_time": str(int(NOON + seconds))}
    return facebook.post("/feed", {"message": "Später", **times, **fields})


def _change(facebook: Graph, post: str, **fields: str) -> httpx.Response:
    return facebook.http.post(f"{facebook.base}/{post}", data=fields)


def _messages(facebook: Graph, edge: str) -> list[Any]:
    return [post["message"] for post in facebook.get(f"/{edge}").json()["data"]]


def test_a_message_is_replaced_and_the_time_of_it_told(practice: Practice, facebook: Graph, clock: Clock) -> None:
    post = _published(facebook)
    clock.now += 60
    assert _change(facebook, post, message="Dienstag geschlossen").json() == {"success": True}
    shown = facebook.node(post, fields="message,created_time,updated_time").json()
    assert shown["message"] == "Dienstag geschlossen"
    times = [datetime.fromisoformat(shown[name]).timestamp() for name in ("created_time", "updated_time")]
    assert times == [NOON, NOON + 60]
    (stored,) = practice.posts()
    assert stored.edited_at is not None
    assert stored.edited_at.timestamp() == NOON + 60


def test_fields_are_read_after_a_change(facebook: Graph) -> None:
    post = _published(facebook)
    answer = _change(facebook, post, message="Neu", fields="id,message").json()
    assert answer == {"id": post, "message": "Neu"}


def test_the_same_message_is_no_change(practice: Practice, facebook: Graph) -> None:
    post = _published(facebook)
    assert _change(facebook, post, message="Montag geschlossen").status_code == 200
    assert practice.posts()[0].edited_at is None


def test_link_and_pictures_survive_a_change(practice: Practice, facebook: Graph, picture: Jpeg) -> None:
    post = _published(facebook, link="https://landkreis.example/")
    photo = facebook.photo(picture(), caption="Bild", alt_text_custom="Ein Haus").json()["post_id"]
    assert _change(facebook, post, message="").status_code == 200
    assert _change(facebook, photo, message="Neues Bild").status_code == 200
    linked, pictured = practice.posts()
    assert (linked.text, linked.link) == ("", "https://landkreis.example/")
    assert (pictured.text, pictured.media[0].alt) == ("Neues Bild", "Ein Haus")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"message": " "}, 100),
        ({"message": "a" * 63_207}, 100),
        ({"scheduled_publish_time": "1804000000"}, 100),
        ({"is_published": "false"}, 100),
        ({"attached_media": "[]"}, 3),
    ],
)
def test_a_change_that_facebook_does_not_take_is_refused(
    practice: Practice, facebook: Graph, fields: dict[str, str], code: int
) -> None:
    post = _published(facebook)
    assert codes(_change(facebook, post, **fields))[0] == code
    assert [(stored.text, stored.edited_at) for stored in practice.posts()] == [("Montag geschlossen", None)]


def test_what_is_gone_or_belongs_to_others_is_100_33(practice: Practice, facebook: Graph) -> None:
    post, foreign = _published(facebook), Graph(practice, "facebook", "4711")
    answers = [foreign.node(post), _change(foreign, post, message="Neu"), foreign.node(post, "DELETE")]
    foreign.close()
    assert facebook.node(post, "DELETE").json() == {"success": True}
    answers += [facebook.node(post), _change(facebook, post, message="Neu"), facebook.node(post, "DELETE")]
    assert [codes(answer) for answer in answers] == [(100, 33)] * 6
    kinds = [answer.json()["error"]["message"].split()[1] for answer in answers]
    assert kinds == ["get", "post", "delete"] * 2


def test_a_scheduled_post_waits_and_then_comes_out_under_its_id(
    practice: Practice, facebook: Graph, clock: Clock
) -> None:
    post = _schedule(facebook).json()["id"]
    assert practice.posts() == []
    assert (_messages(facebook, "published_posts"), _messages(facebook, "posts")) == ([], [])
    assert (_messages(facebook, "scheduled_posts"), _messages(facebook, "feed")) == (["Später"], ["Später"])
    waiting = facebook.node(post, fields="is_published,scheduled_publish_time,created_time").json()
    assert (waiting["is_published"], waiting["scheduled_publish_time"]) == (False, NOON + 3600)
    assert datetime.fromisoformat(waiting["created_time"]).timestamp() == NOON
    clock.now += 3600
    assert _messages(facebook, "published_posts") == ["Später"]
    assert _messages(facebook, "scheduled_posts") == []
    out = facebook.node(post, fields="is_published,scheduled_publish_time,created_time").json()
    assert (out["is_published"], "scheduled_publish_time" in out) == (True, False)
    assert datetime.fromisoformat(out["created_time"]).timestamp() == NOON + 3600
    assert [stored.id for stored in practice.posts()] == [post]


def test_a_post_that_comes_out_later_stands_above_what_was_posted_before(facebook: Graph, clock: Clock) -> None:
    _schedule(facebook)
    _published(facebook)
    clock.now += DAY
    assert _messages(facebook, "published_posts") == ["Später", "Montag geschlossen"]


def test_a_scheduled_post_can_be_changed_moved_and_published(practice: Practice, facebook: Graph, clock: Clock) -> None:
    post = _schedule(facebook).json()["id"]
    _change(facebook, post, message="Viel später", scheduled_publish_time=str(int(NOON + DAY)))
    clock.now += 3600
    assert practice.posts() == []
    assert codes(_change(facebook, post, scheduled_publish_time=str(int(clock.now + 599))))[0] == 100
    _change(facebook, post, is_published="true")
    (stored,) = practice.posts()
    assert (stored.text, stored.at.timestamp(), stored.edited_at) == ("Viel später", NOON + 3600, None)


def test_a_cancelled_post_never_comes_out(practice: Practice, facebook: Graph, clock: Clock) -> None:
    post = _schedule(facebook).json()["id"]
    assert facebook.node(post, "DELETE").json() == {"success": True}
    clock.now += DAY
    assert (practice.posts(), _messages(facebook, "scheduled_posts")) == ([], [])
    assert codes(facebook.node(post)) == (100, 33)


def test_a_scheduled_post_takes_its_pictures_with_it(
    practice: Practice, facebook: Graph, clock: Clock, picture: Jpeg
) -> None:
    photo = facebook.photo(picture(), published="false", temporary="true", alt_text_custom="Ein Haus").json()["id"]
    attached = {"attached_media[0]": f'{{"media_fbid":"{photo}"}}'}
    assert _schedule(facebook, 3600, **attached).status_code == 200
    assert codes(facebook.post("/feed", {"message": "Jetzt", **attached}))[0] == 100
    clock.now += 3600
    assert [shown.alt for shown in practice.posts()[0].media] == ["Ein Haus"]


def test_photos_of_a_scheduled_post_must_be_temporary_and_those_are_not_published(
    practice: Practice, facebook: Graph, picture: Jpeg
) -> None:
    photo = facebook.photo(picture(), published="false").json()["id"]
    refused = _schedule(facebook, 3600, **{"attached_media[0]": f'{{"media_fbid":"{photo}"}}'})
    assert codes(refused)[0] == 100
    assert codes(facebook.photo(picture(), temporary="true"))[0] == 100
    assert (practice.posts(), _messages(facebook, "scheduled_posts")) == ([], [])


@pytest.mark.parametrize(("seconds", "fits"), [(599, False), (600, True), (30 * DAY, True), (30 * DAY + 1, False)])
def test_ten_minutes_to_thirty_days_ahead_are_allowed(facebook: Graph, seconds: int, *, fits: bool) -> None:
    assert (_schedule(facebook, seconds).status_code == 200) is fits


def test_a_time_needs_a_post_that_is_not_published(practice: Practice, facebook: Graph, picture: Jpeg) -> None:
    refused = _schedule(facebook, published="true")
    assert codes(refused)[0] == 100
    assert "scheduled publish time on a published post" in refused.json()["error"]["message"]
    assert codes(facebook.photo(picture(), scheduled_publish_time=str(int(NOON + DAY))))[0] == 3
    assert practice.posts() == []
