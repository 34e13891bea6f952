"""Requests to X with an OAuth 2.0 user token, which may be another one from request to request (`Secret.reveal`).

This module must not know how a token is renewed.
"""

import re
from collections.abc import Mapping
from typing import Any

import requests
from requests.auth import AuthBase

from kanal.model import Secret
from kanal.transport import Answered
from kanal.transport.failures import certificates_unreadable, token_unusable
from kanal.transport.with_requests import OfficeSession


class BearerSession(OfficeSession):
    """Shows `token` with every request. When X does not accept it, it is told so, and asked once more with the next.

    That is safe for every request: one that is answered with 401 did nothing (RFC 9110 §15.5.2).
    """

    def __init__(self, rewrite: Mapping[str, str], *, base_url: str, token: Secret) -> None:
        super().__init__(rewrite, base_url=base_url)
        self.auth = _Bearer(token)
        self._token = token
        self._is_replaced = False

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """As `OfficeSession.request`."""
        try:
            return super().request(method, url, *args, **kwargs)
        except Answered as error:
            if error.status != requests.codes.unauthorized or self._is_replaced:
                raise
            self._is_replaced = True
            # A body that was read from a file is used up; whoever sends it begins anew, then with the new token.
            if not self._token.refused() or hasattr(kwargs.get("data"), "read"):
                raise
            return super().request(method, url, *args, **kwargs)


def open_bearer_session(rewrite: Mapping[str, str], *, base_url: str, token: Secret) -> BearerSession:
    """As `BearerSession`. Raises `Unavailable` when the office's certificate file cannot be read."""
    try:
        return BearerSession(rewrite, base_url=base_url, token=token)
    except OSError as error:
        raise certificates_unreadable() from error


class _Bearer(AuthBase):
    """RFC 6750 §2.1."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        value = self._token.reveal()
        # requests would print the whole header in its complaint.
        if not re.fullmatch(r"[\x21-\x7e]+", value):
            raise token_unusable()
        request.headers["Authorization"] = f"Bearer {value}"
        return request
