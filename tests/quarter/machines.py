"""Processes that stay for the whole quarter, and are replaced when they are killed."""

import multiprocessing
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from tests.many_runners.crowd import clean_processes
from tests.quarter.worker import Call, Said, serve


@dataclass
class Machine:
    """One process, started with the first call."""

    environ: Mapping[str, str]
    killed: int = 0
    _process: BaseProcess | None = None
    _line: Connection | None = None
    _context: multiprocessing.context.BaseContext = field(default_factory=clean_processes)

    def ask(self, call: Call) -> Said | None:
        """What came of the call; None when the process was killed over it."""
        if self._process is None or self._line is None:
            self._line, theirs = self._context.Pipe()
            self._process = self._context.Process(  # type: ignore[attr-defined]
                target=serve, args=(theirs, dict(self.environ))
            )
            self._process.start()
            theirs.close()
        try:
            self._line.send(call)
            found: Said = self._line.recv()
        except (EOFError, ConnectionResetError, BrokenPipeError):
            self.stop()
            self.killed += 1
            return None
        return found

    def call(self, call: Call) -> Said:
        """The same, for whoever is never killed."""
        said = self.ask(call)
        assert said
        return said

    def stop(self) -> None:
        if self._line:
            self._line.close()
        if self._process:
            self._process.join(5)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
        self._process = self._line = None
