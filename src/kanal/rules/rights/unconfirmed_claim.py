"""Rule: a warning says only what is certain, or says that it is not."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import DraftType, Problem, Span
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_SPECULATION = Pattern(
    r"(?i)(?<![^\W\d_])(?:mutmaßlich\w{0,3}|angeblich\w{0,3}|vermutlich|offenbar|anscheinend|möglicherweise|womöglich"
    r"|gerüchte\w?|gerüchteweise|dem vernehmen nach|wie man hört|es heißt,? dass|wahrscheinlich)(?![^\W\d_])"
)
_MARKED = Pattern(
    r"(?i)nach (?:ersten|bisherigen|derzeitigen) (?:erkenntnis|information|stand|angabe)|nicht bestätigt|unbestätigt"
    r"|noch (?:nicht (?:bekannt|klar|geklärt|sicher)|unklar|offen)|(?:ursache|lage) ist (?:noch )?unklar"
    r"|(?:wird|werden) (?:noch |derzeit |zurzeit )?(?:geprüft|ermittelt|untersucht)"
    r"|nach derzeitigem (?:stand|kenntnisstand)|keine gesicherten|können wir (?:\w{1,20} )?nicht bestätigen"
)


@rule("warning", when="crisis")
def check(subject: Subject) -> Iterator[Problem]:
    """A warning names who confirmed it, and marks what is not certain yet.

    People act on a warning. What an office states must be true; what it does not know for certain must be recognisable
    as uncertain. Write under `confirmed_by` who confirmed the facts (the control centre, the fire brigade), and write
    “nach ersten Erkenntnissen” or “noch nicht bestätigt” where something is only presumed.

    Source: OVG Nordrhein-Westfalen, 28 November 2022, 5 A 2808/19.

    Good:
        id: example
        type: crisis
        channels: [mastodon]
        confirmed_by: Leitstelle Musterland
        text: Nach ersten Erkenntnissen ist vermutlich ein Kabel defekt. Bestätigt ist das noch nicht.
    Bad:
        id: example
        type: crisis
        channels: [mastodon]
        text: Im Werk an der Bahnstraße brennt es.
    Bad:
        id: example
        type: crisis
        channels: [mastodon]
        confirmed_by: Leitstelle Musterland
        text: Im Werk an der Bahnstraße brennt es, offenbar nach einer Explosion.
    """
    if subject.draft.type is not DraftType.CRISIS:
        return
    if not subject.draft.confirmed_by:
        yield Problem(
            "confirmed_by",
            msg("It does not say who confirmed this warning. Write it under confirmed_by, such as the control centre."),
        )
    for passage in subject.texts():
        found = _SPECULATION.search(passage.text)
        if found and not _MARKED.search(passage.text):
            yield Problem(
                passage.field,
                msg(
                    "This is only presumed. Leave it out until it is certain, or say so, for example with “nach ersten"
                    " Erkenntnissen” or “noch nicht bestätigt”."
                ),
                span=Span(*found.span()),
            )
