"""How kanal calls git: by arguments that only kanal chooses, in a folder, with words in English, and asking nobody.

Each place has a `Manner`: what there must not depend on the settings and variables of the person who calls. It must not
know what is asked, nor what a failure means.
"""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ENGLISH = {"LC_ALL": "C", "LANGUAGE": ""}
"""Some of git's words are read, and quoted to people who ask others about them."""
ASKING_NOBODY = {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never"}
"""Nobody would see the question, and the job would stand still."""


class Done(NamedTuple):
    """How a call ended: its exit code, and what it wrote."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        """What it wrote; names of files survive as they are."""
        return self.out.decode("utf-8", "surrogateescape")

    @property
    def words(self) -> str:
        """What it said about it."""
        return self.err.decode("utf-8", "replace").strip()


class Manner(NamedTuple):
    """`settings` (NAME=VALUE) and `variables` win over those of the person; `without` are never handed on."""

    settings: tuple[str, ...] = ()
    variables: Mapping[str, str] = {**ENGLISH, **ASKING_NOBODY}
    without: frozenset[str] = frozenset()

    def command(self, *arguments: str) -> list[str]:
        """The command line."""
        return ["git", *(part for setting in self.settings for part in ("-c", setting)), *arguments]

    def environment(self, environ: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment that goes with it; `environ` replaces this process's."""
        environ = os.environ if environ is None else environ
        kept = {name: value for name, value in environ.items() if name not in self.without}
        return {**kept, **self.variables}

    def call(self, root: Path, *arguments: str, given: bytes = b"") -> Done:
        """Run git to its end, however it ends. Raises `OSError` where there is none."""
        done = subprocess.run(  # noqa: S603 - see above
            self.command(*arguments), cwd=root, env=self.environment(), input=given, capture_output=True, check=False
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def start(self, root: Path, *arguments: str, given: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        """Let git run, to be read from while it does; `given` is its stdin. What it says is lost. Raises `OSError`."""
        return subprocess.Popen(  # noqa: S603 - see above
            self.command(*arguments),
            cwd=root,
            env=self.environment(),
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    @contextmanager
    def beside(self, root: Path, *arguments: str) -> Iterator[Callable[[], Done]]:
        """Let git run beside what is done in the block; the call, made once, waits for its end. What it said is lost.

        Raises `OSError` where there is none.
        """
        with self.start(root, *arguments) as process:
            yield lambda: Done(out=process.communicate()[0], code=process.wait(), err=b"")


AS_IT_IS = Manner()
"""With all settings of the person."""
