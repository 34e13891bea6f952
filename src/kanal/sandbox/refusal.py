"""How a handler stops with an answer in its network's own shape."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Handler = Callable[[Request], Awaitable[Response]]


class Refused(Exception):
    """The network says no; `response` says it in the network's shape."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def speaking(routes: list[Route], shape: Callable[[int, str], Response]) -> Starlette:
    """An app of these routes; `shape` words what Starlette itself refuses (status, English reason)."""

    async def refused(_: Request, error: Exception) -> Response:
        if isinstance(error, Refused):
            return error.response
        status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
        return shape(status, detail)

    handlers: Mapping[type[Exception], Callable[[Request, Exception], object]] = {
        Refused: refused,
        HTTPException: refused,
    }
    return Starlette(routes=routes, exception_handlers=dict(handlers))  # type: ignore[arg-type] # Starlette's alias wants int keys too
