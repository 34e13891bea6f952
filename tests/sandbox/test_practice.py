"""The remote control of the practice networks, and what it refuses."""

import socket
import subprocess
import sys

import pytest

from kanal.errors import UsageError
from kanal.sandbox import PLATFORMS, Practice
from tests.sandbox.clients import MastodonApi, XApi


def test_requests_are_counted_by_network(practice: Practice, mastodon: MastodonApi, x: XApi) -> None:
    mastodon.http.get("/api/v2/instance")
    x.post("Hallo")
    x.post("Hallo")
    assert practice.request_counts() == {"mastodon": 1, "x": 2, "facebook": 0, "instagram": 0}
    practice.reset_counts()
    assert practice.request_counts() == dict.fromkeys(PLATFORMS, 0)


def test_admission_is_repeated_without_harm(practice: Practice) -> None:
    first = practice.admit("mastodon", "landkreis@social.example", "Landkreis")
    assert practice.admit("mastodon", "landkreis@social.example", "Neuer Name") == first
    assert practice.admit("mastodon", "stadt@social.example", "Stadt") != first


@pytest.mark.parametrize("account", ["", "a/b"])
def test_an_account_without_an_address_of_its_own_is_refused(practice: Practice, account: str) -> None:
    with pytest.raises(UsageError, match="needs a name without slashes"):
        practice.admit("x", account, "Landkreis")


def test_credentials_have_the_names_that_adapters_need(practice: Practice) -> None:
    assert [sorted(practice.admit(platform, "4711", "A")) for platform in PLATFORMS] == [
        ["access_token"],
        ["access_token", "access_token_secret", "consumer_key", "consumer_secret"],
        ["page_access_token"],
        ["access_token"],
    ]


def test_posts_can_be_asked_by_network_and_account(practice: Practice, mastodon: MastodonApi, x: XApi) -> None:
    mastodon.post("eins")
    x.post("zwei")
    assert [post.text for post in practice.posts()] == ["eins", "zwei"]
    assert [post.text for post in practice.posts("x")] == ["zwei"]
    assert practice.posts("x", "stadt") == []
    (post,) = practice.posts("mastodon", "landkreis@social.example")
    assert post.at.utcoffset() is not None


def test_an_unknown_network_and_a_server_that_is_not_there_are_told_plainly(practice: Practice) -> None:
    with pytest.raises(UsageError, match="There is no practice network “orkut”"):
        practice.urls("orkut")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(UsageError, match="kanal sandbox"):
            Practice(address).posts()


def test_the_remote_control_is_light() -> None:
    program = "import sys, kanal.sandbox; print([name for name in ('starlette', 'uvicorn') if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"
