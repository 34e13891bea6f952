"""The fault switches in the state file. This module must not know what they do."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any


class Switches:
    """The switches of all networks that are on."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def of(self, platform: str) -> list[Mapping[str, Any]]:
        """A network's switches, in the order in which they were set."""
        rows = self._db.execute("SELECT fault FROM faults WHERE platform = ? ORDER BY rowid", (platform,))
        return [json.loads(fault) for (fault,) in rows]

    def save(self, platform: str, kind: str, fault: Mapping[str, Any]) -> None:
        """Keep a switch, in place of what was kept of its kind before."""
        statement = (
            "INSERT INTO faults VALUES (?, ?, ?) ON CONFLICT (platform, kind) DO UPDATE SET fault = excluded.fault"
        )
        self._db.execute(statement, (platform, kind, json.dumps(dict(fault))))

    def remove(self, platform: str, kind: str) -> None:
        """Forget a switch."""
        self._db.execute("DELETE FROM faults WHERE platform = ? AND kind = ?", (platform, kind))
