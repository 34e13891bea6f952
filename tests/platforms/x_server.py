"""X in a few lines, whose single answers a test can spoil."""

from collections.abc import Callable, Mapping
from typing import Any

from kanal.model import Channel, Secret
from kanal.platforms.x import Adapter
from kanal.testing.loopback import Asked, Reply, as_json, loopback

__all__ = ["SECRETS", "adapter_at", "answering", "loopback", "post"]

SECRETS = {
    "consumer_key": "ckckckckckckckckckckck",
    "consumer_secret": "cscscscscscscscscscscscs",
    "access_token": "42-atatatatatatatatatatatat",
    "access_token_secret": "tstststststststststststs",
}
PUBLISH = "POST /2/tweets"
LIST = "GET /2/users/42/tweets"


def post(text: str = "Hallo", number: int = 1, **fields: Any) -> dict[str, Any]:
    known = {"id": str(number), "text": text, "created_at": "2026-11-22T12:00:00.000Z", "edit_history_post_ids": ["1"]}
    return {**known, **fields}


def answering(
    spoilt: Mapping[str, Reply | Callable[[Asked], Reply]] | None = None,
) -> Callable[[Asked], Reply]:
    """Answers by "METHOD /path", with those of `spoilt` in place of the good ones."""
    good: dict[str, Reply | Callable[[Asked], Reply]] = {
        PUBLISH: as_json({"data": {"id": "1001", "text": "Hallo", "edit_history_post_ids": ["1001"]}}, 201),
        "POST /2/media/upload": as_json({"data": {"id": "77", "media_key": "3_77", "expires_after_secs": 86400}}),
        "POST /2/media/metadata": as_json({"data": {"id": "77"}}),
        "GET /2/users/me": as_json({"data": {"id": "42", "name": "Landkreis", "username": "Landkreis"}}),
        LIST: as_json({"meta": {"result_count": 0}}),
    }
    answers = {**good, **(spoilt or {})}

    def answer(asked: Asked) -> Reply:
        found = answers.get(f"{asked.method} {asked.path.partition('?')[0]}", as_json({"title": "Not Found"}, 404))
        return found(asked) if callable(found) else found

    return answer


def adapter_at(address: str, account: str = "landkreis") -> Adapter:
    urls = {"api": address, "web": "https://x.com"}
    channel = Channel(name="amt", platform="x", account=account, urls=urls)
    return Adapter(channel, {name: Secret(value) for name, value in SECRETS.items()})
