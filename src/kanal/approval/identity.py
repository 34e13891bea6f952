"""Who is about to approve, according to git's settings."""

from collections.abc import Mapping
from pathlib import Path

from kanal.approval.git import GitFailed, ask
from kanal.approval.people import Person


def me(root: Path, environ: Mapping[str, str]) -> Person:
    """The author of the next commit here, by the name that `.mailmap` gives; "" for what is not set."""
    name = environ.get("GIT_AUTHOR_NAME") or _setting(root, "user.name")
    email = environ.get("GIT_AUTHOR_EMAIL") or _setting(root, "user.email")
    if not name:
        return Person("", email)
    try:
        known = ask(root, "check-mailmap", f"{name} <{email}>").strip()
    except GitFailed:  # no repository
        return Person(name, email)
    mapped, _, address = known.removesuffix(">").rpartition(" <")
    return Person(mapped or name, address)


def _setting(root: Path, key: str) -> str:
    try:
        return ask(root, "config", "--get", key).strip()
    except GitFailed:
        return ""
