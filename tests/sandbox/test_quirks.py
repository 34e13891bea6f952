"""A practice network can be odd without failing: what it tells changes, what it does stays."""

import json
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from kanal.errors import UsageError
from kanal.sandbox import Practice
from kanal.sandbox.quirks import Quirk
from kanal.sandbox.server import running
from tests.sandbox.clients import Graph, MastodonApi, XApi


def _of_token(graph: Graph) -> Mapping[str, Any]:
    call = {"method": "GET", "relative_url": f"debug_token?input_token={graph.token}"}
    [answer] = graph.http.post(f"{graph.base}/", data={"batch": json.dumps([call])}).json()
    data: Mapping[str, Any] = json.loads(answer["body"])["data"]
    return data


def test_a_network_cannot_be_told_to_play_what_it_does_not_have(practice: Practice) -> None:
    for platform, quirk in (("x", Quirk.EXPIRING), ("facebook", Quirk.SMALL_LIMITS), ("mastodon", Quirk.OTHER_VERSION)):
        with pytest.raises(UsageError, match="is played by"):
            practice.set_quirk(platform, quirk)


def test_scopes_are_told_as_they_were_admitted(practice: Practice) -> None:
    reader = MastodonApi(practice, "leser@social.example", scopes=["read"])
    assert reader.http.get("/api/v1/apps/verify_credentials").json()["scopes"] == ["read"]
    page = Graph(practice, "facebook", "4711", scopes=["pages_read_engagement"])
    assert _of_token(page)["scopes"] == ["pages_read_engagement"]
    for api in (reader, page):
        api.close()


def test_a_token_may_ask_about_itself_only(facebook: Graph, practice: Practice) -> None:
    other = practice.admit("facebook", "999", "Museum")["page_access_token"]
    call = {"method": "GET", "relative_url": f"debug_token?input_token={other}"}
    assert facebook.http.post(f"{facebook.base}/", data={"batch": json.dumps([call])}).json()["error"]["code"] == 100


@pytest.mark.parametrize("batch", ["", "5", "[5]", '[{"method": "GET"}]'])
def test_what_is_no_batch_is_refused(facebook: Graph, batch: str) -> None:
    answer = facebook.http.post(f"{facebook.base}/", data={"batch": batch})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)


def test_other_calls_in_a_batch_are_refused_and_not_ignored(facebook: Graph) -> None:
    call = {"method": "POST", "relative_url": "me/feed", "body": "message=Hallo"}
    assert facebook.http.post(f"{facebook.base}/", data={"batch": json.dumps([call])}).status_code == 501


def test_an_end_is_told_in_seconds_from_now(practice: Practice, facebook: Graph) -> None:
    assert _of_token(facebook)["expires_at"] == 0
    practice.set_quirk("facebook", Quirk.EXPIRING, 60)
    assert abs(_of_token(facebook)["expires_at"] - time.time() - 60) < 30


def test_every_answer_carries_the_networks_own_time(practice: Practice, mastodon: MastodonApi) -> None:
    for seconds in (0.0, -7200.0):
        practice.set_quirk("mastodon", Quirk.SKEWED, seconds)
        told = parsedate_to_datetime(mastodon.http.get("/api/v2/instance").headers["Date"])
        assert abs(told.timestamp() - time.time() - seconds) < 30


def test_x_refuses_signatures_by_its_own_clock(practice: Practice, x: XApi) -> None:
    practice.set_quirk("x", Quirk.SKEWED, 3600)
    assert x.post("Hallo").status_code == 401
    practice.heal()
    assert x.post("Hallo").status_code == 201


def test_the_version_that_answers_is_told(practice: Practice, facebook: Graph) -> None:
    assert facebook.get("").headers["facebook-api-version"] == "v26.0"
    practice.set_quirk("facebook", Quirk.OTHER_VERSION)
    assert facebook.get("").headers["facebook-api-version"] == "v27.0"


def test_smaller_limits_are_told_and_healed(practice: Practice, mastodon: MastodonApi) -> None:
    told = []
    for _ in range(2):
        instance = mastodon.http.get("/api/v2/instance").json()
        told.append(instance["configuration"]["statuses"]["max_characters"])
        practice.set_quirk("mastodon", Quirk.SMALL_LIMITS)
    practice.heal()
    instance = mastodon.http.get("/api/v2/instance").json()
    told.append(instance["configuration"]["statuses"]["max_characters"])
    assert told == [500, 40, 500]


def test_a_closed_staging_place_shows_nothing(practice: Practice, staging: Path, browser: httpx.Client) -> None:
    (staging / "bild.jpg").write_bytes(b"bild")
    address = f"{practice.address}staging/bild.jpg"
    assert browser.get(address).status_code == 200
    practice.set_quirk("instagram", Quirk.STAGING_CLOSED)
    assert browser.get(address).status_code == 403


def test_quirks_outlive_a_restart_beside_faults(tmp_path: Path) -> None:
    for restarted in (False, True):
        with running(tmp_path / "state.sqlite3") as practice:
            api = MastodonApi(practice)
            if not restarted:
                practice.set_quirk("mastodon", Quirk.OTHER_ACCOUNT)
            assert api.http.get("/api/v1/accounts/verify_credentials").json()["username"] == "jemand_anders"
            api.close()
