"""Rule: verbs say what happens."""

from collections.abc import Iterator
from pathlib import Path

from kanal.message import msgn
from kanal.model import Problem, Span
from kanal.prose.lists import entries
from kanal.prose.sentences import sentences
from kanal.prose.words import bare
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_THINGS = Path(__file__).with_name("names_of_things.txt")
_DEED = Pattern(r"\b[A-ZÄÖÜ][a-zäöüß]{2,40}(?:ung|heit|keit|ion)(?:en|s)?\b")
_ENDINGS = ("ung", "heit", "keit", "ion")
_PLURAL = ("en", "s")
# What makes deeds of things: Durchführung, Bereitstellung, Überprüfung.
_PREFIXES = (
    "ab", "an",
    "auf", "aus", "be", "bereit", "dar", "durch", "ein", "ent", "er", "fest", "gewähr", "her", "hin", "nach",
    "rück", "sicher", "über", "um", "unter", "ver", "vor", "weiter", "wieder", "zer", "zu", "zusammen",
)  # fmt: skip


@rule("info")
def check(subject: Subject, *, count: int = 3) -> Iterator[Problem]:
    """What happens is said with verbs, not with a chain of nouns in -ung, -heit, -keit or -ion.

    “Die Durchführung der Sanierung erfolgt nach Abstimmung” hides who does what. Words that name things (Wohnung,
    Veranstaltung, Information) are not counted.

    Ask who does what, and write that: “Wir sanieren die Brücke, sobald wir uns abgestimmt haben.”

    Source: § 11 BGG (plain language)

    Options:
        count: from how many such nouns in one sentence on it is mentioned

    Good:
        id: example
        channels: [mastodon]
        text: Wir sanieren die Brücke. Die Verwaltung informiert die Bevölkerung mit einer Ausstellung.
    Bad:
        id: example
        channels: [mastodon]
        text: Die Durchführung der Sanierung der Brücke erfolgt nach Abstimmung mit der Bahn.
    """
    if subject.draft.language != "de":
        return
    for passage in subject.texts():
        text = bare(passage.text)
        if sum(map(text.count, _ENDINGS)) < count:
            continue
        deeds = [found.start() for found in _DEED.finditer(text) if not _is_thing(found[0])]
        for sentence in sentences(passage.text) if len(deeds) >= count else ():
            hidden = sum(sentence.start <= deed < sentence.end for deed in deeds)
            if hidden >= count:
                yield Problem(
                    passage.field,
                    msgn(
                        "A noun hides here what somebody does. Say it with a verb.",
                        "{count} nouns in one sentence hide what somebody does. Say it with verbs.",
                        hidden,
                    ),
                    Span(sentence.start, sentence.end),
                )


def _is_thing(word: str) -> bool:
    small = word.casefold()
    return any(_ends_like_a_thing(form) for form in (small, *(small.removesuffix(end) for end in _PLURAL)))


def _ends_like_a_thing(word: str) -> bool:
    return any(word.endswith(thing) and not word[: -len(thing)].endswith(_PREFIXES) for thing in entries(_THINGS))
