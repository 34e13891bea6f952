"""One practice network on its port: counts, keeps to limits, does what the fault switches say, records.

Around an app that speaks the network's protocol (a `Dialect`), the same for all four. This module must not know any
single network.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kanal.sandbox import Exchange, Fault, FaultKind
from kanal.sandbox.dialect import Dialect, Ground, Sink
from kanal.sandbox.due import let_out
from kanal.sandbox.faults import INSTEAD, Switchboard
from kanal.sandbox.rates import Meter


@dataclass(slots=True)
class _Running:
    """What changes while a network runs."""

    requests: int = 0
    exclusive: set[str] = field(default_factory=set)


class Network:
    """The ASGI app of one network."""

    def __init__(
        self,
        dialect: Dialect,
        ground: Ground,
        record: Callable[[Exchange], None] | None,
        cut: Callable[[Scope], None],
    ) -> None:
        self.platform = dialect.platform
        self.faults = Switchboard(dialect.platform, ground.store)
        self.quirks = ground.quirks(dialect.platform)
        self._dialect = dialect
        self._ground = ground
        self._now = ground.options.clock
        self._meter = Meter(dialect.rates if ground.options.rate_limits else ())
        self._record = record
        self._cut = cut
        self._running = _Running()

    @property
    def requests(self) -> int:
        """Requests since the start or `reset`."""
        return self._running.requests

    def reset(self) -> None:
        """Count requests from zero again."""
        self._running.requests = 0

    def let_out(self) -> None:
        """Publish what waited for a time that has come."""
        let_out(self._ground, self.platform, self._dialect.id_when_out)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            return
        body = await _read(receive, self._dialect.sink(scope))
        if body is None:
            return
        self._running.requests += 1
        self.let_out()
        faults = await self.faults.hit(lambda: self._dialect.deed(_request(scope, body)))
        answer = await self._answer(scope, body, faults)
        answer.headers["Date"] = formatdate(self._ground.clock_of(self.platform), usegmt=True)
        last = faults[-1] if faults else None
        cut = last is not None and last.kind is FaultKind.CUT_AFTER
        self._remember(scope, body, None if cut else answer, last)
        if cut:
            self._cut(scope)
            while (await receive())["type"] != "http.disconnect":
                pass  # uvicorn would answer 500 in our place if we returned before it noticed.
            return
        drip = last.seconds if last is not None and last.kind is FaultKind.DRIP else 0.0
        await _deliver(answer, send, drip)

    async def _answer(self, scope: Scope, body: bytes, faults: Sequence[Fault]) -> Response:
        lock = self._dialect.exclusive(_request(scope, body))
        if lock is None:
            return await self._in_turn(scope, body, faults)
        if lock in self._running.exclusive:
            return self._dialect.failure(FaultKind.ERROR_BEFORE, "", 0.0)
        self._running.exclusive.add(lock)
        try:
            return await self._in_turn(scope, body, faults)
        finally:
            self._running.exclusive.discard(lock)

    async def _in_turn(self, scope: Scope, body: bytes, faults: Sequence[Fault]) -> Response:
        caller = await self._dialect.caller(_request(scope, body))
        broken = None
        for fault in faults:
            if fault.kind is FaultKind.LATENCY:
                await asyncio.sleep(fault.seconds)
            else:
                broken = fault
        if broken is not None and broken.kind in INSTEAD:
            return self._dialect.failure(broken.kind, caller, broken.seconds)
        windows = self._meter.count(caller, scope["method"], scope["path"], self._now())
        if windows and windows[0].exceeded:
            return self._dialect.failure(FaultKind.TOO_MANY, caller, windows[0].resets_at - self._now())
        answer = await _run(self._dialect.app, scope, body)
        if windows:
            answer.headers.update(self._dialect.rate_headers(caller, windows))
        if broken is not None and broken.kind is FaultKind.ERROR_AFTER:
            return self._dialect.failure(broken.kind, caller, 0.0)
        if broken is not None and broken.kind is FaultKind.HTML:
            return Response(_CAPTIVE_PORTAL, answer.status_code, media_type="text/html")
        return answer

    def _remember(self, scope: Scope, body: bytes, answer: Response | None, fault: Fault | None) -> None:
        if self._record is None:
            return
        self._record(
            Exchange(
                platform=self.platform,
                method=scope["method"],
                path=scope["path"],
                query=scope["query_string"].decode("latin-1"),
                request_headers=_text(scope["headers"]),
                request_body=body,
                status=answer.status_code if answer else 0,
                response_headers=_text(answer.raw_headers) if answer else (),
                response_body=bytes(answer.body) if answer else b"",
                fault=fault.kind.value if fault else None,
            )
        )


_CAPTIVE_PORTAL = (
    "<!doctype html><html><head><title>Please wait</title></head><body><h1>Please wait</h1>"
    "<p>Your request is being checked.</p></body></html>"
)


async def _read(receive: Receive, sink: Sink | None) -> bytes | None:
    """The whole body, unless it goes into the sink; `None` when the client left before it was complete."""
    parts: list[bytes] = []
    take = sink or parts.append
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        take(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _request(scope: Scope, body: bytes) -> Request:
    return Request(dict(scope), _replay(body))


async def _run(app: ASGIApp, scope: Scope, body: bytes) -> Response:
    """The app's answer, held back so that a fault can still change it."""
    start: dict[str, Any] = {}
    parts: list[bytes] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            parts.append(message.get("body", b""))

    await app(dict(scope), _replay(body), send)
    answer = Response(b"".join(parts), start["status"])
    answer.raw_headers[:] = [(name, value) for name, value in start["headers"]]
    return answer


async def _deliver(answer: Response, send: Send, drip: float) -> None:
    await send({"type": "http.response.start", "status": answer.status_code, "headers": answer.raw_headers})
    body = bytes(answer.body)
    if drip and body:
        began, step = time.monotonic(), drip / len(body)
        for place in range(len(body) - 1):
            await send({"type": "http.response.body", "body": body[place : place + 1], "more_body": True})
            await asyncio.sleep(max(0.0, began + (place + 1) * step - time.monotonic()))
        body = body[-1:]
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _text(headers: Sequence[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)
