"""OAuth 1.0a signatures on the practice X: really checked, against signatures that oauthlib makes."""

import time
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.sandbox.clients import XApi


def test_the_signer_is_recognised(x: XApi) -> None:
    assert x.call("GET", "/2/users/me").json()["data"]["username"] == "landkreis"


def test_query_parameters_are_part_of_what_is_signed(x: XApi) -> None:
    answer = x.call("GET", "/2/users/me", params={"user.fields": "created_at,public_metrics"})
    assert answer.json()["data"]["public_metrics"]["tweet_count"] == 0


@pytest.mark.parametrize("origin", ["https://api.x.com", "https://api.twitter.com"])
def test_the_address_may_be_signed_as_that_of_x(practice: Practice, origin: str) -> None:
    api = XApi(practice, origin=origin)
    assert api.post("Hallo").status_code == 201
    api.close()


def test_another_origin_must_be_trusted(tmp_path: Path, practice: Practice) -> None:
    api = XApi(practice, origin="https://proxy.example")
    assert api.post("Hallo").status_code == 401
    api.close()
    with running(tmp_path / "other", trusted_origins=["https://proxy.example"]) as trusting:
        api = XApi(trusting, origin="https://proxy.example")
        assert api.post("Hallo").status_code == 201
        api.close()


@pytest.mark.parametrize("name", ["consumer_key", "consumer_secret", "access_token", "access_token_secret"])
def test_each_wrong_secret_is_refused(practice: Practice, name: str) -> None:
    api = XApi(practice, wrong={name: "falsch"})
    answer = api.post("Hallo")
    assert (answer.status_code, answer.json()["title"]) == (401, "Unauthorized")
    assert practice.posts() == []
    api.close()


def test_an_old_signature_is_refused(practice: Practice) -> None:
    api = XApi(practice, timestamp=str(int(time.time()) - 900))
    assert api.post("Hallo").status_code == 401
    api.close()


def test_a_signature_covers_method_and_parameters(x: XApi) -> None:
    signed = x.http.build_request("GET", "http://127.0.0.1/")
    answer = x.call("GET", "/2/users/me", params={"user.fields": "created_at"})
    signed = answer.request
    target = str(signed.url).replace("created_at", "public_metrics")
    tampered = x.http.get(target, headers={"Authorization": signed.headers["Authorization"]})
    assert (answer.status_code, tampered.status_code) == (200, 401)


def test_no_signature_is_401(x: XApi) -> None:
    assert x.http.get(f"{x._base}/2/users/me", headers={"Authorization": "Bearer abc"}).status_code == 401


def test_an_app_that_may_only_read_is_403(practice: Practice) -> None:
    api = XApi(practice, "leser", scopes=["read"])
    assert api.call("GET", "/2/users/me").status_code == 200
    assert api.post("Hallo").status_code == 403
    api.close()
