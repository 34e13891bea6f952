"""Small clients for the practised APIs: an account, its credentials, and one keep-alive connection."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
from oauthlib.oauth1 import Client as Signer  # type: ignore[import-untyped] # has no type hints

from kanal.sandbox import Practice


def loopback_client(**arguments: Any) -> httpx.Client:
    """Past every proxy; without certificates, because loading them would take longer than a test."""
    return httpx.Client(trust_env=False, verify=False, **arguments)  # noqa: S501 - plain HTTP on loopback


class MastodonApi:
    """The API with the account's token in every request."""

    def __init__(
        self, practice: Practice, account: str = "landkreis@social.example", scopes: Sequence[str] | None = None
    ) -> None:
        self.account = account
        credentials = practice.admit("mastodon", account, "Landkreis Musterland", scopes=scopes)
        self.http = loopback_client(
            base_url=practice.urls("mastodon")["api"],
            headers={"Authorization": f"Bearer {credentials['access_token']}"},
        )

    def post(self, text: str, *, key: str | None = None, media: Sequence[str] = (), **fields: str) -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        data = {"status": text, "media_ids[]": list(media), **fields}
        return self.http.post("/api/v1/statuses", data=data, headers=headers)

    def upload(self, data: bytes, **fields: str) -> httpx.Response:
        return self.http.post("/api/v2/media", files={"file": ("a.jpg", data)}, data=fields)

    def own(self) -> list[Any]:
        account = self.http.get("/api/v1/accounts/verify_credentials").json()["id"]
        listed: list[Any] = self.http.get(f"/api/v1/accounts/{account}/statuses").json()
        return listed

    def close(self) -> None:
        self.http.close()


class XApi:
    """The API with every request signed by oauthlib, for `origin` instead of where it goes if that is given."""

    def __init__(
        self,
        practice: Practice,
        account: str = "landkreis",
        *,
        origin: str | None = None,
        scopes: Sequence[str] | None = None,
        wrong: Mapping[str, str] | None = None,
        timestamp: str | None = None,
    ) -> None:
        credentials = {**practice.admit("x", account, "Landkreis Musterland", scopes=scopes), **(wrong or {})}
        self._base = practice.urls("x")["api"]
        self._origin = origin or self._base
        self._signer = Signer(
            credentials["consumer_key"],
            credentials["consumer_secret"],
            credentials["access_token"],
            credentials["access_token_secret"],
            timestamp=timestamp,
        )
        self.http = loopback_client()

    def call(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        request = self.http.build_request(method, f"{self._base}{path}", **arguments)
        target = str(request.url).replace(self._base, self._origin, 1)
        form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        body = request.content.decode() if form else None
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        _, signed, _ = self._signer.sign(target, method, body, headers)
        request.headers["Authorization"] = signed["Authorization"]
        return self.http.send(request)

    def post(self, text: str, **fields: Any) -> httpx.Response:
        return self.call("POST", "/2/tweets", json={"text": text, **fields})

    def upload(self, data: bytes, category: str = "tweet_image") -> httpx.Response:
        return self.call("POST", "/2/media/upload", files={"media": ("a.jpg", data)}, data={"media_category": category})

    def own(self, **query: Any) -> Any:
        user = self.call("GET", "/2/users/me").json()["data"]["id"]
        return self.call("GET", f"/2/users/{user}/tweets", params=query).json()

    def close(self) -> None:
        self.http.close()


class Graph:
    """The Graph API with the account's token in the header; paths begin behind the account's id."""

    def __init__(self, practice: Practice, platform: str, account: str, scopes: Sequence[str] | None = None) -> None:
        self.account = account
        credentials = practice.admit(platform, account, "Landkreis Musterland", scopes=scopes)
        self.token = next(iter(credentials.values()))
        self.base = practice.urls(platform)["graph"]
        self.http = loopback_client(headers={"Authorization": f"Bearer {self.token}"})

    def post(self, path: str, data: Mapping[str, Any] | None = None, **arguments: Any) -> httpx.Response:
        return self.http.post(f"{self.base}/{self.account}{path}", data=data, **arguments)

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.http.get(f"{self.base}/{self.account}{path}", params=query)

    def node(self, node: str, method: str = "GET", **query: Any) -> httpx.Response:
        return self.http.request(method, f"{self.base}/{node}", params=query)

    def photo(self, data: bytes, **fields: str) -> httpx.Response:
        return self.post("/photos", fields, files={"source": ("a.jpg", data)})

    def container(self, practice: Practice, staging: Path, data: bytes, **fields: str) -> httpx.Response:
        name = f"{len(list(staging.iterdir()))}.jpg"
        (staging / name).write_bytes(data)
        return self.post("/media", {"image_url": f"{practice.address}staging/{name}", **fields})

    def close(self) -> None:
        self.http.close()


def codes(answer: httpx.Response) -> tuple[int, int | None]:
    """Code and subcode of a Graph API error."""
    error = answer.json()["error"]
    return error["code"], error.get("error_subcode")
