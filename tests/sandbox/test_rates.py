"""The documented limits are counted for each token, and told in each network's headers."""

import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from kanal.sandbox.rates import Meter, Rate
from kanal.sandbox.server import running
from tests.sandbox.clients import Graph, MastodonApi, XApi

NOW = 1_800_000_000.0


def test_x_counts_posts_in_a_quarter_of_an_hour(tmp_path: Path) -> None:
    with running(tmp_path / "state") as practice:
        api = XApi(practice)
        first = api.post("Hallo")
        assert (first.headers["x-rate-limit-limit"], first.headers["x-rate-limit-remaining"]) == ("100", "99")
        assert 0 < int(first.headers["x-rate-limit-reset"]) - time.time() < 902
        for _ in range(99):
            api.http.send(first.request)
        refused = api.post("Etwas anderes")
        assert (refused.status_code, refused.headers["x-rate-limit-remaining"]) == (429, "0")
        assert api.call("GET", "/2/users/me").status_code == 200
        other = XApi(practice, "stadt")
        assert other.post("Hallo").status_code == 201
        assert [post.text for post in practice.posts()] == ["Hallo", "Hallo"]
        api.close()
        other.close()


def test_mastodon_tells_the_limit_that_is_nearest(tmp_path: Path) -> None:
    now = NOW
    with running(tmp_path / "state", clock=lambda: now) as practice:
        api = MastodonApi(practice)
        answers = [api.upload(b"kein Bild") for _ in range(31)]
        assert (answers[0].headers["X-RateLimit-Limit"], answers[0].headers["X-RateLimit-Remaining"]) == ("30", "29")
        assert [answer.status_code for answer in answers[-2:]] == [422, 429]
        reset = datetime.fromisoformat(answers[-1].headers["X-RateLimit-Reset"])
        assert reset.timestamp() == NOW + 1800
        now = NOW + 1801
        assert api.upload(b"kein Bild").status_code == 422
        api.close()


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_meta_tells_percentages(practice: Practice, platform: str) -> None:
    api = Graph(practice, platform, "4711")
    answer = api.get("")
    assert json.loads(answer.headers["X-App-Usage"])["call_count"] == 0
    (business,) = json.loads(answer.headers["X-Business-Use-Case-Usage"])["4711"]
    assert business["estimated_time_to_regain_access"] == 0
    in_form = api.post("/feed", {"access_token": api.token}, headers={"Authorization": ""})
    assert "4711" in in_form.headers["X-Business-Use-Case-Usage"]
    api.close()


def test_counting_can_be_switched_off(tmp_path: Path) -> None:
    with running(tmp_path / "state", rate_limits=False) as practice:
        api = MastodonApi(practice)
        answers = [api.upload(b"kein Bild") for _ in range(31)]
        assert {answer.status_code for answer in answers} == {422}
        assert "X-RateLimit-Limit" not in answers[0].headers
        api.close()


def test_a_window_begins_with_its_first_request() -> None:
    meter = Meter((Rate("posts", 2, 60, lambda method, _: method == "POST"),))
    assert meter.count("token", "GET", "/", 0.0) == []
    windows = [meter.count("token", "POST", "/", at)[0] for at in (10.0, 20.0, 69.9, 70.0)]
    assert [window.exceeded for window in windows] == [False, False, True, False]
    assert [window.resets_at for window in windows] == [70.0, 70.0, 70.0, 130.0]
