"""Practice networks on this machine: what callers see of them, and the remote control for a running server.

Everything here goes through the server's control API, so it works from the same process and from any other. This
module must import neither starlette nor uvicorn: `kanal lint` loads it in commit hooks. How the networks answer is the
business of `kanal.sandbox.server` and what it imports.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal
from urllib.parse import urlencode

from kanal.errors import UsageError
from kanal.message import msg
from kanal.sandbox.quirks import Quirk

PLATFORMS = ("mastodon", "x", "facebook", "instagram")
"""The practised networks, in the order of their ports: the first listens one above the timeline's port."""


@dataclass(frozen=True, slots=True)
class PracticeMedia:
    """A picture or video of a practice post: SHA-256 of the bytes the network received (hex), and its alternative text.

    `type` is the media type; `captions` are those of a video, as the SHA-256 of their file by language.
    """

    sha256: str
    alt: str
    type: str = "image/jpeg"
    captions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PracticePost:
    """A post as a practice network stored it.

    `account` is the account as admitted, `text` what was sent (no t.co links, no HTML), `at` UTC, `url` a page of the
    timeline. `reply_to` is the id of the post that this one answers, `warning` the content warning, `poll` the options;
    a `story` is gone after a day. `edited_at` (UTC) is `None` for a post that says what it said at first.
    """

    id: str
    platform: str
    account: str
    text: str
    link: str | None
    media: tuple[PracticeMedia, ...]
    at: datetime
    url: str
    reply_to: str | None = None
    warning: str = ""
    poll: tuple[str, ...] = ()
    visibility: str = "public"
    story: bool = False
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, for cassettes.

    `fault` is the kind of the fault that shaped the answer. `status` is 0, with an empty answer, when the connection
    was cut.
    """

    platform: str
    method: str
    path: str
    query: str
    request_headers: tuple[tuple[str, str], ...]
    request_body: bytes
    status: int
    response_headers: tuple[tuple[str, str], ...]
    response_body: bytes
    fault: str | None


class FaultKind(StrEnum):
    """What a practice network can be told to do wrong."""

    LATENCY = "latency"
    TOO_MANY = "429"
    ERROR_BEFORE = "5xx-before"
    ERROR_AFTER = "5xx-after"
    CUT_AFTER = "cut-after"
    HTML = "html"
    DRIP = "drip"
    EXPIRED = "expired-token"
    DOWN = "down"


Deed = Literal["publish", "correct", "retract"]
"""What a request can do to what the public sees: make a post, change one, take one away."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault switch.

    `times` counts the requests it hits, `None` means until healed (`down` always lasts until healed). `seconds` is
    the delay of `latency`, the length of `drip`, and the time to the reset that `429` announces. `calls` names the
    requests that are hit: only those that do this deed, or with "all" every one.
    """

    kind: FaultKind
    times: int | None = 1
    seconds: float = 0.0
    calls: Deed | Literal["all"] = "publish"


class Practice:
    """The remote control of a running practice server. Raises `UsageError` when none answers at `address`."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/") + "/"

    def urls(self, platform: str) -> Mapping[str, str]:
        """Base addresses by the names of the adapter's `urls`, for `Channel.urls`."""
        addresses: Mapping[str, str] = self._ask("GET", "networks")[_known(platform)]
        return addresses

    def admit(
        self, platform: str, account: str, name: str, *, scopes: Sequence[str] | None = None
    ) -> Mapping[str, str]:
        """Register an account, or find it again; returns its credentials by the adapter's `needs` names.

        `scopes` narrows what the token may do, in the network's own words (`write:statuses`); none means everything.
        """
        asked = {"platform": _known(platform), "account": account, "name": name, "scopes": scopes}
        credentials: Mapping[str, str] = self._ask("POST", "accounts", asked)
        return credentials

    def app(
        self,
        platform: str,
        *,
        redirect: str = "",
        confidential: bool = False,
        account: str | None = None,
        scopes: Sequence[str] | None = None,
        accounts: Sequence[str] | None = None,
    ) -> Mapping[str, str]:
        """Register an app, as on a network's pages for developers; what a login asks for, by its names.

        X's comes back to `redirect`, and has a secret only if it is `confidential`. Meta's come with a user token, for
        Facebook Login, or with `account` for Instagram Login. `scopes` and `accounts` narrow what is allowed.
        """
        asked = {"redirect": redirect, "confidential": confidential, "account": account, "scopes": scopes}
        found: Mapping[str, str] = self._ask(
            "POST", "apps", {"platform": _known(platform), **asked, "accounts": accounts}
        )
        return found

    def posts(self, platform: str | None = None, account: str | None = None) -> list[PracticePost]:
        """What was published and not deleted, oldest first."""
        wanted = {"platform": platform, "account": account}
        query = urlencode({name: value for name, value in wanted.items() if value is not None})
        return [_post(found) for found in self._ask("GET", f"posts?{query}")]

    def set_fault(self, platform: str, fault: Fault) -> None:
        """Switch a fault on. Another fault of the same kind is replaced; different kinds add up."""
        self._ask("POST", "faults", {"platform": _known(platform), **asdict(fault)})

    def set_quirk(self, platform: str, quirk: Quirk, seconds: float | None = None) -> None:
        """Let a network be odd until healed; `seconds` as in `quirks.PLAYS`. Raises `UsageError` if it cannot be."""
        self._ask("POST", "quirks", {"platform": _known(platform), "quirk": quirk, "seconds": seconds})

    def heal(self) -> None:
        """Switch all faults and quirks of all networks off."""
        self._ask("DELETE", "faults")

    def request_counts(self) -> Mapping[str, int]:
        """Requests per platform since the server started, or since `reset_counts`."""
        counts: Mapping[str, int] = self._ask("GET", "requests")
        return counts

    def reset_counts(self) -> None:
        """Count from zero again."""
        self._ask("DELETE", "requests")

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        from urllib.error import HTTPError
        from urllib.request import ProxyHandler, Request, build_opener

        data = None if body is None else json.dumps(body).encode()
        address = f"{self.address}practice/{path}"
        request = Request(address, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310 - UsageError below for other schemes
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=10) as answer:
                return json.load(answer)
        except HTTPError as error:
            with error:
                words = _words(error.read())
            raise UsageError(msg("The practice networks refuse this: {words}", words=words)) from error
        except (OSError, ValueError) as error:
            raise UsageError(
                msg("No practice networks answer at {address}.", address=self.address),
                msg("Start them with “kanal sandbox”."),
            ) from error


def _known(platform: str) -> str:
    if platform not in PLATFORMS:
        raise UsageError(
            msg("There is no practice network “{name}”.", name=platform),
            msg("Known are: {names}.", names=", ".join(PLATFORMS)),
        )
    return platform


def _words(answer: bytes) -> str:
    try:
        return str(json.loads(answer)["error"])
    except (ValueError, KeyError, TypeError):
        return answer.decode(errors="replace")


def _post(found: Mapping[str, Any]) -> PracticePost:
    media = tuple(PracticeMedia(**picture) for picture in found["media"])
    at, edited = datetime.fromtimestamp(found["at"], UTC), found["edited_at"]
    more = {"poll": tuple(found["poll"]), "edited_at": edited and datetime.fromtimestamp(edited, UTC)}
    return PracticePost(**{**found, "media": media, "at": at, **more})
