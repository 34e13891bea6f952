"""Rule: an alternative text does not begin with “picture of”."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Sort, Subject, rule
from kanal.text.pattern import Pattern

_OPENING = Pattern(
    r"(?i)\A\s*(?:"
    r"(?:(?:ein|das|dieses|unser)e?s?\s+)?(?:bild|foto|fotografie|photo|abbildung|aufnahme)\s?"
    r"(?::|(?:von|einer?|eines|des|der|mit|zeigt|stellt)\b)"
    r"|(?:auf|in) (?:dem|diesem|unserem|der) (?:bild|foto|fotografie|abbildung|aufnahme)\b"
    r"|im bild\b|(?:hier )?(?:zu sehen (?:ist|sind)|(?:man sieht|sieht man)|(?:ist|sind) (?:zu|hier) sehen)\b"
    r"|(?:image|picture|photo|photograph) (?:of|showing)\b"
    r")",
)
_HINTS = ("bild", "foto", "photo", "aufnahme", "seh", "sieht", "image", "picture")


@rule("warning", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """An alternative text begins with what is to be seen, not with “Bild von” or “Auf dem Foto”.

    The screen reader says “image” by itself; “image, Bild von” wastes the listener's time. Kinds that matter (Karte,
    Grafik, Illustration, Plakat) may be named.

    Leave the first words out: not “Bild von zwei Linden”, but “Zwei Linden”.

    Source: Bundesfachstelle Barrierefreiheit (alternative texts); § 12a (8) BGG

    Good:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Bildschirm neben zwei jungen Linden, credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Bild von jungen Linden, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    for passage in subject.passages:
        if passage.sort is not Sort.ALT or not any(hint in passage.text[:40].casefold() for hint in _HINTS):
            continue
        found = _OPENING.search(passage.text)
        if found:
            yield Problem(
                passage.field,
                msg("The screen reader says by itself that this is a picture. Begin with what is to be seen."),
                Span(*found.span()),
            )
