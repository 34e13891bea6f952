"""Answers about words, kept for the texts that follow: offices write the same words again and again.

This module must not know what is asked.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

_MOST = 2048
"""More different words than the drafts that are looked at together have, and still no memory."""

Answer = TypeVar("Answer")


class Remembered(dict[str, Answer], Generic[Answer]):
    """What `ask` answers about a word, asked once. Starts anew when it is full, where `lru_cache` counts every use."""

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> Answer:
        if len(self) >= _MOST:
            self.clear()
        answer = self[word] = self._ask(word)
        return answer

    def each(self, words: Iterable[str]) -> Iterator[Answer]:
        """The answers about several words, in order."""
        return map(self.__getitem__, words)
