"""The control API below `/practice/`: what `kanal.sandbox.Practice` asks for. For this machine and for tests only."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import FaultKind, addresses
from kanal.sandbox.admission import admit
from kanal.sandbox.dialect import Ground
from kanal.sandbox.faults import fault_from
from kanal.sandbox.network import Network
from kanal.sandbox.portal import Order, hand_out
from kanal.sandbox.quirks import Quirk
from kanal.sandbox.records import StoredPost


@dataclass(frozen=True, slots=True)
class Switch:
    """A network with its addresses, and how to take it from the net and put it back."""

    network: Network
    urls: Mapping[str, str]
    go_down: Callable[[], Awaitable[None]]
    come_up: Callable[[], Awaitable[None]]


def routes(ground: Ground, switches: Mapping[str, Switch]) -> list[Route]:
    """All routes of the control API."""
    return [
        *_of_accounts(ground, switches),
        *_of_faults(switches),
        *_of_requests([switch.network for switch in switches.values()]),
    ]


def _of_accounts(ground: Ground, switches: Mapping[str, Switch]) -> list[Route]:
    async def networks(_: Request) -> Response:
        return JSONResponse({platform: dict(switch.urls) for platform, switch in switches.items()})

    async def accounts(request: Request) -> Response:
        asked = await request.json()
        account = str(asked["account"]).strip()
        if not account or "/" in account:
            return _refused("An account needs a name without slashes.")
        admitted = admit(ground.store, asked["platform"], account, str(asked["name"]), asked.get("scopes"))
        return JSONResponse(dict(admitted.credentials))

    async def apps(request: Request) -> Response:
        try:
            return JSONResponse(dict(hand_out(ground, Order(**await request.json()))))
        except ValueError as error:
            return _refused(str(error))

    async def posts(request: Request) -> Response:
        query = request.query_params
        found = ground.store.posts(query.get("platform"), query.get("account"))
        return JSONResponse([_post(ground, post) for post in reversed(found)])

    return [
        Route("/practice/networks", networks, methods=["GET"]),
        Route("/practice/accounts", accounts, methods=["POST"]),
        Route("/practice/apps", apps, methods=["POST"]),
        Route("/practice/posts", posts, methods=["GET"]),
    ]


def _of_faults(switches: Mapping[str, Switch]) -> list[Route]:
    async def set_fault(request: Request) -> Response:
        asked = await request.json()
        switch = switches[asked.pop("platform")]
        try:
            fault = fault_from(asked)
        except (ValueError, TypeError, KeyError) as error:
            return _refused(str(error))
        switch.network.faults.set(fault)
        if fault.kind is FaultKind.DOWN:
            await switch.go_down()
        return JSONResponse({})

    async def set_quirk(request: Request) -> Response:
        asked = await request.json()
        try:
            switches[asked["platform"]].network.quirks.set(Quirk(asked["quirk"]), asked["seconds"])
        except (ValueError, TypeError, KeyError) as error:
            return _refused(str(error))
        return JSONResponse({})

    async def heal(_: Request) -> Response:
        for switch in switches.values():
            switch.network.faults.heal()
            switch.network.quirks.heal()
            await switch.come_up()
        return JSONResponse({})

    return [
        Route("/practice/faults", set_fault, methods=["POST"]),
        Route("/practice/quirks", set_quirk, methods=["POST"]),
        Route("/practice/faults", heal, methods=["DELETE"]),
    ]


def _of_requests(networks: Sequence[Network]) -> list[Route]:
    async def counts(_: Request) -> Response:
        return JSONResponse({network.platform: network.requests for network in networks})

    async def reset(_: Request) -> Response:
        for network in networks:
            network.reset()
        return JSONResponse({})

    return [
        Route("/practice/requests", counts, methods=["GET"]),
        Route("/practice/requests", reset, methods=["DELETE"]),
    ]


def _post(ground: Ground, post: StoredPost) -> Mapping[str, Any]:
    return {
        "id": post.id,
        "platform": post.platform,
        "account": post.account,
        "text": post.text,
        "link": post.link,
        "media": [
            {"sha256": media.sha256, "alt": media.alt, "type": media.type, "captions": dict(media.captions)}
            for media in post.media
        ],
        "at": post.at,
        "url": addresses.post(ground.address, post.platform, post.account, post.id),
        "reply_to": post.reply_to,
        "warning": post.warning,
        "poll": post.poll["options"] if post.poll else [],
        "visibility": post.details.get("visibility", "public"),
        "story": "story" in post.details,
        "edited_at": post.edited_at,
    }


def _refused(words: str) -> Response:
    return JSONResponse({"error": words}, 422)
