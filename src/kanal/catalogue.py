"""Translations, each looked up where it lies in a compiled catalogue.

`gettext` reads some thousand messages before it gives the first, and a commit hook mostly says one sentence. This
module must not know which language it is, nor what is said.
"""

from bisect import bisect_left
from struct import unpack_from


class Catalogue:
    """The `content` of an MO file, whose originals are sorted (GNU gettext manual, "The Format of GNU MO Files").

    Numbers have the order of bytes in which babel writes them on every machine.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._count, self._originals, self._translations = unpack_from("<III", content, 8)

    def find(self, original: str, plural: str | None = None, number: int = 1) -> str | None:
        """The translation, if there is one; where there is a `plural`, of the form that `number` asks for.

        German and English count alike: one, and everything else (CLDR, language plural rules).
        """
        wanted = (original if plural is None else f"{original}\0{plural}").encode()
        index = bisect_left(range(self._count), wanted, key=self._original)
        if index == self._count or self._original(index) != wanted:
            return None
        forms = self._text(self._translations, index).decode().split("\0")
        return forms[0 if plural is None or number == 1 else 1]

    def _original(self, index: int) -> bytes:
        return self._text(self._originals, index)

    def _text(self, table: int, index: int) -> bytes:
        length, place = unpack_from("<II", self._content, table + 8 * index)
        return self._content[place : place + length]
