"""Whether two names mean the same person. It must not know git."""

from typing import NamedTuple
from unicodedata import normalize


class Person(NamedTuple):
    """Somebody as git knows him or her; "" where the e-mail address is not known."""

    name: str
    email: str = ""

    def is_called(self, name: str) -> bool:
        """Whether that is this person's name; capitals and blanks do not count."""
        return plain(self.name) == plain(name)

    def is_same_as(self, other: "Person") -> bool:
        """One name or one address is enough: a second spelling makes no second person."""
        address = self.email.strip().casefold()
        return self.is_called(other.name) or (address != "" and address == other.email.strip().casefold())


def plain(name: str) -> str:
    """A name without what does not tell people apart."""
    return " ".join(normalize("NFC", name).casefold().split())
