"""Whose keys they are, and what the app may do with them.

X has no scopes for OAuth 1.0a but one of three levels, in a header of its answers (docs/networks.md#unverified):
`read`, `read-write`, `read-write-directmessages`. Its parts are taken for scopes here. What an OAuth 2.0 token
may do X does not tell; `kanal login` looked at that when it was granted.
"""

from datetime import UTC, datetime

from kanal.platforms.x.connection import Connection
from kanal.transport.clocks import ahead
from kanal.verification import Scopes, Verification

LEVEL = "x-access-level"
# https://docs.x.com/fundamentals/developer-apps : the permission of the app, which its tokens had when they were made.
SCOPES = Scopes(needed=(("write",),), harmless=frozenset({"read"}))


def verify(connection: Connection, account: str) -> Verification:
    """One request, for which X takes money. Raises `Unavailable`."""
    found, headers = connection.me, connection.asked_who.headers
    username = str(found.get("username", ""))
    level = headers.get(LEVEL, "") if connection.signs else ""
    return Verification(
        account=username or None,
        name=str(found.get("name") or username),
        is_right=username.casefold() == account.casefold(),
        wanted=SCOPES,
        granted=frozenset(level.split("-")) if level else None,
        page=f"https://x.com/{username}" if username else None,
        clock_off=ahead(headers, datetime.now(UTC)),
    )
