"""Calls of kanal and what came of them: in this process (fast), as a process of its own, and on a terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kanal
from kanal.cli.desk import Clock, this_machines
from kanal.cli.main import run

SOURCE = Path(kanal.__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Answer:
    """Exit code, stdout and stderr of one call."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def outcomes(self) -> Mapping[str, str]:
        """`draft/channel` and the outcome of each delivery, from `--format json`."""
        return {f"{one['draft']}/{one['channel']}": one["outcome"] for one in self.json["deliveries"]}


class Kanal:
    """Calls kanal in this process, on one project, by a `clock` that can be set."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.clock: Clock = this_machines
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Answer:
        self._capsys.readouterr()
        code = run(["--project", str(self.root), *arguments], self.clock)
        return Answer(code, *self._capsys.readouterr())

    def json(self, *arguments: str) -> Answer:
        """The same with `--format json`."""
        return self(*arguments, "--format", "json")


def command(*arguments: str) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "kanal", *arguments]


def surroundings(**more: str) -> dict[str, str]:
    """The environment of such a process: this source, English, nothing that CI or an office has set.

    It finds no other credentials than those of the test (tests/cli/conftest.py).
    """
    ours = {"KANAL_CREDENTIALS"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ours or (name != "CI" and not name.startswith("KANAL_"))
    }
    return {**kept, "PYTHONPATH": str(SOURCE), "KANAL_LANG": "en", "PYTHONWARNINGS": "error", **more}


def process(root: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> Answer:
    """Run kanal in `root` as a process of its own, with pipes."""
    done = subprocess.run(
        command(*arguments),
        cwd=root,
        env=surroundings(**(environ or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
