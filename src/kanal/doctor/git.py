"""Whether the office's folder is in git, and whether git knows who works here and where."""

from collections.abc import Mapping
from pathlib import Path

from kanal.calling_git import AS_IT_IS, Done
from kanal.doctor.observation import Check, Observation, ok, warning
from kanal.message import msg


def git(root: Path, environ: Mapping[str, str]) -> Observation:
    """The first thing that is not in order, else the branch and the name."""
    version = ask(root, "version")
    number = "" if version.code else version.text.removeprefix("git version").split()[0]
    trouble = _no_repository(root, number)
    if trouble:
        return trouble
    if in_ci(environ):
        return ok(Check.GIT, msg("{version}, in CI", version=number))
    branch = ask(root, "symbolic-ref", "--quiet", "--short", "HEAD").text.strip()
    if not branch:
        return warning(
            Check.GIT,
            msg("No branch is checked out, so that commits get lost."),
            msg("Check out the branch from which you publish: git switch main"),
        )
    name = environ.get("GIT_AUTHOR_NAME") or ask(root, "config", "user.name").text.strip()
    email = environ.get("GIT_AUTHOR_EMAIL") or ask(root, "config", "user.email").text.strip()
    if not (name and email):
        return warning(
            Check.GIT,
            msg("git does not know who you are, so that nothing can be committed or approved."),
            msg("Tell it: git config user.name “…”, git config user.email …"),
        )
    return ok(Check.GIT, msg("{version}, branch {branch}, {name}", version=number, branch=branch, name=name))


def _no_repository(root: Path, number: str) -> Observation | None:
    """What keeps git from being of use; `number` is its version, empty where there is none."""
    if not number:
        return warning(
            Check.GIT,
            msg("git cannot be started."),
            msg("Install git: drafts, approvals and holds are kept in it."),
        )
    if ask(root, "rev-parse", "--is-inside-work-tree").text.strip() != "true":
        return warning(
            Check.GIT,
            msg("This folder is not in a git repository."),
            msg("Without git nobody can tell who wrote and approved a draft: git init, git add, git commit."),
        )
    if ask(root, "rev-parse", "--verify", "--quiet", "HEAD").code:
        return warning(Check.GIT, msg("Nothing has been committed yet."), msg("Then: git add . and git commit"))
    return None


def in_ci(environ: Mapping[str, str]) -> bool:
    """Whether this is a job of a CI system, where nobody commits."""
    return environ.get("CI", "").lower() not in {"", "0", "false"}


def ask(root: Path, *arguments: str) -> Done:
    """What git answers; code 127 where there is none."""
    try:
        return AS_IT_IS.call(root, *arguments)
    except OSError:
        return Done(127, b"", b"")
