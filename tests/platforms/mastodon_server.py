"""A Mastodon server in a few lines, whose single answers a test can spoil."""

from collections.abc import Callable, Mapping
from typing import Any

from kanal.model import Channel, Secret
from kanal.platforms.mastodon import Adapter
from kanal.testing.loopback import Asked, Reply, as_json

ACCOUNT = {"id": "7", "username": "landkreis", "acct": "landkreis", "url": "https://social.example/@landkreis"}
MASTODON = {
    "version": "4.5.4",
    "source_url": "https://github.com/mastodon/mastodon",
    "api_versions": {"mastodon": 7},
    "configuration": {},
}
TOKEN = "geheimes-token-0123456789"


def status(text: str = "Hallo", number: int = 1, **fields: Any) -> dict[str, Any]:
    known = {
        "id": str(number),
        "url": f"https://social.example/@landkreis/{number}",
        "created_at": "2026-11-22T12:00:00.000Z",
        "content": f"<p>{text}</p>",
        "language": "de",
        "account": ACCOUNT,
        "media_attachments": [],
    }
    return {**known, **fields}


def answering(
    spoilt: Mapping[str, Reply | Callable[[Asked], Reply]] | None = None, instance: Mapping[str, Any] = MASTODON
) -> Callable[[Asked], Reply]:
    """Answers by "METHOD /path", with those of `spoilt` in place of the good ones."""
    good: dict[str, Reply | Callable[[Asked], Reply]] = {
        "GET /api/v2/instance": as_json(instance),
        "POST /api/v2/media": as_json({"id": "55", "type": "image", "url": "https://social.example/media/55.jpg"}),
        "POST /api/v1/statuses": as_json(status()),
        "GET /api/v1/accounts/verify_credentials": as_json(ACCOUNT),
        "GET /api/v1/accounts/7/statuses": as_json([]),
    }
    answers = {**good, **(spoilt or {})}

    def answer(asked: Asked) -> Reply:
        path = asked.path.partition("?")[0]
        found = answers.get(f"{asked.method} {path}", as_json({"error": "Record not found"}, 404))
        return found(asked) if callable(found) else found

    return answer


def adapter_at(address: str, token: str = TOKEN, account: str = "landkreis@social.example") -> Adapter:
    channel = Channel(name="amt", platform="mastodon", account=account, urls={"api": address})
    return Adapter(channel, {"access_token": Secret(token)})
