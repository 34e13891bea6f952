"""Rule: nobody is insulted."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.lists import marked_words_of, words_of
from kanal.prose.quotations import unquoted
from kanal.prose.words import WORD, folded, vocabulary
from kanal.rules import Passage, Sort, Subject, rule
from kanal.text.pattern import Pattern

_SAID = frozenset({Sort.TEXT, Sort.ALT, Sort.CREDIT, Sort.CAPTIONS, Sort.SHOWN})
_WORDS = Path(__file__).with_name("insult_words.txt")
# “Sie” at the beginning of a sentence may mean animals, so a plural behind it insults nobody: “Sie sind Parasiten.”
_AIMING = Pattern(
    r"(?i)(?:"
    r"\b(?:sie sind|sind sie|du bist|bist du)"
    r"(?:\s+(?:doch|ja|wohl|echt|wirklich|einfach|nur|nichts|als|halt|eben|so)){0,3}"
    r"\s+(?:ein|eine|(?:der|die) größte)(?:\s+[^\W\d_]{1,20}e[rs]?)?"
    r"|\b(?:ihr seid|seid ihr)(?:\s+(?:doch|ja|alle|alles|echt|wirklich|nur|nichts|als|halt|eben)){0,3}"
    r"|\b(?:dumm|dämlich|blöd|doof|dreckig|elend|verdammt|verlogen|mies|faul|räudig|widerlich|ekelhaft)e[rsnm]?"
    r")\s+\Z",
)
# “Sie Esel!” insults; “Können Sie Esel streicheln?” does not.
_CALLING = Pattern(r"(?i)(?:\A|[.!?,:;–—-])\s*(?:sie|du)(?:\s+[^\W\d_]{1,20}e[rs]?)?\s+\Z")
_AIMED_AS_A_WHOLE = Pattern(
    r"(?i)\b(?:sie sind|sind sie|du bist|bist du|ihr seid|seid ihr)"
    r"(?:\s+(?:doch|ja|wohl|echt|wirklich|einfach|nur|so|zu|total|völlig|halt|eben)){0,3}"
    r"\s+(?:dumm|blöd|dämlich|doof|geisteskrank|geistesgestört|lächerlich|unfähig|verblödet|schwachsinnig"
    r"|nicht ganz dicht)\b"
    r"|\bhalt(?:et|en sie)?(?:\s+endlich)?\s+"
    r"(?:die klappe|das maul|die schnauze|den mund(?!\s+(?:auf|offen|geöffnet|und)))\b"
    r"|\b(?:verpiss|fick)(?:t|en sie)?\s+(?:dich|euch|sich)\b|\bleckt? mich\b|\bverreckt?\b|\bdieses pack\b"
    r"|\bnicht alle tassen im schrank\b|\beinen an der (?:waffel|klatsche|birne)\b",
)
_HINTS = frozenset({
    "dumm", "blöd", "dämlich", "doof", "geisteskrank", "geistesgestört", "lächerlich", "unfähig", "verblödet",
    "schwachsinnig", "dicht", "klappe", "maul", "schnauze", "mund", "verpiss", "verpisst", "verpissen", "fick",
    "fickt", "ficken", "leck", "leckt", "verreck", "verreckt", "pack", "tassen", "waffel", "klatsche", "birne",
})  # fmt: skip


@rule("error")
def check(subject: Subject, *, words: tuple[str, ...] = (), allowed: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Nobody is insulted, neither in a post nor in a reply, however rude the question was.

    Every netiquette forbids insults, slurs and words of contempt. An office that uses one itself can hardly delete the
    comment of somebody else for it, and may be liable. kanal knows a list of such words in their German forms. Words
    that are harmless as such (animals, for instance) are found only where they are aimed at somebody.

    Say what you mean without the word. A quotation stands in quotation marks; there, kanal leaves the word alone.

    Source: netiquettes of German authorities, which all name insult and discrimination as a ground for deletion
        (Hamburg, Berlin, Bundespolizei and others); § 185 StGB; Art. 3 (3) GG

    Options:
        words: more words that nobody shall be called; with each of their endings, as they stand in a text
        allowed: words of the list that are right here, such as the name of a play

    Good:
        id: example
        channels: [mastodon]
        text: Ratten im Kanal? Bei diesem Sauwetter kommen sie nach oben. Die neue Falle ist idiotensicher.
    Bad:
        id: example
        channels: [mastodon]
        text: Wer hier seinen Müll ablädt, ist ein Idiot.
    Bad:
        id: example
        type: reply
        channels: [mastodon]
        text: Guten Tag, Sie sind ein Esel. Viele Grüße, Ihr Landkreis
    """
    more, without = frozenset(map(folded, words)), frozenset(map(folded, allowed))
    for passage in subject.passages:
        if passage.sort in _SAID:
            for span in _insults(passage, more, without):
                yield Problem(
                    passage.field,
                    msg(
                        "This insults people. Say it without this word; if somebody else said it, use quotation marks."
                    ),
                    span,
                )


def _insults(passage: Passage, more: frozenset[str], without: frozenset[str]) -> Iterator[Span]:
    known = vocabulary(passage.text)
    if known.isdisjoint(_words_to_look_at()) and known.isdisjoint(more):
        return
    used = (known & words_of(_WORDS) | known & more) - without
    maybe = known & marked_words_of(_WORDS) - without
    hints = known & _HINTS - without
    if not (used or maybe or hints):
        return
    text = unquoted(passage.text)
    for start, end in sorted({*_listed(text, used, maybe), *(_phrases(text) if hints else ())}):
        yield Span(start, end)


@cache
def _words_to_look_at() -> frozenset[str]:
    return words_of(_WORDS) | marked_words_of(_WORDS) | _HINTS


def _listed(text: str, used: frozenset[str], maybe: frozenset[str]) -> Iterator[tuple[int, int]]:
    for found in WORD.finditer(text) if used or maybe else ():
        word = folded(found[0])
        if word in used or (word in maybe and _is_aimed(text, found.start(), found.end())):
            yield found.span()


def _is_aimed(text: str, start: int, end: int) -> bool:
    """Whether what stands before a harmless word makes it an insult."""
    before = text[max(0, start - 60) : start]
    called = text[end : end + 1] in {"", *"!.,?;:"} and _CALLING.search(before) is not None
    return called or _AIMING.search(before) is not None


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _AIMED_AS_A_WHOLE.finditer(text))
