"""The word lists beside this package: one entry a line, `#` starts a comment.

They are read when a text first needs them; a commit hook for one clean draft reads none. This module must not know what
the words mean.
"""

from functools import cache
from pathlib import Path


@cache
def entries(name: str) -> tuple[str, ...]:
    """The lines of `<name>.txt` in their order, without comments and empty lines."""
    lines = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
