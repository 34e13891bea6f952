"""Who answers for what a command does, and why: from its options, or from git."""

import getpass
from typing import Annotated

import typer

from kanal.cli import git
from kanal.config import Project
from kanal.errors import UsageError
from kanal.message import mark, msg
from kanal.yaml_document import CONTROL

Name = Annotated[str | None, typer.Option("--name", help=mark("Who says so; without it, your name in git."))]


def plain(words: str) -> str:
    """A reason that a file can hold, on one line. Raises `UsageError`."""
    line = " ".join(words.split())
    if not line or CONTROL.search(line):
        raise UsageError(msg("The reason is empty, or holds signs that cannot be seen."), msg("Say it in a sentence."))
    return line


def who(project: Project, name: str | None) -> str:
    """The name that was given, else the one under which this person commits, else that of the login."""
    return plain(name) if name else git.user(project.root) or _login()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user may have no name, and Windows no USERNAME
        return "?"
