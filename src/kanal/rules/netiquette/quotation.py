"""Rule: a quotation says whose words it gives."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.quotations import Quotation, quotations
from kanal.prose.words import WORD
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_NEAR = 140
"""How far from the quotation its source may stand, in characters: about one sentence."""

_SPEAKER = Pattern(
    r"(?i)\b(?:sag(?:t|te|en|ten)|erklär(?:t|te|en)|beton(?:t|te|en)|mein(?:t|te|en)|schreib(?:t|en|st)|schrieb(?:en)?"
    r"|berichtet(?:e|en)?|ergänz(?:t|te)|freu(?:t|te) sich|frag(?:t|te|en|st)|antwortet(?:e)?|ruft|rief|bilanzierte?"
    r"|resümierte?|fass(?:t|te)|lob(?:t|te)|dank(?:t|te)|erinner(?:t|te)|mahn(?:t|te)|appellierte?|kündig(?:t|te)"
    r"|verspr(?:icht|ach)|wünsch(?:t|te)|bittet|bat|findet|fand|erzähl(?:t|te|en)|zitier(?:t|te|en)|weiß|zitat|quelle"
    r"|heißt es|stammt|lautet|steht|autor\w*|verfasser\w*|dichter\w*|zufolge)\b"
    r"|\b(?:landrat|landrät|(?:ober)?bürgermeister|dezernent|minister|präsident|sprecher|leiter|vorsitzende|beigeordnete"
    r"|dr\.|prof\.|frau|herr)",
)
# A small word in -t behind the comma is what the speaker does: rät, meint, betont.
_ACCORDING = Pattern(r"\A(?:[\s,–—-]{0,3}(?:so|laut|nach|gemäß|aus|von)|,\s[a-zäöüß]{1,20}te?)\b")
_FROM = Pattern(r"(?i)\b(?:laut|nach|gemäß|von|aus)\b[^.!?\n]{0,60}+\Z")
# „…“ – Name, „…“ (Name), a name on the next line, which is no sentence, or “Name: „…“”.
_SIGNED = Pattern(
    r"\A[\s,.]{0,3}(?:(?:[–—―-]{1,2}\s?|\()\s*[A-ZÄÖÜ@{]"
    r"|(?<=\n)\s*[A-ZÄÖÜ@{][^\n!?…]{0,70}+(?<![a-zäöüß]{3}\.)(?=\n|\Z))"
)
_ANNOUNCED = Pattern(r"[A-ZÄÖÜ][^\W\d_]+[^\n.!?]{0,60}+:\s*\Z")
_TITLED = Pattern(
    r"(?i)(?:motto|titel|thema|frage|slogan|stichwort|betreff|rubrik|inschrift|aufschrift|schild|überschrift|spruch auf"
    r"|formular|antrag|menüpunkt|schaltfläche|button|kampagne|aktion|ausstellung|vortrag|lesung|buch|roman|film|stück"
    r"|theater|konzert|lied|song|reihe|projekt|programm|workshop|seminar|kurs|wettbewerb|broschüre|flyer|podcast|folge"
    r"|hei(?:ß|ss)(?:t|en)|lautet|nennt|genannt|namens|über|klick\w*|wähl\w*)[^\n.!?„“”\"»«]{0,50}+\Z",
)
# „Mama, das ist meine neue Nummer“: Wer so eine Nachricht bekommt …
_SPOKEN_OF = Pattern(
    r"(?i)\A[\s:,.–—-]{0,4}(?:so (?:beginn|fäng|kling|laute)\w{1,3}"
    r"|(?:[^.!?\n]{0,60}?\s)?(?:so eine?n?|solche[nrs]?|diese[mnrs]?)\s(?:\w{1,20}\s)?"
    r"(?:(?:\w{0,10}nachricht|mail|e-mail|anr[uü]f|frage|antwort|wort|spr[uü]ch|ausrede|satz|sätz)(?:e?n?|s)|sms))\b"
)
_SENTENCE = Pattern(r"\A[^.!?\n]*+")
_ENDS = (".", "!", "?", "…", ",")


@rule("warning", when="quote")
def check(subject: Subject, *, words: int = 5) -> Iterator[Problem]:
    """Who said it stands beside every quotation.

    A quotation without a source cannot be checked, and the right to quote asks for the source. Titles, mottoes and
    inscriptions are not meant.

    Add who said it: „…“, sagt Landrätin Erika Mustermann. A poem or a long text needs the author's permission as well.

    Source: § 51, § 63 UrhG; netiquette of Bezirksamt Spandau (quotations with source)

    Options:
        words: from how many words on a quotation needs a source

    Good:
        id: example
        channels: [mastodon]
        text: „Wir pflanzen im März sechs junge Winterlinden“, sagt Landrätin Erika Mustermann.
    Bad:
        id: example
        channels: [mastodon]
        text: „Jeder Baum ist ein kleines Wunder der Natur.“ Wir pflanzen im März sechs Winterlinden.
    """
    if subject.draft.language != "de":
        return
    for passage in subject.texts():
        for quotation in quotations(passage.text):
            if len(WORD.compiled.findall(quotation.words)) >= words and _lacks_source(passage.text, quotation):
                yield Problem(
                    passage.field,
                    msg("Whose words are these? Name the source beside the quotation."),
                    Span(quotation.start, quotation.end),
                )


def _lacks_source(text: str, quotation: Quotation) -> bool:
    """Whether somebody speaks here, and nobody says who."""
    before = text[max(0, quotation.start - _NEAR) : quotation.start]
    after = text[quotation.end : quotation.end + _NEAR]
    line = before.rpartition("\n")[2]
    whole = not line.strip() or line.rstrip().endswith(":") or quotation.words.rstrip().endswith(_ENDS)
    if not whole or _TITLED.search(before):
        return False
    if (
        _SPOKEN_OF.search(after)
        or _SIGNED.search(after)
        or _ACCORDING.search(after)
        or _ANNOUNCED.search(before)
        or _FROM.search(before)
    ):
        return False
    sentence = _SENTENCE.search(after)
    return not (_SPEAKER.search(before) or _SPEAKER.search(sentence[0] if sentence else ""))
