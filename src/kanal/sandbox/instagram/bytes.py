"""The host that takes a video's bytes for a container of the practice Instagram; what breaks off can be gone on with.

https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
"""

from collections.abc import Mapping
from dataclasses import replace

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from kanal.sandbox import pictures, videos
from kanal.sandbox.dialect import Ground, Sink
from kanal.sandbox.instagram.containers import ERROR, MAX_VIDEO
from kanal.sandbox.records import Upload

PREFIX = "/ig-api-upload/"
FLUSH = 1_048_576
"""Bytes that may be lost when an upload breaks off."""


class Bytes:
    """Uploads under way, each with what of it is not kept yet; the newest request for a container has the say."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._open: dict[str, bytearray] = {}

    def sink(self, scope: Scope) -> Sink | None:
        """Where the body of this request goes, if it is one that brings bytes."""
        if scope["method"] != "POST" or not scope["path"].startswith(PREFIX):
            return None
        headers = Headers(scope=scope)
        container = self._container(headers, scope["path"])
        offset = _number(headers, "offset")
        there = self._ground.store.arriving.size("instagram", container.id) if container else 0
        if container is None or offset is None or offset > there:
            return lambda _: None
        self._ground.store.arriving.cut("instagram", container.id, offset)
        buffer = self._open[container.id] = bytearray()

        def take(data: bytes) -> None:
            if self._open.get(container.id) is buffer:
                buffer.extend(data)
                if len(buffer) >= FLUSH:
                    self._keep(container.id)

        return take

    def routes(self) -> list[Route]:
        """What is answered once all bytes of a request are there."""

        async def arrived(request: Request) -> Response:
            container = self._container(request.headers, request.url.path)
            if container is None:
                return _refused(404, "There is no such container, or it takes no bytes.", retriable=False)
            self._keep(container.id)
            self._open.pop(container.id, None)
            total = _number(request.headers, "file_size")
            there = self._ground.store.arriving.size("instagram", container.id)
            if total is None or there != total:
                return _refused(400, f"PartialRequestError: {there} of {total} bytes are there.", retriable=True)
            self._fill(container)
            return JSONResponse({"success": True, "message": "Upload successful."})

        return [Route(f"{PREFIX}v{{version}}/{{node}}", arrived, methods=["POST"])]

    def _keep(self, container_id: str) -> None:
        buffer = self._open.get(container_id)
        if buffer:
            self._ground.store.arriving.add("instagram", container_id, bytes(buffer))
            buffer.clear()

    def _container(self, headers: Mapping[str, str], path: str) -> Upload | None:
        """The container that the path names, if the token may fill it and it is not full yet."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        account = self._ground.store.account_with_token("instagram", token.strip()) if scheme == "OAuth" else None
        container = self._ground.store.upload(account, path.rpartition("/")[2]) if account else None
        return container if container and container.details["resumable"] and not container.picture else None

    def _fill(self, container: Upload) -> None:
        """What has arrived becomes the container's video, or its error."""
        store = self._ground.store
        data = store.arriving.content("instagram", container.id)
        video = videos.measure(container.id, data)
        most = MAX_VIDEO[container.details["kind"]]
        if video is None or video.size > most:
            store.save_upload(replace(container, details={**container.details, ERROR: 2207026}))
        else:
            store.save_upload(replace(container, picture=pictures.keep(store, video, data)))
        store.arriving.forget("instagram", container.id)


def _number(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "")
    return int(text) if text.isdecimal() else None


def _refused(status: int, words: str, *, retriable: bool) -> Response:
    debug = {"retriable": retriable, "type": words.partition(":")[0], "message": words}
    return JSONResponse({"debug_info": debug}, status)
