"""The package mastodon_mock as a Mastodon server: somebody else's reading of Mastodon's documentation."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx

from kanal.model import Channel, ChannelStatus, Secret
from kanal.sandbox import Fault, FaultKind, PracticeMedia, PracticePost

from .programs import LOG, answers, free_port, program, running_program

SEEDED = 200
"""Accounts that the server starts with; each test takes one that has posted nothing."""
SERVER = "social.example"
FAULTS = "/api/v1/_mock/faults"
PUBLISHING = {"methods": ["POST"], "path": "/api/v1/statuses"}


@dataclass(frozen=True)
class Mock:
    """A running server."""

    url: str
    log: Path
    unused: Iterator[int] = field(default_factory=lambda: iter(range(SEEDED)))

    def new_account(self) -> "MockNetwork":
        """A fresh account on a server without faults."""
        number = next(self.unused)
        network = MockNetwork(self, f"amt{number}", _token(number), self.requests())
        network.heal()
        return network

    def requests(self) -> int:
        """Requests so far, as the server's log tells; those to its control panel do not count."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return sum(' HTTP/1.1" ' in line and "/_mock/" not in line for line in lines)


@dataclass(frozen=True)
class MockNetwork:
    """One account of the server, as a `kanal.testing.Network`."""

    mock: Mock
    username: str
    token: str
    requests_before: int

    @property
    def channel(self) -> Channel:
        account = f"{self.username}@{SERVER}"
        return Channel("mock", "mastodon", account, status=ChannelStatus.ACTIVE, urls={"api": self.mock.url})

    @property
    def credentials(self) -> Mapping[str, Secret]:
        return {"access_token": Secret(self.token)}

    def statuses(self) -> Sequence[Mapping[str, Any]]:
        """The account's statuses, oldest first."""
        account = self._ask("GET", "/api/v1/accounts/verify_credentials")["id"]
        found: list[Mapping[str, Any]] = self._ask("GET", f"/api/v1/accounts/{account}/statuses?limit=40")
        return found[::-1]

    def posts(self) -> Sequence[PracticePost]:
        """The statuses, each with the text as it was sent."""
        return [self._post(status) for status in self.statuses()]

    def request_count(self) -> int:
        """Requests since the account was taken."""
        return self.mock.requests() - self.requests_before

    def set_fault(self, fault: Fault) -> None:
        """What the server's own fault switch can do; `beyond_the_mock.py` names the rest."""
        resets_at = (datetime.now(UTC) + timedelta(seconds=fault.seconds)).isoformat()
        effects: Mapping[FaultKind, Mapping[str, object]] = {
            FaultKind.LATENCY: {"type": "latency", "delay_ms": int(fault.seconds * 1000)},
            FaultKind.ERROR_BEFORE: {"type": "status", "status": 500},
            FaultKind.EXPIRED: {
                "type": "status",
                "status": 401,
                "body": {"error": "The access token was revoked"},
            },
            # The server's own reset is in seconds; Mastodon's documentation (api/rate-limits) says ISO 8601.
            FaultKind.TOO_MANY: {
                "type": "status",
                "status": 429,
                "headers": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": resets_at},
            },
        }
        match = PUBLISHING if fault.calls == "publish" else {}
        self._ask("POST", FAULTS, {"match": match, "effect": effects[fault.kind], "count": fault.times})

    def heal(self) -> None:
        """All faults off."""
        self._ask("DELETE", FAULTS)

    def _post(self, status: Mapping[str, Any]) -> PracticePost:
        text = self._ask("GET", f"/api/v1/statuses/{status['id']}/source")["text"]
        media = tuple(self._media(one) for one in status["media_attachments"])
        at = datetime.fromisoformat(status["created_at"])
        return PracticePost(
            status["id"],
            "mastodon",
            self.channel.account,
            text,
            None,
            media,
            at,
            status["url"],
            reply_to=status["in_reply_to_id"],
            warning=status["spoiler_text"],
            poll=tuple(option["title"] for option in (status["poll"] or {}).get("options", ())),
            visibility=status["visibility"],
        )

    def _media(self, attached: Mapping[str, Any]) -> PracticeMedia:
        file = self._fetch("GET", attached["url"])
        kind = file.headers.get("content-type", "").partition(";")[0]
        return PracticeMedia(sha256(file.content).hexdigest(), attached["description"] or "", kind)

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        return self._fetch(method, f"{self.mock.url}{path}", body).json()

    def _fetch(self, method: str, url: str, body: object = None) -> httpx.Response:
        with httpx.Client(trust_env=False, headers={"Authorization": f"Bearer {self.token}"}) as client:
            return client.request(method, url, json=body).raise_for_status()


@contextmanager
def running_mock(folder: Path) -> Iterator[Mock]:
    """A server with empty accounts, until the block ends. Uploads are kept in `folder`."""
    file = folder / "mock.toml"
    accounts = (
        f'[[seed.accounts]]\nusername = "amt{number}"\naccess_token = "{_token(number)}"\n' for number in range(SEEDED)
    )
    lines = [f'domain = "{SERVER}"\nurl_scheme = "https"\n[database]\npath = ":memory:"\n', *accounts]
    file.write_text("".join(lines), encoding="utf-8")
    port = free_port()
    command: list[str | Path] = [program("mastodon_mock"), "serve", "--config", file]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with running_program(command, lambda: answers(port), folder=folder):
        yield Mock(f"http://127.0.0.1:{port}", folder / LOG)


def _token(number: int) -> str:
    return f"mock-token-{number}-{'x' * 20}"
