"""A form with a file goes out in pieces, exactly as if it had been put together in memory."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from tweepy import OAuth1UserHandler

from kanal.errors import Unavailable
from kanal.sandbox import forms
from kanal.testing.loopback import Reply, loopback
from kanal.transport.multipart import FormWithFile
from kanal.transport.streaming import Stretch
from kanal.transport.with_requests import open_session


def _form(file: Path, start: int, size: int, told: list[int] | None = None) -> FormWithFile:
    fields = {"description": "Ein Räumfahrzeug im „Schnee“\r\nZeile 2", "segment_index": "7"}
    tell = (told if told is not None else []).append
    return FormWithFile(fields, "media", Stretch(file, start, size), file_name="video.mp4", kind="video/mp4", tell=tell)


async def _read_by_a_server(body: bytes, kind: str) -> forms.Form:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}
    return await forms.read(Request(scope, receive))


@given(content=st.binary(max_size=300), start=st.integers(0, 300), size=st.integers(1, 400), piece=st.integers(1, 90))
def test_a_server_reads_what_was_written_whatever_the_pieces(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, start: int, size: int, piece: int
) -> None:
    import asyncio

    file = tmp_path_factory.getbasetemp() / "film.mp4"
    file.write_bytes(content)
    start = min(start, len(content))
    size = min(size, len(content) - start)
    told: list[int] = []
    with _form(file, start, size, told) as form:
        body = b"".join(iter(lambda: form.read(piece), b""))
    assert len(body) == len(form)
    read = asyncio.run(_read_by_a_server(body, form.content_type))
    assert read.one("description") == "Ein Räumfahrzeug im „Schnee“\r\nZeile 2"
    assert read.one("segment_index") == "7"
    assert read.files["media"] == forms.File("video.mp4", "video/mp4", content[start : start + size])
    assert told == sorted(told)
    assert (told or [0])[-1] == size


@pytest.mark.parametrize("auth", [None, OAuth1UserHandler("a", "b", "c", "d").apply_auth()], ids=["plain", "signed"])
def test_requests_sends_it_with_its_length_and_reads_it_in_small_pieces(tmp_path: Path, auth: Any) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(bytes(500_000))
    told: list[int] = []
    with loopback(lambda _: Reply()) as server, _form(file, 0, 500_000, told) as form:
        headers = {"Content-Type": form.content_type}
        open_session(base_url=server.url).post(server.url, data=form, headers=headers, auth=auth)
    [asked] = server.asked
    assert int(asked.headers["content-length"]) == len(asked.body) == len(form)
    assert asked.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert max(after - before for before, after in zip([0, *told], told, strict=False)) <= 65_536


def test_a_file_that_became_shorter_is_never_sent_as_whole(tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(bytes(100_000))
    with loopback(lambda _: Reply()) as server, _form(file, 0, 200_000) as form:
        headers = {"Content-Type": form.content_type}
        with pytest.raises((requests.RequestException, OSError)):
            open_session(base_url=server.url).post(server.url, data=form, headers=headers)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"film\.mp4.* cannot be read"):
        _form(tmp_path / "film.mp4", 0, 1)


def test_memory_stays_small_however_large_the_file(tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    size = 100_000_000
    with file.open("wb") as made:
        made.truncate(size)
    with _discarding() as address, _form(file, 0, size) as form:
        session = open_session(base_url=address)
        tracemalloc.start()
        try:
            session.post(address, data=form, headers={"Content-Type": form.content_type})
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 2_000_000


@contextmanager
def _discarding() -> Iterator[str]:
    """A server that reads one request, keeps nothing of it, and says OK."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            left = int(self.headers["Content-Length"])
            while left:
                left -= len(self.rfile.read(min(left, 65_536)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        thread.join()
