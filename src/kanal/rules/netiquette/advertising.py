"""Rule: the office does not advertise."""

from bisect import bisect_right
from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.sentences import sentences
from kanal.prose.words import WORD, folded, vocabulary
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern
from kanal.text.signs import small

_SELLING = Pattern(
    r"(?i)\b(?:rabatt|gutschein|discount|promo(?:tion)?|coupon|vorteils|spar)[- ]?codes?\b"
    r"|\b(?:mit dem|mit unserem|gib den|nutze den|nutzen sie den|use) code\s+[„“\"]?[A-Z0-9]{4,20}\b"
    r"|\bjetzt (?:[^\W\d_]{1,20} ){0,2}(?:kaufen|shoppen|zuschlagen) bei\b|\bjetzt zugreifen\b"
    r"|\b(?:link in bio|swipe up) (?:und|and) (?:kaufen|shoppen|shop)\b|\b(?:affiliate[- ]?link|bezahlte partnerschaft)"
    r"|(?<![\w&])#(?:werbung|ad|sponsored|produktplatzierung)\b"
    r"|\b(?:wir empfehlen|unsere empfehlung:|empfehlenswert:?) (?:ihnen |euch |wärmstens )?"
    r"(?:die |den |das )?(?:firma|unternehmen|anbieter|hersteller|händler|autohaus|versicherung|bank)\b",
)
_HINTS = frozenset({
    "code", "codes", "kaufen", "shoppen", "zuschlagen", "zugreifen", "shop", "affiliate", "affiliatelink",
    "partnerschaft", "werbung", "ad", "sponsored", "produktplatzierung", "empfehlen", "empfehlung", "empfehlenswert",
})  # fmt: skip
# AG alone is also a working group, a school club or a court; gGmbH and e. V. sell little.
_COMPANY = Pattern(
    r"\b(?:GmbH|KGaA|OHG|GbR|(?:GmbH & Co\. )?KG|e\. ?K\.|S\.?A\.?R\.?L|Ltd|Inc)\b"
    r"|(?<=[a-zäöüß] )AG\b|\bFirma [A-ZÄÖÜ]",
)
_COMPANY_WORDS = frozenset(["gmbh", "kgaa", "ohg", "gbr", "kg", "ltd", "inc", "ag", "firma"])
_PRAISE = Pattern(
    r"(?i)\b(?:beste[nrsm]?\b|hervorragend|exzellent|unschlagbar|günstigste|preiswerte|preisgünstige|exklusiv|marktführer"
    r"|spitzen(?:qualität|produkt)|top-|traumhaft|erstklassig|unübertroffen|rabatt|schnäppchen|sonderangebot|sparpreis"
    r"|sonderpreis|bestpreis|jetzt kaufen|jetzt bestellen|probieren sie|testen sie)",
)


@rule("warning")
def check(subject: Subject, *, own: tuple[str, ...] = (), words: tuple[str, ...] = ()) -> Iterator[Problem]:
    """No advertising for a company and no discount codes.

    An office treats all companies alike; who praises one puts the others at a disadvantage, and every netiquette
    forbids advertising to others. Naming the company that does the work is information, not advertising.

    Say what is offered and by whom, without praise. Take codes and prices out, or link to a page where all stand.

    Source: the ground of advertising in the netiquettes of German authorities; duty of neutrality, Art. 3 (1) GG

    Options:
        own: names of the office's own companies, about which it may speak as it likes
        words: more words of advertising

    Good:
        id: example
        channels: [mastodon]
        text: Die Arbeiten führt die Muster Bau GmbH aus. Sie dauern bis Freitag.
    Bad:
        id: example
        channels: [mastodon]
        text: Beim Reifenwechsel sparen Sie mit dem Rabattcode WINTER26.
    Bad:
        id: example
        channels: [mastodon]
        text: Die besten Brötchen gibt es bei der Beispiel Backwaren GmbH.
    """
    known = frozenset(map(folded, words))
    for passage in subject.texts():
        used = vocabulary(passage.text)
        if used & (_HINTS | _COMPANY_WORDS | known) or "code" in small(passage.text):
            for start, end in sorted({*_selling(passage.text, known), *_praise(passage.text)}):
                if not (own and _names(own, _around(passage.text, start))):
                    yield Problem(
                        passage.field,
                        msg(
                            "This reads like advertising. Say who offers what, without praise, codes or a call to buy."
                        ),
                        Span(start, end),
                    )


def _selling(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in _SELLING.finditer(text))
    if words:
        yield from (found.span() for found in WORD.finditer(text) if folded(found[0]) in words)


def _praise(text: str) -> Iterator[tuple[int, int]]:
    if vocabulary(text) & _COMPANY_WORDS:
        for sentence in sentences(text):
            if _COMPANY.compiled.search(text, sentence.start, sentence.end):
                found = _PRAISE.compiled.search(text, sentence.start, sentence.end)
                if found and _SELLING.compiled.search(text, sentence.start, sentence.end) is None:
                    yield found.span()


def _around(text: str, place: int) -> str:
    """The sentence in which something stands."""
    found = sentences(text)
    index = bisect_right(found, place, key=lambda sentence: sentence.start) - 1
    return text[found[index].start : found[index].end] if index >= 0 else ""


def _names(own: tuple[str, ...], sentence: str) -> bool:
    return any(folded(name) in folded(sentence) for name in own)
