"""The practice networks' authorisation side refuses what the real ones refuse (RFC 6749, RFC 7636)."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from kanal.login.proof import Proof
from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.login.person import press
from tests.sandbox.clients import loopback_client
from tests.sandbox.clock import Clock

BACK = "http://127.0.0.1:9/kanal"
ACCOUNT = {"mastodon": "landkreis@social.example", "x": "landkreis"}
SCOPE = {"mastodon": "profile write:statuses", "x": "tweet.read users.read offline.access"}
PAGE = {"mastodon": "/oauth/authorize", "x": "/i/oauth2/authorize"}
TOKEN = {"mastodon": "/oauth/token", "x": "/2/oauth2/token"}
PLATFORMS = ["mastodon", "x"]


class Client:
    """An app that does by hand what a library would do."""

    def __init__(self, practice: Practice, platform: str, http: httpx.Client) -> None:
        self.platform = platform
        self.http = http
        self.proof = Proof.new()
        practice.admit(platform, ACCOUNT[platform], "Landkreis")
        self.app = self._register() if platform == "mastodon" else practice.app("x", redirect=BACK)

    def _register(self) -> Mapping[str, str]:
        fields = {"client_name": "test", "redirect_uris": BACK, "scopes": SCOPE["mastodon"]}
        answer = self.http.post("/api/v1/apps", data=fields).json()
        return {name: answer[name] for name in ("client_id", "client_secret")}

    def address(self, **changed: str) -> str:
        """Of the page on which somebody agrees."""
        query = {
            "response_type": "code",
            "client_id": self.app["client_id"],
            "redirect_uri": BACK,
            "scope": SCOPE[self.platform],
            "state": "state",
            "code_challenge": self.proof.challenge,
            "code_challenge_method": "S256",
            **changed,
        }
        return f"{str(self.http.base_url).rstrip('/')}{PAGE[self.platform]}?{urlencode(query)}"

    def code(self) -> str:
        """Let the account's owner agree."""
        location = press(self.address(), ACCOUNT[self.platform]).headers["location"]
        return parse_qs(urlsplit(location).query)["code"][0]

    def exchange(self, code: str, **changed: str) -> httpx.Response:
        """Ask for the token."""
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": self.proof.verifier.reveal(),
            **self.app,
            **changed,
        }
        return self.http.post(TOKEN[self.platform], data=fields)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def practice(tmp_path: Path, clock: Clock) -> Iterator[Practice]:
    with running(tmp_path / "state.sqlite3", clock=clock) as found:
        yield found


@pytest.fixture(params=PLATFORMS)
def client(request: pytest.FixtureRequest, practice: Practice) -> Iterator[Client]:
    with ExitStack() as stack:
        http = stack.enter_context(loopback_client(base_url=practice.urls(request.param)["api"]))
        yield Client(practice, request.param, http)


def test_a_code_becomes_a_token_once(client: Client) -> None:
    code = client.code()
    assert client.exchange(code).json()["token_type"].lower() == "bearer"
    assert client.exchange(code).status_code == 400


@pytest.mark.parametrize(
    "changed",
    [{"code_verifier": "wrong"}, {"redirect_uri": "http://127.0.0.1:9/other"}],
    ids=["verifier", "redirect"],
)
def test_what_does_not_fit_the_code_is_refused_and_uses_it_up(client: Client, changed: dict[str, str]) -> None:
    code = client.code()
    refused = client.exchange(code, **changed)
    assert refused.status_code == 400
    assert refused.json()["error"] in {"invalid_grant", "invalid_request"}
    assert client.exchange(code).status_code == 400


def test_an_invented_code_is_refused(client: Client) -> None:
    assert client.exchange("invented").status_code == 400


def test_a_code_expires(client: Client, clock: Clock) -> None:
    code = client.code()
    clock.now += 600
    assert client.exchange(code).status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "unknown"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": f"{BACK}/more"},
        {"response_type": "token"},
        {"scope": "admin:write"},
    ],
)
def test_a_wrong_question_is_answered_on_the_spot_and_sends_nobody_anywhere(
    client: Client, changed: dict[str, str]
) -> None:
    answer = client.http.get(client.address(**changed))
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_tampering_with_the_form_is_noticed_too(client: Client) -> None:
    answer = press(client.address(), ACCOUNT[client.platform], redirect_uri="https://evil.example/")
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_whoever_declines_is_sent_back_with_that_word(client: Client) -> None:
    location = press(client.address(), ACCOUNT[client.platform], "deny").headers["location"]
    assert parse_qs(urlsplit(location).query)["error"] == ["access_denied"]
    assert parse_qs(urlsplit(location).query)["state"] == ["state"]


def test_x_wants_pkce_and_mastodon_does_not(client: Client) -> None:
    answer = client.http.get(client.address(code_challenge="", code_challenge_method=""))
    assert answer.status_code == (400 if client.platform == "x" else 200)


def test_another_app_cannot_use_the_code(client: Client, practice: Practice) -> None:
    code = client.code()
    other = Client(practice, client.platform, client.http)
    other.proof = client.proof
    assert other.exchange(code).status_code == 400


def test_a_token_may_do_only_what_was_granted(client: Client) -> None:
    token = client.exchange(client.code()).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    if client.platform == "x":
        assert client.http.get("/2/users/me", headers=headers).status_code == 200
        assert client.http.post("/2/tweets", headers=headers, json={"text": "Hallo"}).status_code == 403
        assert client.http.post("/2/media/upload", headers=headers, data={"x": "y"}).status_code == 403
    else:
        assert client.http.get("/api/v1/accounts/verify_credentials", headers=headers).status_code == 200
        assert client.http.post("/api/v1/statuses", headers=headers, data={"status": "Hallo"}).status_code == 200
        assert client.http.post("/api/v2/media", headers=headers).status_code == 403


def test_tokens_outlive_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "again.sqlite3"
    with running(state) as practice, loopback_client(base_url=practice.urls("mastodon")["api"]) as http:
        client = Client(practice, "mastodon", http)
        token = client.exchange(client.code()).json()["access_token"]
    with running(state) as practice, loopback_client(base_url=practice.urls("mastodon")["api"]) as http:
        headers = {"Authorization": f"Bearer {token}"}
        assert http.get("/api/v1/accounts/verify_credentials", headers=headers).status_code == 200


def test_an_oauth_1_token_is_no_bearer_token(practice: Practice) -> None:
    keys = practice.admit("x", "landkreis", "Landkreis")
    with loopback_client(base_url=practice.urls("x")["api"]) as http:
        headers = {"Authorization": f"Bearer {keys['access_token']}"}
        assert http.get("/2/users/me", headers=headers).status_code == 401


def test_mastodons_apps_register_themselves(practice: Practice) -> None:
    from kanal.errors import UsageError

    with pytest.raises(UsageError, match="register themselves"):
        practice.app("mastodon")
