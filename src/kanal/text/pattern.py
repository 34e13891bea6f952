"""Regular expressions that are compiled when they are first needed.

A commit hook runs for one draft and meets few of the patterns that some seventy rules bring along; compiling them all
at import would take longer than the lint itself. This module must not know what is searched for.

Groups are repeated without backtracking as `(?>(?:ab)*)`, never as `(?:ab)*+`: before Python 3.11.5, which Debian 12
has, the latter keeps half of a repetition that failed (https://github.com/python/cpython/issues/106052).
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property

from kanal.text.signs import small


class Pattern:
    """A regular expression, compiled at first use; flags are written inside (`(?i)`).

    `needs` are words of which each match holds at least one, casefolded if the expression ignores case: a text without
    them is not searched, and the expression not compiled for it. If it `begins` with one of them, the search begins at
    the first; if a match stays `in_word`, with no blank in it, only the words from the first to the last of them are
    searched. `starts` is a set of signs (`[0-9]`) with one of which each match begins: an expression that begins by
    looking around it would else be tried at every sign of a text.
    """

    def __init__(self, source: str, *needs: str, starts: str = "", begins: bool = False, in_word: bool = False) -> None:
        self._source = source
        self._begins = begins
        self._in_word = in_word
        self._needs = needs
        self._starts = starts
        self._folds = "(?i" in source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself, for what is not offered here."""
        return re.compile(self._source)

    def may_match(self, text: str) -> bool:
        """Whether it is worth searching."""
        if not self._needs:
            return True
        words = small(text) if self._folds else text
        return any(map(words.__contains__, self._needs))

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match from `start` on."""
        end = len(text)
        if self._needs:
            part = self._searched(text, start, end)
            if part is None:
                return None
            start, end = part
        if self._starts:
            return next(self._matches(text, start, end), None)
        return self.compiled.search(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return self.compiled.fullmatch(text) if self.may_match(text) else None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """All matches, from left to right; what lies outside `start` and `end` is as if it were not there."""
        last = len(text) if end is None else end
        if self._needs:
            part = self._searched(text, start, last)
            if part is None:
                return iter(())
            start, last = part
        return self._matches(text, start, last) if self._starts else self.compiled.finditer(text, start, last)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every match replaced."""
        part = self._searched(text, 0, len(text)) if self._needs else (0, len(text))
        if part is None:
            return text
        if part == (0, len(text)):
            return self.compiled.sub(by, text)
        pieces, position = [], 0
        for found in self.compiled.finditer(text, *part):
            pieces += [text[position : found.start()], by if isinstance(by, str) else by(found)]
            position = found.end()
        return "".join([*pieces, text[position:]])

    def _searched(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The part of `text[start:end]` in which there may be matches, if it is worth searching."""
        words = small(text) if self._folds else text
        if not (self._begins or self._in_word):
            return (start, end) if any(map(words.__contains__, self._needs)) else None
        places = [place for place in map(words.find, self._needs) if place >= 0]
        if not places:
            return None
        if len(words) != len(text):  # as ß and ss are
            return start, end
        first = min(places)
        if self._begins:
            return max(start, first), end
        last = max(map(words.rfind, self._needs))
        before = max(text.rfind(" ", 0, first), text.rfind("\n", 0, first)) + 1
        behind = min((place for place in (text.find(" ", last), text.find("\n", last)) if place >= 0), default=end)
        return max(start, before), min(end, behind)

    def _matches(self, text: str, position: int, end: int) -> Iterator[re.Match[str]]:
        beginnings = _set_of(self._starts)
        while beginning := beginnings.search(text, position, end):
            found = self.compiled.match(text, beginning.start(), end)
            if found:
                yield found
            position = found.end() if found else beginning.end()


@cache
def _set_of(signs: str) -> re.Pattern[str]:
    return re.compile(signs)
