"""Posts of the practice X: publish, read, delete."""

from json import JSONDecodeError
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox.dialect import Ground
from kanal.sandbox.x.composing import composed
from kanal.sandbox.x.entities import post_entity
from kanal.sandbox.x.listing import LIST_QUERY, LOOK_QUERY, includes, page, several, wanted
from kanal.sandbox.x.request_body import check_body
from kanal.sandbox.x.words import (
    invalid,
    not_found,
    problem,
    refuse_unknown_query,
    speaker,
)


def routes(ground: Ground) -> list[Route]:
    """The routes below `/2/tweets` and a user's list of posts."""

    async def create(request: Request) -> Response:
        account = await speaker(ground, request, writes=True)
        body = await _body(request)
        check_body(body)
        post = composed(ground, account, body)
        ground.store.save_post(post)
        return JSONResponse({"data": post_entity(ground, post, set())}, 201)

    async def listed(request: Request) -> Response:
        account = await speaker(ground, request)
        refuse_unknown_query(request, LIST_QUERY)
        if request.path_params["id"] != account.id:
            return not_found("user", request.path_params["id"])
        return page(ground, account, request)

    async def listed_by_id(request: Request) -> Response:
        await speaker(ground, request)
        refuse_unknown_query(request, LOOK_QUERY | {"ids"})
        return several(ground, request)

    async def show(request: Request) -> Response:
        await speaker(ground, request)
        refuse_unknown_query(request, LOOK_QUERY)
        post = ground.store.post("x", request.path_params["id"])
        if post is None:
            return not_found("tweet", request.path_params["id"])
        entity = post_entity(ground, post, wanted(request))
        return JSONResponse({"data": entity, **includes(ground, [post], request)})

    async def delete(request: Request) -> Response:
        account = await speaker(ground, request, writes=True)
        post = ground.store.post("x", request.path_params["id"])
        if post is None:
            return problem(404, "Not Found")
        if post.account != account.account:
            return problem(403, "You are not authorized to delete this Tweet.")
        ground.store.delete_post("x", post.id)
        return JSONResponse({"data": {"deleted": True}})

    return [
        Route("/2/tweets", create, methods=["POST"]),
        Route("/2/tweets", listed_by_id, methods=["GET"]),
        Route("/2/tweets/{id}", show, methods=["GET"]),
        Route("/2/tweets/{id}", delete, methods=["DELETE"]),
        Route("/2/users/{id}/tweets", listed, methods=["GET"]),
    ]


async def _body(request: Request) -> Any:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise invalid("Requests with bodies must have content-type of application/json.")
    try:
        return await request.json()
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise invalid("Request body is not valid JSON.") from error
