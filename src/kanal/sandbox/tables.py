"""The tables of the state file, and how a file gets them."""

import sqlite3

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS accounts (platform TEXT, account TEXT, id TEXT, name TEXT, token TEXT, credentials TEXT,
    scopes TEXT, PRIMARY KEY (platform, account));
CREATE TABLE IF NOT EXISTS posts (number INTEGER PRIMARY KEY, platform TEXT, account TEXT, id TEXT, text TEXT,
    link TEXT, media TEXT, at REAL, details TEXT, UNIQUE (platform, id));
CREATE INDEX IF NOT EXISTS posts_of_account ON posts (platform, account, number);
CREATE TABLE IF NOT EXISTS waiting (number INTEGER PRIMARY KEY, platform TEXT, account TEXT, id TEXT, text TEXT,
    link TEXT, media TEXT, at REAL, details TEXT, UNIQUE (platform, id));
CREATE TABLE IF NOT EXISTS uploads (number INTEGER PRIMARY KEY, platform TEXT, account TEXT, id TEXT, picture TEXT,
    attached TEXT, at REAL, details TEXT, UNIQUE (platform, id));
CREATE TABLE IF NOT EXISTS blobs (sha256 TEXT PRIMARY KEY, type TEXT, data BLOB);
CREATE TABLE IF NOT EXISTS pieces (platform TEXT, upload TEXT, start INTEGER, data BLOB,
    PRIMARY KEY (platform, upload, start));
CREATE TABLE IF NOT EXISTS keys (account TEXT, key TEXT, post TEXT, at REAL, PRIMARY KEY (account, key));
CREATE TABLE IF NOT EXISTS apps (platform TEXT, id TEXT, secret TEXT, redirects TEXT, scopes TEXT, name TEXT,
    PRIMARY KEY (platform, id));
CREATE TABLE IF NOT EXISTS tokens (value TEXT PRIMARY KEY, platform TEXT, kind TEXT, account TEXT, app TEXT,
    scopes TEXT, at REAL, ends REAL, details TEXT);
CREATE TABLE IF NOT EXISTS faults (platform TEXT, kind TEXT, fault TEXT, PRIMARY KEY (platform, kind));
"""


def prepare(db: sqlite3.Connection) -> None:
    """Make the tables where they are missing. Raises `sqlite3.DatabaseError` for a file that is something else."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version not in (0, _VERSION):
        raise sqlite3.DatabaseError(f"version {version}")
    # Two servers on one file would hand out the same numbers; the lock ends with the process.
    db.execute("PRAGMA locking_mode=EXCLUSIVE")
    db.execute("PRAGMA journal_mode=WAL")
    # A power cut may take the last practice posts with it; nobody is worse off.
    db.execute("PRAGMA synchronous=OFF")
    db.executescript(f"{_TABLES} PRAGMA user_version={_VERSION};")
