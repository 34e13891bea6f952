"""Commands out of the documentation, run as people would type them, and their output held against what is shown.

A block of commands is either run (`<!-- run in: WHERE -->`, `<!-- run in: WHERE, as WHO -->`) or says why not
(`<!-- not run: REASON -->`). Lines after a command are its output; `…` stands for anything.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from kanal.cli.main import build
from kanal.exits import Exit
from tests.documents import ROOT, Block

LANGUAGES = frozenset({"console", "bash", "powershell"})
"""Of blocks that hold commands."""


def environment(language: str, **more: str) -> Mapping[str, str]:
    """As on somebody's desk: one language, and no CI job, which may not publish from a ledger in a file."""
    kept = {
        name: value for name, value in os.environ.items() if name != "CI" and not name.startswith(("KANAL_", "GIT_"))
    }
    python = {"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}
    return {**kept, **python, "KANAL_LANG": language, **more}


def examples(block: Block) -> Iterator[tuple[str, str]]:
    """The commands of a block, each with the output that is shown for it."""
    for example in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, output = example.partition("\n")
        yield command, output


@dataclass(frozen=True, slots=True)
class Typist:
    """Types the commands of blocks.

    `instead`: what is typed where a person would be asked; `codes`: exit codes other than 0.
    """

    instead: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Exit] = field(default_factory=dict)

    def run(self, block: Block, folder: Path, environ: Mapping[str, str]) -> None:
        """Run a block in a folder. Fails if a command ends or answers differently from what is shown."""
        for command, shown in examples(block):
            if command.startswith("cd "):
                folder /= command.removeprefix("cd ")
                continue
            program, *arguments = shlex.split(self.instead.get(command, command))
            assert program in {"kanal", "git"}, command
            output = _output(program, arguments, folder, environ, self.codes.get(command, Exit.DONE))
            assert _agrees(shown, output), f"$ {command}\n{output}\nis not what is shown:\n{shown}"


def _agrees(shown: str, output: str) -> bool:
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\s*\n" for line in shown.splitlines()
    )
    return re.fullmatch(pattern + r"\s*", output) is not None


def _output(program: str, arguments: list[str], folder: Path, environ: Mapping[str, str], code: Exit) -> str:
    kanal = [sys.executable, "-m", "kanal"]
    command = [*(kanal if program == "kanal" else [program]), *arguments]
    if arguments == ["sandbox"]:
        return _begin_and_stop([*command, "--port", "0"], folder, environ)
    ended = subprocess.run(
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == code, f"{arguments} ended with {ended.returncode}:\n{ended.stdout}"
    return ended.stdout


def _begin_and_stop(command: list[str], folder: Path, environ: Mapping[str, str]) -> str:
    """What a command that runs until Ctrl-C says in its first two lines; on a free port, since others may use 8800."""
    with subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            return process.stdout.readline() + process.stdout.readline()
        finally:
            process.terminate()


def parse(command: str) -> None:
    """Read a command line of kanal without running it.

    Raises `KeyError` for a command that does not exist, click's `UsageError` for an option.
    """
    program, *arguments = shlex.split(command)
    assert program == "kanal", command
    found: Any = typer.main.get_command(build())
    context = found.make_context("kanal", list(arguments))
    while (names := [*context._protected_args, *context.args]) and hasattr(found, "commands"):
        name, *rest = names
        found = found.commands[name]
        context = found.make_context(name, rest, parent=context)
