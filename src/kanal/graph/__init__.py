"""Meta's Graph API, as far as Facebook and Instagram share it: requests, refusals, the allowance.

It stands outside `platforms`, where every module is a network. The ways to ask differ in what a failure means: `read`
and `upload` change nothing that anybody sees, `publish`, `edit` and `delete` do. The token travels in a header only,
since httpx logs addresses (docs/networks.md#tokens-in-logs). Importing this costs httpx; adapters do so when they talk
to their network.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import httpx

from kanal.errors import Rejected, Unavailable, Uncertain
from kanal.graph.answers import SEARCH_FIRST, Answer, Missing, Trouble, read_answer, translate, unwrapped
from kanal.graph.posts import PAGE_SIZE
from kanal.graph.sending import Request, connect, send
from kanal.graph.usage import usage_of
from kanal.message import msg
from kanal.model import Secret
from kanal.transport.failures import retry_after
from kanal.transport.streaming import Body

__all__ = ["Answer", "Graph", "Look"]

PAUSE = timedelta(minutes=5)
"""How long a used-up allowance is respected when the network does not say until when."""


def _utc_now() -> datetime:
    """The present by this machine's clock, aware: what networks say in minutes is counted from there."""
    return datetime.now(UTC)


class Look(NamedTuple):
    """A success, and its headers (in any case)."""

    answer: Answer
    headers: Mapping[str, str]


class Graph:
    """One account's connection. `usage_kind` is the business use case whose allowance counts: `pages`, `instagram`.

    `scheme` stands before the token (the host for uploads wants another one), `now` tells the time (UTC).
    """

    def __init__(
        self,
        base_url: str,
        token: Secret,
        *,
        usage_kind: str,
        scheme: str = "Bearer",
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """Raise `Unavailable` for a token that cannot be one, or an environment that allows no connection."""
        self.token = token
        self._base_url = base_url
        self._scheme = scheme
        self._client = connect(base_url, token, scheme)
        self._usage_kind = usage_kind
        self.now = now
        self._paused_until: datetime | None = None

    def read(self, path: str, params: Mapping[str, str]) -> Answer:
        """GET. Raises `Unavailable` only: a question that the network refuses says nothing about a post."""
        return self.look(path, params).answer

    def look(self, path: str, params: Mapping[str, str]) -> Look:
        """GET, with what stands in the headers. Raises as `read` does."""
        return self._question(Request("GET", path, params=params))

    def read_unseen(self, path: str, params: Mapping[str, str]) -> Answer:
        """GET, with `params` that must not stand in an address, where proxies would log them: wrapped in a batch.

        https://developers.facebook.com/docs/graph-api/making-multiple-requests . Raises as `read` does.
        """
        inner = {"method": "GET", "relative_url": f"{path.lstrip('/')}?{urlencode(params)}"}
        data = {"batch": json.dumps([inner]), "include_headers": "false"}
        return self._question(Request("POST", "/", data=data, batched=True)).answer

    def _question(self, request: Request) -> Look:
        try:
            return self._reply(request)
        except Rejected as error:
            raise Unavailable(error.message, error.advice, words=error.words, needs_person=True) from error

    def upload(self, path: str, data: Mapping[str, str], picture: Path | None = None) -> str:
        """POST something that nobody sees yet; its id. Raises `Rejected` or `Unavailable`."""
        answer = self._ask(Request("POST", path, data=data, picture=picture))
        if not _has_id(answer):
            raise Unavailable(msg("The network took an upload without giving it an id."))
        return str(answer["id"])

    def hand_in(
        self,
        path: str,
        data: Mapping[str, str] | None = None,
        *,
        body: Body | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """POST a step of an upload that nobody sees yet; the whole answer. Raises `Rejected` or `Unavailable`.

        `body` goes out in place of `data`, with the `headers`.
        """
        return self._ask(Request("POST", path, data=data, body=body, headers=headers))

    def finish(self, path: str, data: Mapping[str, str]) -> None:
        """POST the one request that publishes what has its id already. Raises all three delivery errors."""
        answer = self._ask(Request("POST", path, data=data, publishing=True))
        if answer.get("success") is not True:
            raise Uncertain(msg("The network answered the publishing request with something else."), SEARCH_FIRST)

    def publish(self, path: str, data: Mapping[str, str], params: Mapping[str, str] | None = None) -> Answer:
        """POST the one request that publishes; the answer has an `id`. Raises all three delivery errors."""
        answer = self._ask(Request("POST", path, params=params, data=data, publishing=True))
        if not _has_id(answer):
            raise Uncertain(msg("The network answered the publishing request without naming a post."), SEARCH_FIRST)
        return answer

    def delete(self, path: str) -> None:
        """DELETE something that is public. Raises all three delivery errors.

        Where the network finds nothing, it may be gone already, or not be the token's to see: `has` must tell.
        """
        try:
            answer = self._ask(Request("DELETE", path, publishing=True))
        except Missing:
            return
        if answer.get("success") is not True:
            raise Uncertain(msg("The network answered the request to delete with something else."))

    def edit(self, path: str, data: Mapping[str, str]) -> bool:
        """POST new fields of something that is public; False where the network finds nothing.

        Raises all three delivery errors.
        """
        try:
            answer = self._ask(Request("POST", path, data=data, publishing=True))
        except Missing:
            return False
        if answer.get("success") is not True:
            raise Uncertain(msg("The network answered the request to edit with something else."))
        return True

    def has(self, path: str) -> bool:
        """Whether the network finds something there that the token may see. Raises `Unavailable`."""
        try:
            answer = self.read(path, {"fields": "id"})
        except Missing:
            return False
        if not _has_id(answer):
            raise Unavailable(msg("The network answered a question about a post with something else."))
        return True

    def listing(self, path: str, params: Mapping[str, str], *, pages: int) -> Iterator[Answer]:
        """The entries of a list, newest first, from at most `pages` requests of 100 entries each.

        Raises `Unavailable`, also when there is more than that: who has not seen all must not say "not there".
        """
        asked = {**params, "limit": str(PAGE_SIZE)}
        for _ in range(pages):
            answer = self.read(path, asked)
            entries = answer.get("data")
            if not isinstance(entries, list):
                raise Unavailable(msg("The network answered a request for a list with something else."))
            yield from (entry for entry in entries if isinstance(entry, dict))
            after = _next_cursor(answer)
            if after is None:
                return
            asked = {**asked, "after": after}
        raise Unavailable(msg("There are too many posts to look through."), needs_person=True)

    def close(self) -> None:
        """Close connections."""
        self._client.close()
        if "_publisher" in self.__dict__:
            self._publisher.close()

    @cached_property
    def _publisher(self) -> httpx.Client:
        """A client whose every request has a connection of its own.

        A connection that idled while the claim was written may be dead without our knowing, and a request lost in it
        could not be told from one that was received.
        """
        return connect(self._base_url, self.token, self._scheme)

    def _ask(self, request: Request) -> Answer:
        return self._reply(request).answer

    def _reply(self, request: Request) -> Look:
        self._refuse_while_paused()
        reply = send(self._publisher if request.publishing else self._client, request)
        usage, now = usage_of(reply.headers, self._usage_kind), self.now()
        status, body = unwrapped(reply.status, reply.body) if request.batched else (reply.status, reply.body)
        answer = read_answer(status, body, self.token.reveal())
        if isinstance(answer, Trouble):
            retry_at = now + usage.regain if usage.regain else retry_after(reply.headers)
            raise translate(answer, publishing=request.publishing, now=now, retry_at=retry_at)
        if usage.is_full:
            self._paused_until = now + (usage.regain or PAUSE)
        return Look(answer, reply.headers)

    def _refuse_while_paused(self) -> None:
        if self._paused_until is not None and self.now() < self._paused_until:
            raise Unavailable(
                msg("The account's allowance of requests is used up; nothing was sent."),
                retry_at=self._paused_until,
                channel_wide=True,
            )


def _has_id(answer: Answer) -> bool:
    return isinstance(answer.get("id"), str) and bool(answer["id"])


def _next_cursor(answer: Answer) -> str | None:
    """Where the next page begins. `next` itself is not followed, as it carries the token in its query."""
    paging = answer.get("paging")
    if not isinstance(paging, dict) or "next" not in paging:
        return None
    cursors = paging.get("cursors")
    after = cursors.get("after") if isinstance(cursors, dict) else None
    return after if isinstance(after, str) and after else None
