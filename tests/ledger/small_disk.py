"""A disk of a few megabytes that really fills up, and that can be made read-only. Only root on Linux may mount one."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.optional import require_or_skip


@dataclass(frozen=True)
class SmallDisk:
    """A file system of its own at `path`."""

    path: Path

    def fill(self) -> None:
        """Not one more byte fits."""
        with suppress(OSError), (self.path / "ballast").open("wb", buffering=0) as ballast:
            while ballast.write(bytes(4096)):
                pass

    def empty(self) -> None:
        """There is room again."""
        (self.path / "ballast").unlink()

    def protect(self, *, read_only: bool = True) -> None:
        """From now on nothing on it can be changed; refused while somebody has a file open for writing."""
        subprocess.run(["mount", "-o", f"remount,{'ro' if read_only else 'rw'}", str(self.path)], check=True)


@contextmanager
def mounted(megabytes: int) -> Iterator[SmallDisk]:
    """A small disk until the block ends, outside of the tests' folders, into which no database server may look."""
    if sys.platform != "linux":
        pytest.xfail("only Linux mounts a disk made of memory")
    if os.geteuid() != 0:
        require_or_skip("only root may mount a small disk: run the tests as root")
    path = Path(tempfile.mkdtemp(prefix="kanal-small-disk-"))
    path.chmod(0o755)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "none", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        path.rmdir()
        pytest.xfail(f"this container lets not even root mount a disk: {done.stderr.strip()}")
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)
        path.rmdir()


@pytest.fixture
def small_disk() -> Iterator[SmallDisk]:
    with mounted(24) as disk:
        yield disk
