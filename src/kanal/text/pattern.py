"""Regular expressions that are compiled when they are first needed.

A commit hook runs for one draft and meets few of the patterns that some seventy rules bring along; compiling them all
at import would take longer than the lint itself. This module must not know what is searched for.

Groups are repeated without backtracking as `(?>(?:ab)*)`, never as `(?:ab)*+`: before Python 3.11.5, which Debian 12
has, the latter keeps half of a repetition that failed (https://github.com/python/cpython/issues/106052).
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Pattern:
    """A regular expression, compiled at first use; flags are written inside (`(?i)`)."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself, for what is not offered here."""
        return re.compile(self._source)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match from `start` on."""
        return self.compiled.search(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """All matches, from left to right; what lies outside `start` and `end` is as if it were not there."""
        return self.compiled.finditer(text, start, len(text) if end is None else end)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every match replaced."""
        return self.compiled.sub(by, text)
