"""A file, or a stretch of it, in a web form that is read piece by piece while it is sent.

This module must not know any network, nor what is in the file.
"""

from collections.abc import Callable, Mapping
from secrets import token_hex

from kanal.transport.streaming import Body, Stretch


class FormWithFile(Body):
    """A multipart form (RFC 7578) of some fields and one file, in the shape that HTTP libraries stream; used once.

    `name` is the field of the file, `file_name` and `kind` (a media type) what the network is told of it. `tell` and
    errors as for `Body`.
    """

    def __init__(
        self,
        fields: Mapping[str, str],
        name: str,
        stretch: Stretch,
        *,
        file_name: str,
        kind: str,
        tell: Callable[[int], None] = lambda _: None,
    ) -> None:
        boundary = token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        head, tail = _head(fields, name, file_name, kind, boundary), f"\r\n--{boundary}--\r\n".encode()
        super().__init__(stretch, head=head, tail=tail, tell=tell)


def _head(fields: Mapping[str, str], name: str, file_name: str, kind: str, boundary: str) -> bytes:
    lines = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    about = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: {kind}\r\n\r\n'
    return "".join([*lines, f"--{boundary}\r\n", about]).encode()
