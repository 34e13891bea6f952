"""Rule: letters are letters."""

from collections.abc import Iterator

from kanal.detect.letters import fancy, plain_letters
from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Sort, Subject, rule

_SAID = frozenset({Sort.TEXT, Sort.ALT, Sort.CREDIT})


@rule("error", when="symbol")
def check(subject: Subject) -> Iterator[Problem]:
    """No letters out of mathematics, circles or boxes to make a text look bold or special.

    They look like letters but are signs: screen readers skip them or say “mathematical bold capital W”, and searches
    find nothing. H₂O and m² are fine.

    Run `kanal lint --fix`, which puts ordinary letters in their place.

    Source: stolperfrei.digital on accessible social media; § 12a (8) BGG; Unicode Annex #15

    Good:
        id: example
        channels: [mastodon]
        text: Wichtig, 20 m² Fläche und CO₂ sparen.
    Bad:
        id: example
        channels: [mastodon]
        text: "𝗪𝗶𝗰𝗵𝘁𝗶𝗴: Das Bürgerbüro zieht um."
    """
    for passage in subject.passages:
        if passage.sort in _SAID:
            for hit in fancy(passage.text):
                yield Problem(
                    passage.field,
                    msg("Screen readers cannot read these letters. Use ordinary ones."),
                    Span(hit.start, hit.end),
                    instead=plain_letters(passage.text[hit.start : hit.end]),
                )
