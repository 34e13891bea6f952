"""Rule: emoji are few, and stand at the end."""

from collections.abc import Iterator

from kanal.detect import Hit
from kanal.detect.emoji import bullets, emojis, inside_sentences, repeated
from kanal.message import Message, msg
from kanal.model import Problem, Span
from kanal.rules import Sort, Subject, rule
from kanal.text.signs import highest

_FIRST_SIGN = "\u20e3"
"""No emoji without a sign from here on (the frame of a keycap)."""

_SAID = frozenset({Sort.TEXT, Sort.ALT})


@rule("warning", when="symbol")
def check(subject: Subject, *, most: int = 3) -> Iterator[Problem]:
    """Few emoji, at the end of a statement, none twice in a row, none as a bullet.

    A screen reader says each emoji by its name: “fire engine, fire engine, fire engine”. In the middle of a sentence,
    or before each line of a list, that drowns what is said.

    Put one emoji behind the sentence, and a hyphen before the lines of a list.

    Source: Bundesfachstelle Barrierefreiheit (emoji sparingly, at the end of a statement); the number is kanal's own

    Options:
        most: how many emoji a text may have

    Good:
        id: example
        channels: [mastodon]
        text: "Einmal selbst löschen: Tag der offenen Tür in der Feuerwache. 🚒 #Feuerwehr"
    Bad:
        id: example
        channels: [mastodon]
        text: "Wir laden 🚒 alle Kinder ein."
    Bad:
        id: example
        channels: [mastodon]
        text: "Kommt vorbei! 🚒🚒🚒🚒"
    """
    for passage in subject.passages:
        if passage.sort in _SAID and highest(passage.text) >= _FIRST_SIGN:
            for hits, complaint in _kinds(passage.text, most):
                yield Problem(passage.field, complaint, Span(hits[0].start, hits[0].end))


def _kinds(text: str, most: int) -> Iterator[tuple[tuple[Hit, ...], Message]]:
    """One sentence for each thing that is wrong, with the places where it is."""
    found = emojis(text)
    if len(found) > most:
        yield (
            found[most:],
            msg(
                "There are {count} emoji; {most} are enough. A screen reader says each by its name.",
                count=len(found),
                most=most,
            ),
        )
    if len(found) > 1 and (hits := repeated(text)):
        yield hits, msg("The same emoji stands here several times. One is enough.")
    if found and (hits := bullets(text)):
        yield hits, msg("Emoji before lines are read out each time. Use a hyphen, and put the emoji at the end.")
    if found and (hits := inside_sentences(text)):
        yield hits, msg("An emoji inside a sentence interrupts it for listeners. Put it at the end.")
