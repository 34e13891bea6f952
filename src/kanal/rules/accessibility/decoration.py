"""Rule: no ornaments made of signs."""

from collections.abc import Iterator

from kanal.detect.decoration import decorated
from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Sort, Subject, rule

_SAID = frozenset({Sort.TEXT, Sort.ALT})


@rule("info")
def check(subject: Subject) -> Iterator[Problem]:
    """No ruled lines, stars and pictures made of signs.

    A screen reader says each sign: “star, star, star”. On a small screen, a row of signs breaks where nobody wants it.

    An empty line separates just as well; what shall catch the eye belongs into a picture.

    Source: kanal's own advice (no source beyond good practice)

    Good:
        id: example
        channels: [mastodon]
        text: |
          Das Bürgerbüro zieht um.

          - Montag: geschlossen
          - Dienstag: Lindenplatz 1
    Bad:
        id: example
        channels: [mastodon]
        text: |
          Das Bürgerbüro zieht um.
          ★━━━━━━━━━━━★
          Ab Dienstag am Lindenplatz 1.
    """
    for passage in subject.passages:
        if passage.sort in _SAID:
            for hit in decorated(passage.text):
                yield Problem(
                    passage.field,
                    msg("A screen reader says each of these signs. Leave them out, or use an empty line."),
                    Span(hit.start, hit.end),
                )
