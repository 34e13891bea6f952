"""Whose token it is, what its app may do, and what the server takes.

The scopes that Mastodon tells (since 4.3) are those of the app; a token has those, or fewer
(docs/networks.md#unverified).
"""

from datetime import UTC, datetime

from kanal.errors import Unavailable
from kanal.platforms.mastodon.answers import read_object
from kanal.platforms.mastodon.connection import Connection
from kanal.transport.clocks import ahead
from kanal.verification import Scopes, Verification

ACCOUNT = "/api/v1/accounts/verify_credentials"
APP = "/api/v1/apps/verify_credentials"
IDENTITY = ("profile", "read:accounts")
# https://docs.joinmastodon.org/api/oauth-scopes/
SCOPES = Scopes(
    needed=(("write:statuses",), ("write:media",), ("read:statuses",), IDENTITY),
    harmless=frozenset({"read:notifications"}),
)


def verify(connection: Connection, username: str) -> Verification:
    """Three requests, the first of which was made when the connection was opened. Raises `Unavailable`."""
    scopes = _scopes(connection)
    server = connection.server
    try:
        answer = connection.get(ACCOUNT)
    except Unavailable:
        if scopes is None or not SCOPES.missing(scopes):
            raise
        # The token is good, but may not ask whose it is.
        return Verification(None, "", is_right=False, wanted=SCOPES, granted=scopes, limits=server.numbers)
    about = read_object(answer, connection.address)
    found = str(about.get("username", ""))
    return Verification(
        account=found,
        name=str(about.get("display_name") or found),
        is_right=found.casefold() == username.casefold(),
        wanted=SCOPES,
        granted=scopes,
        page=str(about.get("url") or "") or None,
        limits=server.numbers,
        clock_off=ahead(answer.headers, datetime.now(UTC)),
    )


def _scopes(connection: Connection) -> frozenset[str] | None:
    """None where the server is too old to tell, or another software."""
    try:
        scopes = read_object(connection.get(APP), connection.address).get("scopes")
    except Unavailable as error:
        if error.needs_person:  # a refusal: whether the token is good, the next question tells
            return None
        raise
    return frozenset(str(scope) for scope in scopes) if isinstance(scopes, list) else None
