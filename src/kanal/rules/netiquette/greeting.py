"""Rule: a reply greets and says goodbye."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_GREETING = Pattern(
    r"(?i)\A(?>(?:@\S{1,100}+|\{@[^{}\s]{1,100}+\}|\W){0,20})"
    r"(?:hallo|hello|hi\b|hey\b|moin|servus|grüß|grüezi|glück ?auf|liebe|lieber|sehr geehrt|dear\b"
    r"|(?:einen )?(?:schönen )?gute[nrm]? (?:tag|morgen|abend|mittag)|good (?:morning|day|evening|afternoon)"
    r"|(?:vielen|herzlichen|besten|lieben) dank|danke|wir danken|thank)",
)
_GOODBYE = Pattern(
    r"(?i)\b(?:grüßen?|gruß|greetings|regards|wishes|sincerely|mfg|vg|lg|tschüss?|auf wiedersehen|alles gute|bis bald"
    r"|kommen sie gut"
    r"|(?:schön|gut)e[nrs]? (?:tag|abend|woche|wochenende|feiertage|zeit))\b",
)
_SIGNED = Pattern(
    r"(?i)(?:\A|[\n,.!?])\s*(?:ihre?|euer|eure|deine?|your) [^\n.!?]{2,60}+\W{0,10}\Z"
    r"|\b(?:team|redaktion|pressestelle)\W{0,10}\Z|(?:\A|\s)(?:[/^~*-]{1,2}[^\W_]{1,4}|\([^\W\d_]{2,3}\))\s{0,3}\Z",
)
_LANGUAGES = ("de", "en")
_LAST_LINES = 200
"""How many characters the goodbye has at most."""


@rule("warning", when="reply")
def check(subject: Subject, *, opening: bool = True, closing: bool = True) -> Iterator[Problem]:
    """A reply begins with a greeting or with thanks, and ends with a goodbye or with the writer's sign.

    A bare answer reads gruffly. Whoever wrote to an office is glad to be addressed, and to know who answers.

    Begin with “Guten Tag” or “Vielen Dank für Ihren Hinweis”; end with “Viele Grüße, Ihr Landkreis Musterland” or with
    your sign (“/em”).

    Source: kanal's own advice (no source beyond good practice)

    Options:
        opening: whether a greeting is asked for
        closing: whether a goodbye is asked for

    Good:
        id: example
        type: reply
        channels: [mastodon]
        text: Guten Tag, die Tonnen werden am Donnerstag geleert. Viele Grüße, Ihr Landkreis Musterland
    Bad:
        id: example
        type: reply
        channels: [mastodon]
        text: Die Tonnen werden am Donnerstag geleert.
    """
    if not subject.is_reply or subject.draft.language not in _LANGUAGES:
        return
    for first, *further in subject.threads():
        last = further[-1] if further else first
        if opening and _GREETING.search(first.text) is None:
            yield Problem(first.field, msg("The reply has no greeting. Begin with “Guten Tag” or with thanks."))
        if closing and not _ends_well(last.text[-_LAST_LINES:]):
            yield Problem(last.field, msg("The reply has no goodbye. End with “Viele Grüße” and the office's name."))


def _ends_well(last: str) -> bool:
    return _GOODBYE.search(last) is not None or _SIGNED.search(last) is not None
