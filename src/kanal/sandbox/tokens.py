"""What was granted on the practice networks, in the state file: codes, tokens, and the apps that they were given to.

Times are Unix seconds. This module must not know any network's protocol.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["code", "access", "refresh", "user"]


@dataclass(frozen=True, slots=True)
class App:
    """A registered app. One without `secret` is public, and `redirects` are all the addresses it may come back to."""

    platform: str
    id: str
    secret: str | None
    redirects: tuple[str, ...]
    scopes: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A code or token: whose, for which app and scopes, until when. A `user` token of Meta's belongs to no account."""

    value: str
    platform: str
    kind: Kind
    account: str
    app: str
    scopes: tuple[str, ...]
    at: float
    ends: float | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


class Tokens:
    """The codes and tokens of all networks."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def save(self, token: Token) -> None:
        """Keep a token."""
        row = (token.value, token.platform, token.kind, token.account, token.app, json.dumps(token.scopes))
        self._db.execute(
            "INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, token.at, token.ends, json.dumps(dict(token.details))),
        )

    def find(self, platform: str, kind: Kind, value: str) -> Token | None:
        """A token that was not taken back; whether it has ended is for the caller to see."""
        rows = self._db.execute(
            "SELECT * FROM tokens WHERE platform = ? AND kind = ? AND value = ?", (platform, kind, value)
        )
        return next(map(_token, rows), None)

    def living(self, platform: str, kind: Kind, value: str, now: float) -> Token | None:
        """The same, unless it has ended."""
        found = self.find(platform, kind, value)
        return found if found and (found.ends is None or found.ends > now) else None

    def remove(self, platform: str, value: str) -> bool:
        """Take a token back; whether there was one."""
        return self._db.execute("DELETE FROM tokens WHERE platform = ? AND value = ?", (platform, value)).rowcount > 0

    def save_app(self, app: App) -> None:
        """Keep an app."""
        row = (app.platform, app.id, app.secret, json.dumps(app.redirects), json.dumps(app.scopes), app.name)
        self._db.execute("INSERT OR REPLACE INTO apps VALUES (?, ?, ?, ?, ?, ?)", row)

    def app(self, platform: str, identity: str) -> App | None:
        """An app by its id."""
        rows = self._db.execute("SELECT * FROM apps WHERE platform = ? AND id = ?", (platform, identity))
        return next(map(_app, rows), None)


def _token(row: tuple[Any, ...]) -> Token:
    value, platform, kind, account, app, scopes, at, ends, details = row
    return Token(value, platform, kind, account, app, tuple(json.loads(scopes)), at, ends, json.loads(details))


def _app(row: tuple[Any, ...]) -> App:
    platform, identity, secret, redirects, scopes, name = row
    return App(platform, identity, secret, tuple(json.loads(redirects)), tuple(json.loads(scopes)), name)
