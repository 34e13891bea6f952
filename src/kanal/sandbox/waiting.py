"""Posts that wait for their time, in the state file. Their `at` is when they are to come out.

This module must not know the time of day, nor any network's protocol.
"""

import sqlite3

from kanal.sandbox.records import StoredPost, post_from, post_row


class Waiting:
    """The waiting posts of all networks."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def save(self, post: StoredPost) -> None:
        """Keep a waiting post, in place of what was kept of it before."""
        self._db.execute("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", post_row(post))

    def post(self, platform: str, account: str, post_id: str) -> StoredPost | None:
        """A waiting post of this account; those of others do not exist for it."""
        rows = self._db.execute(
            "SELECT * FROM waiting WHERE platform = ? AND account = ? AND id = ?", (platform, account, post_id)
        )
        return next(map(post_from, rows), None)

    def posts(self, platform: str, account: str) -> list[StoredPost]:
        """The waiting posts of an account, the last handed in first."""
        rows = self._db.execute(
            "SELECT * FROM waiting WHERE platform = ? AND account = ? ORDER BY number DESC", (platform, account)
        )
        return [post_from(row) for row in rows]

    def due(self, platform: str, now: float) -> list[StoredPost]:
        """Those whose time (Unix seconds) has come, in its order."""
        rows = self._db.execute(
            "SELECT * FROM waiting WHERE platform = ? AND at <= ? ORDER BY at, number", (platform, now)
        )
        return [post_from(row) for row in rows]

    def remove(self, post: StoredPost) -> None:
        """Forget a waiting post."""
        self._db.execute("DELETE FROM waiting WHERE platform = ? AND id = ?", (post.platform, post.id))
