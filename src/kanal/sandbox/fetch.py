"""Getting a picture from the address that a client gave, as Meta's servers do; from this machine only."""

import asyncio
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from kanal.transport import is_loopback

_SECONDS = 10


class NotFetched(Exception):
    """The address does not give a file."""


async def fetched(url: str, most: int) -> bytes:
    """The bytes behind `url`, at most one more than `most`. Raises `NotFetched`; redirects are not followed."""
    return await asyncio.to_thread(_fetch, url, most)


def _fetch(url: str, most: int) -> bytes:
    try:
        parts = urlsplit(url)
        if parts.scheme != "http" or not is_loopback(url):
            raise NotFetched("practice networks fetch from http://127.0.0.1 only")
        connection = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=_SECONDS)
        try:
            connection.request("GET", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
            answer = connection.getresponse()
            if answer.status != 200:  # noqa: PLR2004 - OK
                raise NotFetched(f"HTTP {answer.status}")
            return answer.read(most + 1)
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError) as error:
        raise NotFetched(str(error)) from error
