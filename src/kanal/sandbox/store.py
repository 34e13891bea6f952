"""What the practice networks remember: accounts, uploads, posts, pictures and fault switches, in one SQLite file.

One connection, used by the server's event loop only; each method is one short statement, so requests that run side by
side never see half a change. This module must not know any network's protocol.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from kanal.errors import UsageError
from kanal.message import msg
from kanal.sandbox.arriving import Arriving
from kanal.sandbox.records import (
    Account,
    StoredPost,
    Upload,
    account_from,
    account_row,
    post_from,
    post_row,
    upload_from,
    upload_row,
)
from kanal.sandbox.switches import Switches
from kanal.sandbox.tables import prepare
from kanal.sandbox.tokens import Tokens
from kanal.sandbox.waiting import Waiting


class Store:
    """The state file, open. Raises `UsageError` for a file that is something else."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
        try:
            prepare(self._db)
        except sqlite3.OperationalError as error:
            self._db.close()
            raise UsageError(
                msg("“{path}” cannot be opened ({error}).", path=path, error=str(error)),
                msg("Are the practice networks already running with it?"),
            ) from error
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise UsageError(
                msg("“{path}” is not a file of these practice networks ({error}).", path=path, error=str(error)),
                msg("Delete it to start with empty networks."),
            ) from error
        self.waiting = Waiting(self._db)
        self.switches = Switches(self._db)
        self.tokens = Tokens(self._db)
        self.arriving = Arriving(self._db)
        self._last = self._db.execute(
            "SELECT coalesce(max(number), 0) FROM (SELECT number FROM posts UNION ALL SELECT number FROM waiting"
            " UNION ALL SELECT number FROM uploads)"
        ).fetchone()[0]

    def close(self) -> None:
        """Write everything into the one file and close it."""
        self._db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several changes, all or none. Nothing may be awaited inside."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def number(self, now: float) -> int:
        """A number that was never given before and grows with time: milliseconds, moved on where two would meet."""
        self._last = max(int(now * 1000), self._last + 1)
        return int(self._last)

    def save_account(self, account: Account) -> None:
        """Keep an account, in place of what was kept of it before."""
        self._db.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?)", account_row(account))

    def accounts(self) -> list[Account]:
        """All accounts in the order of their admission."""
        return [account_from(row) for row in self._db.execute("SELECT * FROM accounts ORDER BY rowid")]

    def account(self, platform: str, account: str) -> Account | None:
        """An account by the name that the channel gives it."""
        rows = self._db.execute("SELECT * FROM accounts WHERE platform = ? AND account = ?", (platform, account))
        return next(map(account_from, rows), None)

    def account_granted(self, platform: str, token: str, now: float) -> Account | None:
        """The account for which this token was granted, with what it may do; None when it ended or was taken back."""
        granted = self.tokens.living(platform, "access", token, now)
        account = self.account(platform, granted.account) if granted else None
        return replace(account, token=token, scopes=granted.scopes) if account and granted else None

    def account_with_token(self, platform: str, token: str) -> Account | None:
        """The account that was admitted with this token."""
        rows = self._db.execute("SELECT * FROM accounts WHERE platform = ? AND token = ?", (platform, token))
        return next(map(account_from, rows), None)

    def save_post(self, post: StoredPost) -> None:
        """Keep a post, in place of what was kept of it before."""
        self._db.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", post_row(post))

    def post(self, platform: str, post_id: str) -> StoredPost | None:
        """A post by the network's id."""
        rows = self._db.execute("SELECT * FROM posts WHERE platform = ? AND id = ?", (platform, post_id))
        return next(map(post_from, rows), None)

    def posts(
        self,
        platform: str | None = None,
        account: str | None = None,
        *,
        text: str | None = None,
        since: float = 0.0,
        newest: int = -1,
    ) -> list[StoredPost]:
        """Posts since `since` (Unix seconds), newest first; `text` finds equal ones, `newest` limits their number."""
        rows = self._db.execute(
            "SELECT * FROM posts WHERE platform = coalesce(?, platform) AND account = coalesce(?, account)"
            " AND text = coalesce(?, text) AND at >= ? ORDER BY number DESC LIMIT ?",
            (platform, account, text, since, newest),
        )
        return [post_from(row) for row in rows]

    def count_posts(self, platform: str, account: str, *, since: float = 0.0) -> int:
        """How many posts an account has made since `since` (Unix seconds)."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM posts WHERE platform = ? AND account = ? AND at >= ?", (platform, account, since)
        ).fetchone()
        return int(count)

    def delete_post(self, platform: str, post_id: str) -> None:
        """Forget a post."""
        self._db.execute("DELETE FROM posts WHERE platform = ? AND id = ?", (platform, post_id))

    def save_upload(self, upload: Upload) -> None:
        """Keep an upload, in place of what was kept of it before."""
        self._db.execute("INSERT OR REPLACE INTO uploads VALUES (?, ?, ?, ?, ?, ?, ?, ?)", upload_row(upload))

    def upload(self, account: Account, upload_id: str) -> Upload | None:
        """An upload of this account; those of others do not exist for it."""
        rows = self._db.execute(
            "SELECT * FROM uploads WHERE platform = ? AND id = ? AND account = ?",
            (account.platform, upload_id, account.account),
        )
        return next(map(upload_from, rows), None)

    def attach(self, uploads: list[Upload], post_id: str) -> None:
        """Mark uploads as used by a post."""
        for upload in uploads:
            self.save_upload(replace(upload, attached=post_id))

    def hand_over(self, platform: str, post_id: str, heir: str | None) -> None:
        """Let all uploads of a post belong to the post `heir`, or with `None` to none."""
        self._db.execute(
            "UPDATE uploads SET attached = ? WHERE platform = ? AND attached = ?", (heir, platform, post_id)
        )

    def delete_uploads(self, platform: str, post_id: str) -> None:
        """Forget all uploads of a post."""
        self._db.execute("DELETE FROM uploads WHERE platform = ? AND attached = ?", (platform, post_id))

    def count_uploads(self, account: Account, since: float) -> int:
        """How many uploads an account has made since `since` (Unix seconds)."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM uploads WHERE platform = ? AND account = ? AND at >= ?",
            (account.platform, account.account, since),
        ).fetchone()
        return int(count)

    def keep(self, data: bytes, type_: str) -> str:
        """Keep bytes; returns their SHA-256 in hex."""
        digest = sha256(data).hexdigest()
        self._db.execute("INSERT OR IGNORE INTO blobs VALUES (?, ?, ?)", (digest, type_, data))
        return digest

    def forget(self, digests: Iterable[str]) -> None:
        """Keep these bytes no longer."""
        self._db.executemany("DELETE FROM blobs WHERE sha256 = ?", [(digest,) for digest in digests])

    def kept(self, digest: str) -> tuple[str, bytes] | None:
        """Type and bytes of what was kept."""
        row = self._db.execute("SELECT type, data FROM blobs WHERE sha256 = ?", (digest,)).fetchone()
        return (row[0], row[1]) if row else None

    def remember_key(self, account: Account, key: str, post_id: str, now: float) -> None:
        """Remember under which idempotency key a post was made."""
        self._db.execute("INSERT OR REPLACE INTO keys VALUES (?, ?, ?, ?)", (account.account, key, post_id, now))

    def remembered(self, account: Account, key: str, since: float) -> str | None:
        """The post that this account made with this key since `since` (Unix seconds)."""
        row = self._db.execute(
            "SELECT post FROM keys WHERE account = ? AND key = ? AND at > ?", (account.account, key, since)
        ).fetchone()
        return row[0] if row else None
