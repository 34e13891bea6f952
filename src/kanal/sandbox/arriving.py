"""Files that have not arrived in full, piece by piece, in the state file: an upload goes on after a restart.

This module must not know any network's protocol.
"""

import sqlite3


class Arriving:
    """The unfinished files of all networks, each by the id of its upload."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def size(self, platform: str, upload_id: str) -> int:
        """How many bytes are there."""
        (size,) = self._db.execute(
            "SELECT coalesce(sum(length(data)), 0) FROM pieces WHERE platform = ? AND upload = ?", (platform, upload_id)
        ).fetchone()
        return int(size)

    def add(self, platform: str, upload_id: str, data: bytes) -> int:
        """Keep some more bytes; how many are there then."""
        start = self.size(platform, upload_id)
        self._db.execute("INSERT INTO pieces VALUES (?, ?, ?, ?)", (platform, upload_id, start, data))
        return start + len(data)

    def cut(self, platform: str, upload_id: str, size: int) -> None:
        """Keep the first `size` bytes only."""
        here = (platform, upload_id, size)
        self._db.execute("DELETE FROM pieces WHERE platform = ? AND upload = ? AND start >= ?", here)
        self._db.execute(
            "UPDATE pieces SET data = substr(data, 1, ? - start) WHERE platform = ? AND upload = ?"
            " AND start + length(data) > ?",
            (size, *here),
        )

    def content(self, platform: str, upload_id: str) -> bytes:
        """All bytes that are there."""
        rows = self._db.execute(
            "SELECT data FROM pieces WHERE platform = ? AND upload = ? ORDER BY start", (platform, upload_id)
        )
        return b"".join(data for (data,) in rows)

    def forget(self, platform: str, upload_id: str) -> None:
        """Keep nothing of it any longer."""
        self._db.execute("DELETE FROM pieces WHERE platform = ? AND upload = ?", (platform, upload_id))
