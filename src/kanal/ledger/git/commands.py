"""How git is called: in the office's repository, but without its hooks, its index, and whatever a person configured.

Only plumbing, fetch and push. It must not know what is kept there.
"""

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kanal.calling_git import Manner
from kanal.errors import LedgerRefused, LedgerUnwritable
from kanal.message import msg

SECONDS = 120.0
"""How long a single call may take, network included."""
SECONDS_TO_END = 5.0
"""How long git may take to clear away its lock files when it is ended."""
_MANNER = Manner(
    (
        "core.hooksPath=/dev/null",
        "core.fsmonitor=false",
        "push.gpgSign=false",
        "gc.auto=0",
        "maintenance.auto=false",
        "i18n.commitEncoding=UTF-8",
        "http.lowSpeedLimit=1",
        "http.lowSpeedTime=30",
    ),
    without=frozenset(
        {
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_DIR",
            "GIT_GRAFT_FILE",
            "GIT_INDEX_FILE",
            "GIT_NAMESPACE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_PREFIX",
            "GIT_SHALLOW_FILE",
            "GIT_WORK_TREE",
        }
    ),
)
"""`without`: set inside hooks, and about that repository only (`git rev-parse --local-env-vars`)."""
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "kanal"), ("EMAIL", "kanal@localhost"))
}
_USER_IN_ADDRESS = r"(?<=://)[^/@\s]+@"


class Done(NamedTuple):
    """How a call of git ended. `words` is what it said on stderr, without the credentials in addresses."""

    code: int
    out: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Git:
    """Calls git in `root`. `environ` replaces this process's environment."""

    root: Path
    environ: Mapping[str, str] | None = None

    def call(self, *arguments: str, given: bytes = b"", index: Path | None = None) -> Done:
        """Run git, however it ends; code 124 if it took too long. Raises `LedgerUnwritable` where there is no git."""
        try:
            with subprocess.Popen(  # noqa: S603 - only this package chooses the arguments
                _MANNER.command(*arguments),
                cwd=self.root,
                env=self._environment(index),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # Ctrl-C must not reach a push that writes down what is out already.
                start_new_session=os.name == "posix",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            ) as process:
                try:
                    out, words = process.communicate(given, timeout=SECONDS)
                except subprocess.TimeoutExpired:
                    _end(process)
                    return Done(124, b"", f"git {arguments[0]}: no answer within {SECONDS:.0f} s")
        except OSError as error:
            raise LedgerUnwritable(
                msg("git cannot be started in {folder} ({reason}).", folder=self.root, reason=error.strerror or error),
                msg("Install git; the ledger lies in a branch of the repository."),
            ) from error
        return Done(process.returncode, out, _without_secrets(words))

    def run(self, *arguments: str, given: bytes = b"", index: Path | None = None) -> bytes:
        """What git wrote. Raises `LedgerUnwritable` if it failed."""
        done = self.call(*arguments, given=given, index=index)
        if done.code:
            raise LedgerUnwritable(
                msg("git {command} failed: {words}", command=arguments[0], words=in_short(done.words)),
                msg("Check the disk and the repository (git fsck), then run the command again."),
            )
        return done.out

    def _environment(self, index: Path | None) -> dict[str, str]:
        environ = _MANNER.environment({**IDENTITY, **(os.environ if self.environ is None else self.environ)})
        return {**environ, **({"GIT_INDEX_FILE": str(index)} if index else {})}


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End git and what it started (ssh, git-remote-https), which would keep our pipes open; politely at first."""
    for name in ("SIGTERM", "SIGKILL"):
        if os.name == "posix":
            os.killpg(process.pid, getattr(signal, name))
        else:
            process.kill()
        try:
            process.communicate(timeout=SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            continue
        return


def _without_secrets(words: bytes) -> str:
    return re.sub(_USER_IN_ADDRESS, "•@", words.decode("utf-8", "replace")).strip()


def in_short(words: str) -> str:
    """The telling part of git's words: why a push was refused and what the server says about it, else the error."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    refusal = [line.rsplit("\t", 1)[-1] for line in lines if line.startswith("!")][:1]
    answer = [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")][:1]
    errors = [line for line in lines if line.startswith(("fatal:", "error:"))][:1]
    return "; ".join([*refusal, *answer] or errors or lines[-1:] or ["?"])


def own_folder(git: Git) -> Path:
    """What kanal keeps beside git's own files, for all work trees of a clone. Raises `LedgerRefused` outside of one."""
    done = git.call("rev-parse", "--git-common-dir")
    if done.code:
        raise LedgerRefused(
            msg("{folder} is in no git repository: {words}", folder=git.root, words=in_short(done.words)),
            msg("The ledger lies in a branch of the repository; call kanal in a clone of it."),
        )
    folder = (git.root / os.fsdecode(done.out.rstrip(b"\r\n"))).resolve() / "kanal"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise LedgerUnwritable(
            msg("The folder {folder} cannot be made: {reason}.", folder=folder, reason=error.strerror or error),
            msg("Check the disk and the rights of the repository."),
        ) from error
    return folder
