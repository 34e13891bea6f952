"""The staging folder on loopback: from here the practice Instagram fetches pictures, as from an office's web server."""

import asyncio
from mimetypes import guess_type
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kanal.sandbox.dialect import Ground
from kanal.sandbox.quirks import Quirk


def routes(folder: Path, ground: Ground) -> list[Route]:
    """Every file of `folder` (made when it is missing) under `/staging/`, unless it is closed to the public."""
    folder.mkdir(parents=True, exist_ok=True)
    root = folder.resolve()

    async def staged(request: Request) -> Response:
        if ground.has("instagram", Quirk.STAGING_CLOSED):
            return PlainTextResponse("Forbidden", 403)
        data = await asyncio.to_thread(_read, root, request.path_params["name"])
        if data is None:
            return PlainTextResponse("Not Found", 404)
        kind, _ = guess_type(request.path_params["name"])
        return Response(data, media_type=kind or "application/octet-stream")

    return [Route("/staging/{name:path}", staged, methods=["GET", "HEAD"])]


def _read(root: Path, name: str) -> bytes | None:
    try:
        file = (root / name).resolve()
        return file.read_bytes() if file.is_relative_to(root) else None
    except (OSError, ValueError):
        return None
