"""What of a post changes, line by line. It must not know networks, nor the ledger."""

from collections.abc import Iterator
from difflib import ndiff

from kanal.cli.extras import in_words
from kanal.cli.terminal import Piece
from kanal.language import Speech
from kanal.message import msg
from kanal.model import Part

_COLOURS = {"-": "red", "+": "green"}


def differences(before: Part, now: Part, say: Speech) -> Iterator[Piece]:
    """All lines of both, those that go marked with “-”, those that come with “+”."""
    lines = [line.rstrip() for line in ndiff(_lines(before, say), _lines(now, say)) if not line.startswith("?")]
    yield from ((line, _COLOURS.get(line[:1], "")) for line in lines)
    if not any(line[:1] in _COLOURS for line in lines):
        yield say(msg("  The words are the same; a picture is another one."))


def _lines(part: Part, say: Speech) -> list[str]:
    pictures = [say(msg("Picture: {file} – {alt}", file=one.file.name, alt=one.alt)) for one in part.media]
    link = [say(msg("Link: {link}", link=part.link))] if part.link else []
    language = say(msg("Language: {language}", language=part.language))
    return [*part.text.splitlines(), *link, *pictures, *(say(extra) for extra in in_words(part)), language]
