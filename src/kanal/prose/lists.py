"""Word lists in files: read when a text first needs them, with the endings of their words.

This module must not know what the words mean.
"""

from functools import cache
from pathlib import Path

from kanal.prose.words import folded

_ADJECTIVE_ENDINGS = ("e", "em", "en", "er", "es")


@cache
def entries(file: Path) -> tuple[str, ...]:
    """The lines of a list, without comments (`#`) and empty lines."""
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line)


@cache
def words_of(file: Path) -> frozenset[str]:
    """The words of a list, folded, with their endings, without those behind `?`.

    One word a line; what stands behind it are endings: `Idiot en in innen`; `~` stands for the endings of adjectives.
    """
    return frozenset(word for line in entries(file) if not line.startswith("?") for word in _forms(line))


@cache
def marked_words_of(file: Path) -> frozenset[str]:
    """The words of a list behind `?`, as `words_of`."""
    return frozenset(word for line in entries(file) if line.startswith("?") for word in _forms(line[1:]))


def _forms(line: str) -> list[str]:
    stem, *endings = line.split()
    added = ["", *(_ADJECTIVE_ENDINGS if "~" in endings else ()), *(ending for ending in endings if ending != "~")]
    return [folded(stem + ending) for ending in added]
