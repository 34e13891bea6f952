"""Mastodon.py as kanal uses it (docs/networks.md#mastodon-the-library). It must not send anything by itself."""

import requests
from mastodon import Mastodon

from kanal import __version__
from kanal.model import Secret
from kanal.platforms.mastodon.server import Server

USER_AGENT = f"kanal/{__version__}"


def client_of(address: str, token: Secret, session: requests.Session, server: Server) -> Mastodon:
    """The library, told all that it would otherwise find out by itself."""
    client = Mastodon(
        api_base_url=address,
        session=session,
        mastodon_version=server.version,
        version_check_mode="created",
        ratelimit_method="throw",
        user_agent=USER_AGENT,
    )
    session.hooks["response"].append(_without_deprecation)
    client.access_token = token.reveal()  # given to the constructor, it would be opened if a file had that name
    return client


def _without_deprecation(answer: requests.Response, **_: object) -> None:
    """Keep the library from warning after a post is out: where warnings are errors, that looks like a failure."""
    answer.headers.pop("Deprecation", None)
