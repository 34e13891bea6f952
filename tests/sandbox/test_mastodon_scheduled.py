"""Scheduled statuses of the practice Mastodon: they wait unseen, can be moved or cancelled, and come out in time."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.sandbox.clients import MastodonApi
from tests.sandbox.clock import NOON, Clock
from tests.sandbox.conftest import Jpeg

PATH = "/api/v1/scheduled_statuses"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def practice(tmp_path: Path, clock: Clock) -> Iterator[Practice]:
    with running(tmp_path / "state.sqlite3", clock=clock) as found:
        yield found


def _later(seconds: float) -> str:
    return datetime.fromtimestamp(NOON + seconds, UTC).isoformat()


def _schedule(mastodon: MastodonApi, text: str = "Später", seconds: float = 3600, **fields: Any) -> httpx.Response:
    return mastodon.post(text, scheduled_at=_later(seconds), **fields)


def test_a_scheduled_status_waits_and_then_comes_out(practice: Practice, mastodon: MastodonApi, clock: Clock) -> None:
    waiting = _schedule(mastodon, spoiler_text="Warnung", visibility="unlisted").json()
    assert waiting["params"]["text"] == "Später"
    assert datetime.fromisoformat(waiting["scheduled_at"]).timestamp() == NOON + 3600
    assert (practice.posts(), mastodon.own()) == ([], [])
    clock.now += 3600
    (status,) = mastodon.own()
    assert (status["spoiler_text"], status["visibility"]) == ("Warnung", "unlisted")
    assert datetime.fromisoformat(status["created_at"]).timestamp() == NOON + 3600
    assert status["id"] != waiting["id"]
    assert mastodon.http.get(f"{PATH}/{waiting['id']}").status_code == 404
    assert [post.text for post in practice.posts()] == ["Später"]


def test_the_timeline_does_not_wait_for_a_request_to_the_network(
    practice: Practice, mastodon: MastodonApi, clock: Clock
) -> None:
    _schedule(mastodon)
    clock.now += 3600
    assert [post.text for post in practice.posts()] == ["Später"]


def test_what_was_due_first_comes_out_first(practice: Practice, mastodon: MastodonApi, clock: Clock) -> None:
    _schedule(mastodon, "zweiter", 7200)
    _schedule(mastodon, "erster", 3600)
    clock.now += 86_400
    assert [post.text for post in practice.posts()] == ["erster", "zweiter"]


def test_a_scheduled_status_comes_out_once_and_outlives_a_restart(tmp_path: Path) -> None:
    now = NOON
    with running(tmp_path / "state", clock=lambda: now) as practice:
        api = MastodonApi(practice)
        _schedule(api)
        api.close()
    now += 3600
    for _ in range(2):
        with running(tmp_path / "state", clock=lambda: now) as practice:
            assert [post.text for post in practice.posts()] == ["Später"]


def test_a_scheduled_status_can_be_moved(practice: Practice, mastodon: MastodonApi, clock: Clock) -> None:
    waiting = _schedule(mastodon).json()["id"]
    moved = mastodon.http.put(f"{PATH}/{waiting}", data={"scheduled_at": _later(7200)}).json()
    assert datetime.fromisoformat(moved["scheduled_at"]).timestamp() == NOON + 7200
    clock.now += 3600
    assert practice.posts() == []
    clock.now += 3600
    assert len(practice.posts()) == 1


def test_a_cancelled_status_never_comes_out_and_frees_its_pictures(
    practice: Practice, mastodon: MastodonApi, clock: Clock, picture: Jpeg
) -> None:
    media = mastodon.upload(picture(), description="Ein Haus").json()["id"]
    waiting = _schedule(mastodon, media=[media]).json()
    assert [shown["description"] for shown in waiting["media_attachments"]] == ["Ein Haus"]
    assert "already attached" in mastodon.post("Jetzt", media=[media]).json()["error"]
    answer = mastodon.http.delete(f"{PATH}/{waiting['id']}")
    assert (answer.status_code, answer.json()) == (200, {})
    assert mastodon.http.delete(f"{PATH}/{waiting['id']}").status_code == 404
    clock.now += 3600
    assert practice.posts() == []
    assert mastodon.post("Jetzt", media=[media]).status_code == 200


def test_pictures_stay_with_the_status_when_it_comes_out(mastodon: MastodonApi, clock: Clock, picture: Jpeg) -> None:
    media = mastodon.upload(picture()).json()["id"]
    _schedule(mastodon, media=[media])
    clock.now += 3600
    (status,) = mastodon.own()
    assert [shown["id"] for shown in status["media_attachments"]] == [media]
    assert "already attached" in mastodon.post("Neu", media=[media]).json()["error"]
    kept = mastodon.http.put(f"/api/v1/statuses/{status['id']}", data={"status": "Neu", "media_ids[]": [media]}).json()
    assert [shown["id"] for shown in kept["media_attachments"]] == [media]


def test_a_scheduled_poll_runs_from_its_publication(mastodon: MastodonApi, clock: Clock) -> None:
    poll: dict[str, Any] = {"poll[options][]": ["Ja", "Nein"], "poll[expires_in]": "300"}
    params = _schedule(mastodon, **poll).json()["params"]["poll"]
    assert params == {"options": ["Ja", "Nein"], "expires_in": 300, "multiple": False, "hide_totals": False}
    clock.now += 3600
    (status,) = mastodon.own()
    assert datetime.fromisoformat(status["poll"]["expires_at"]).timestamp() == NOON + 3900


def test_the_waiting_are_listed_last_first_in_pages(mastodon: MastodonApi) -> None:
    ids = [_schedule(mastodon, text).json()["id"] for text in ("eins", "zwei", "drei")]
    listed = mastodon.http.get(PATH, params={"limit": 2}).json()
    assert [status["params"]["text"] for status in listed] == ["drei", "zwei"]
    rest = mastodon.http.get(PATH, params={"max_id": ids[1]}).json()
    assert [status["id"] for status in rest] == [ids[0]]


def test_others_do_not_see_what_waits(practice: Practice, mastodon: MastodonApi) -> None:
    waiting = _schedule(mastodon).json()["id"]
    other = MastodonApi(practice, "stadt@social.example")
    assert other.http.get(PATH).json() == []
    assert other.http.delete(f"{PATH}/{waiting}").status_code == 404
    other.close()


def test_five_minutes_ahead_is_too_soon_and_the_past_is_now(practice: Practice, mastodon: MastodonApi) -> None:
    refused = _schedule(mastodon, seconds=300)
    words = "Validation failed: Scheduled at The scheduled date must be in the future"
    assert (refused.status_code, refused.json()) == (422, {"error": words})
    assert _schedule(mastodon, seconds=301).json()["scheduled_at"]
    assert _schedule(mastodon, "Jetzt", seconds=-1).json()["content"] == "<p>Jetzt</p>"
    assert [post.text for post in practice.posts()] == ["Jetzt"]


def test_a_scheduled_status_is_checked_before_it_waits(mastodon: MastodonApi) -> None:
    assert _schedule(mastodon, " ").status_code == 422
    assert mastodon.http.get(PATH).json() == []


def test_a_day_takes_25_and_another_day_more(mastodon: MastodonApi) -> None:
    ids = [_schedule(mastodon, str(number)).json()["id"] for number in range(25)]
    refused = _schedule(mastodon, "einer zu viel")
    assert refused.json()["error"].endswith("You have exceeded the limit of 25 scheduled posts for today")
    tomorrow = _schedule(mastodon, "morgen", 86_400).json()["id"]
    moved = mastodon.http.put(f"{PATH}/{tomorrow}", data={"scheduled_at": _later(3600)})
    assert moved.status_code == 422
    assert mastodon.http.put(f"{PATH}/{ids[0]}", data={"scheduled_at": _later(7200)}).status_code == 200


def test_the_key_of_a_scheduled_status_finds_nothing(mastodon: MastodonApi) -> None:
    """The real server looks among the published ones (mastodon/mastodon#30039)."""
    assert _schedule(mastodon, key="k1").status_code == 200
    assert _schedule(mastodon, key="k1").status_code == 404
    assert len(mastodon.http.get(PATH).json()) == 1
