"""What the practice networks answer, held against the published specifications.

The adapters' requests are judged in `tests/specs`; here are the requests that people and tests practise with.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.login.proof import Proof
from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.optional import require_or_skip
from tests.sandbox.clients import Graph, MastodonApi, XApi, loopback_client
from tests.sandbox.conftest import Jpeg
from tests.specs.checking import Naming, Specs, specs_folder
from tests.specs.recording import Recorder


@pytest.fixture
def published() -> Path:
    folder = specs_folder()
    if folder is None:
        require_or_skip("no published specifications: put them into ../shared/specs, or name shared in KANAL_SHARED")
    return folder


@pytest.fixture
def recorder(published: Path) -> Recorder:
    return Recorder(Specs(published))


@pytest.fixture
def practice(tmp_path: Path, staging: Path, recorder: Recorder) -> Iterator[Practice]:
    """Judges every exchange of the test when it is over."""
    with running(tmp_path / "state.sqlite3", staging=staging, record=recorder) as found:
        yield found
    assert recorder.exchanges()
    assert recorder.violations() == []


def _in_an_hour() -> str:
    return f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"


def test_mastodon_from_a_thread_to_its_deletion(practice: Practice, picture: Jpeg) -> None:
    """Without a quote: the schema's Quote and ShallowQuote both fit one, and it wants exactly one to fit."""
    poll = {"options": ["Ja", "Nein"], "expires_in": 300, "multiple": False, "hide_totals": True}
    with closing(MastodonApi(practice)) as api:
        media = api.upload(picture(), description="Ein Haus").json()["id"]
        first = api.post("Eins", media=[media], spoiler_text="Warnung", visibility="unlisted", language="de").json()[
            "id"
        ]
        body = {"status": "Zwei", "in_reply_to_id": first, "poll": poll}
        second = api.http.post("/api/v1/statuses", json=body).json()["id"]
        body = {"status": "Eins!", "media_ids": [media], "spoiler_text": "Warnung", "sensitive": True, "language": "en"}
        assert api.http.put(f"/api/v1/statuses/{first}", json=body).status_code == 200
        assert api.http.put(f"/api/v1/statuses/{second}", json={"status": "Zwei!", "poll": poll}).status_code == 200
        api.http.get(f"/api/v1/statuses/{first}/source")
        api.http.get(f"/api/v1/statuses/{second}")
        assert len(api.own()) == 2
        assert api.http.delete(f"/api/v1/statuses/{first}").status_code == 200
        api.http.get(f"/api/v1/statuses/{second}")
        assert api.http.delete(f"/api/v1/statuses/{first}").status_code == 404


def test_mastodon_from_scheduling_to_cancelling(practice: Practice, picture: Jpeg) -> None:
    with closing(MastodonApi(practice)) as api:
        media = api.upload(picture(), description="Ein Haus").json()["id"]
        body = {"status": "Später", "scheduled_at": _in_an_hour(), "media_ids": [media]}
        waiting = api.http.post("/api/v1/statuses", json=body).json()["id"]
        assert len(api.http.get("/api/v1/scheduled_statuses").json()) == 1
        path = f"/api/v1/scheduled_statuses/{waiting}"
        assert api.http.put(path, json={"scheduled_at": _in_an_hour()}).status_code == 200
        assert api.http.get(path).status_code == 200
        assert api.http.delete(path).status_code == 200
        assert api.http.get(path).status_code == 404


@pytest.mark.parametrize("naming", ["post", "tweet"])
def test_x_from_a_thread_to_its_deletion(tmp_path: Path, published: Path, picture: Jpeg, naming: Naming) -> None:
    judged = Recorder(Specs(published, naming))
    references = "referenced_posts" if naming == "post" else "referenced_tweets.id"
    with running(tmp_path / "x", record=judged, x_naming=naming) as practice, closing(XApi(practice)) as api:
        media = api.upload(picture()).json()["data"]["id"]
        first = api.post("eins", media={"media_ids": [media]}).json()["data"]["id"]
        poll = {"options": ["Ja", "Nein"], "duration_minutes": 5, "reply_settings": "following"}
        second = api.post("zwei", poll=poll, reply={"in_reply_to_tweet_id": first}).json()["data"]["id"]
        third = api.post("drei", quote_tweet_id=first, reply_settings="verified").json()["data"]["id"]
        query = {
            f"{naming}.fields": "conversation_id,attachments",
            "expansions": f"attachments.media_keys,attachments.poll_ids,in_reply_to_user_id,{references}",
            "poll.fields": "duration_minutes,end_datetime,voting_status",
        }
        assert api.call("DELETE", f"/2/tweets/{third}").status_code == 200
        assert api.call("GET", f"/2/tweets/{third}").status_code == 200
        assert api.call("GET", f"/2/tweets/{second}", params=query).json()["includes"]["polls"]
        assert len(api.call("GET", "/2/tweets", params={"ids": f"{first},{second}", **query}).json()["data"]) == 2
        assert api.call("GET", "/2/tweets", params={"ids": f"{first},{third}"}).json()["errors"]
        assert len(api.own(**query)["data"]) == 2
        assert api.post("vier", reply={"in_reply_to_tweet_id": third}).status_code == 403
    assert judged.violations() == []


def test_facebook_from_scheduling_to_publishing(practice: Practice) -> None:
    """The plain `{"success": true}` of changes and deletions is not in the specification of Meta's SDKs."""
    with closing(Graph(practice, "facebook", "100200300")) as api:
        later = str(int((datetime.now(UTC) + timedelta(hours=1)).timestamp()))
        scheduled = {"message": "Später", "published": "false", "scheduled_publish_time": later}
        post = api.post("/feed", scheduled).json()["id"]
        fields = "id,message,scheduled_publish_time,is_published"
        assert len(api.get("/scheduled_posts", fields=fields).json()["data"]) == 1
        change = {"message": "Jetzt", "is_published": "true"}
        answer = api.http.post(f"{api.base}/{post}", data=change, params={"fields": fields})
        assert answer.json()["message"] == "Jetzt"
        assert api.node(post, fields="message,updated_time,created_time").json()["message"] == "Jetzt"
        assert len(api.get("/published_posts").json()["data"]) == 1
        assert api.node("100200300_1").status_code == 400


def test_mastodons_side_of_a_login(practice: Practice) -> None:
    """Not the page itself, which is for people: the specification has no HTML."""
    practice.admit("mastodon", "landkreis@social.example", "Landkreis Musterland")
    with loopback_client(base_url=practice.urls("mastodon")["api"]) as http:
        assert http.get("/.well-known/oauth-authorization-server").status_code == 200
        fields = {"client_name": "kanal", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "profile"}
        app = http.post("/api/v1/apps", data=fields).json()
        identity = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
        proof = Proof.new()
        query = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": fields["redirect_uris"],
            "scope": "profile",
            "code_challenge": proof.challenge,
            "code_challenge_method": "S256",
        }
        form = {**query, "account": "landkreis@social.example", "decision": "allow"}
        page = http.post("/oauth/authorize", data=form).text
        code = re.search(r'id="code">([^<]+)', page)
        assert code
        asked = {
            **identity,
            "grant_type": "authorization_code",
            "code": code[1],
            "redirect_uri": fields["redirect_uris"],
            "code_verifier": proof.verifier.reveal(),
        }
        token = http.post("/oauth/token", data=asked).json()
        assert http.post("/oauth/token", data=asked).status_code == 400
        assert http.post("/oauth/revoke", data={**identity, "token": token["access_token"]}).status_code == 200
