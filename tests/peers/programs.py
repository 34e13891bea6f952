"""Starts the programs of `.venv-peers` (`make peers`); their dependencies and ours cannot live in one environment."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.optional import require_or_skip

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
PAUSE = 0.05
LOG = "log"


def program(name: str) -> Path:
    """Where a peer's program is: in the environment that KANAL_PEERS names, or in `.venv-peers`."""
    environment = Path(os.environ.get("KANAL_PEERS") or ROOT / ".venv-peers")
    for place in (environment / "bin" / name, environment / "Scripts" / f"{name}.exe"):
        if place.is_file():
            return place
    return require_or_skip(f"there is no {name}: run make peers")


@contextmanager
def running_program(
    command: Sequence[str | Path], ready: Callable[[], bool], *, folder: Path, env: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run in `folder` until the block ends; what the program prints goes to `log` there. `ready` is asked until yes."""
    inherited = {name: value for name, value in os.environ.items() if "PROXY" not in name.upper()}
    log = folder / LOG
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**inherited, **(env or {})},
        )
        try:
            _wait(process, ready, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            printed = log.read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"{process.args!r} did not start:\n{printed}")
        time.sleep(PAUSE)
