"""The reader's language: which one it is, and messages in it, times in the office's zone.

The catalogues lie in `locale/` (`make docs` extracts and compiles). Only the command line asks for a language; no
other module may.
"""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import cached_property
from pathlib import Path

from kanal.catalogue import Catalogue
from kanal.message import Message, fill

LANGUAGES = ("de", "en")
_DAYS = {"de": "%d.%m.%Y", "en": "%Y-%m-%d"}
"""As offices write them: DIN 5008 and, for readers of English from anywhere, ISO 8601."""
GROUPED_FROM = 10_000
"""Shorter numbers are read as they are (DIN 5008)."""
LOCALE = Path(__file__).parent / "locale"


def choose(environ: Mapping[str, str], configured: str | None) -> str:
    """`KANAL_LANG`, then the configuration, then the locale, then English."""
    wishes = [environ.get("KANAL_LANG"), configured, *(environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))]
    for wish in wishes:
        if wish and wish[:2].lower() in LANGUAGES:
            return wish[:2].lower()
        if wish:
            break
    return "en"


class Speech:
    """Says messages in one language."""

    def __init__(self, language: str, zone: tzinfo | None = None) -> None:
        self.language = language
        self._zone = zone

    @cached_property
    def _catalogue(self) -> Catalogue | None:
        """None for the language in which messages are written."""
        try:
            return Catalogue((LOCALE / self.language / "LC_MESSAGES" / "kanal.mo").read_bytes())
        except FileNotFoundError:
            return None

    def __call__(self, message: Message) -> str:
        """The sentence, with its places filled; messages and times among the values are shown in kind."""
        text = self._translated(message.text, message.plural, message.number)
        return fill(text, self._grouped(message.values), self._show)

    def _translated(self, text: str, plural: str | None = None, number: int = 1) -> str:
        found = self._catalogue.find(text, plural, number) if self._catalogue else None
        return found or (text if plural is None or number == 1 else plural)

    def _grouped(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """A large count with signs between its thousands; other numbers may be years or codes."""
        count = values.get("count")
        if not isinstance(count, int) or count < GROUPED_FROM:
            return values
        return {**values, "count": f"{count:,}".replace(",", "." if self.language == "de" else ",")}

    def plain(self, text: str) -> str:
        """Marked text without places (`kanal.message.mark`)."""
        return self._translated(text) if text else text

    def time(self, moment: datetime) -> str:
        """`2026-11-02 08:00` in the office's zone; in German `02.11.2026 08:00`."""
        return f"{moment.astimezone(self._zone):{_DAYS[self.language]} %H:%M}"

    def _show(self, value: object) -> object:
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, datetime):
            return self.time(value)
        if isinstance(value, date):
            return f"{value:{_DAYS[self.language]}}"
        if isinstance(value, float) and self.language == "de":
            return str(value).replace(".", ",")
        return value
