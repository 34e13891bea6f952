"""File references of one person's case: Aktenzeichen, Geschäftszeichen, Kassenzeichen.

Only behind a word that announces one: numbers with slashes and dots are everywhere in administration. Court decisions,
parliamentary papers, plans and tenders have references that are meant to be quoted. This module must not know which
other cases are public.
"""

import re

from kanal.detect import Hit
from kanal.detect.surroundings import BLANK, near
from kanal.text.pattern import Pattern

_LEAD = (
    r"(?i:akten-?(?:zeichens?|nummer|nr\.?)|geschäfts-?zeichens?|(?:unser|ihr|mein)(?:e[ms]|es)? zeichen"
    r"|(?:kassen|buchungs|vorgangs)-?zeichens?|js-az"
    r"|(?:antrags|bescheid|bg|bußgeld|fall|tagebuch|vorgangs)-?(?:nummer|nr\.?|kennung)"
    r"|[ag]z(?=\.|:|_| :))|[AG][Zz](?= )"
)
# In a reference, each word holds a digit, or is a register sign in front of one: 51 F 123/26, III-2 Sb 5.
# A full stop belongs to it where a number or a capital follows, not at the end of a sentence or before “pdf”.
_WITH_DIGIT = r"(?=[A-Za-zÄÖÜäöü./_()-]{0,24}[0-9])(?>(?:[A-Za-zÄÖÜäöü0-9/_()-]|\.(?=[A-ZÄÖÜ0-9(-])){1,40})"
_BETWEEN = rf"{BLANK}(?:[–-]{BLANK})?"
_SIGN = r"[A-Z][A-Za-zÄÖÜäöü.-]{0,5}+"
_REFERENCE = Pattern(
    rf"(?<![^\W_])(?<![^\W_]-)(?P<lead>{_LEAD})\.?(?:{BLANK}?:)?(?:{BLANK}(?i:ist|lautet|nr\.|nummer)(?=[ :]):?)?"
    rf"(?:{BLANK}de[rs]{BLANK}[^\W\d_]{{3,30}}+(?:{BLANK}[A-ZÄÖÜ][^\W\d_]{{2,30}}+)?:)?"
    rf"(?:{BLANK}{{1,2}}|\n|_|(?<=[.:]))"
    rf"(?P<number>(?:{_SIGN}{_BETWEEN}){{0,3}}{_WITH_DIGIT}"
    rf"(?:{_BETWEEN}(?:{_WITH_DIGIT}|{_SIGN}(?={_BETWEEN}{_WITH_DIGIT}))){{0,4}})"
)
_ANY_LEAD = Pattern(
    r"(?i)zeichen|kennung|nr\b|nummer|(?<![^\W_])[ag]z(?![^\W_])", "zeichen", "kennung", "nr", "nummer", "az", "gz"
)
_TOWN = rf"{BLANK}[A-ZÄÖÜ]"
_PUBLIC = Pattern(
    r"(?<![^\W\d_])(?:(?:BVerfG|BVerwG|BGH|BFH|BSG|BAG|BPatG|EuGH?|EGMR|BayObLG|BayVGH|OVG|VGH|VG|VerfGH|OLG|LSG|LAG|ArbG)"
    rf"(?![^\W\d_])|(?:AG|FG|KG|LG|SG){_TOWN}|Urteil|Beschluss|Normenkontroll|Drs\.|Drucksache|Vorlage|Vergabe|Ausschreibung"
    r"|Bekanntmachung|Bebauungsplan|Planfeststellung|Allgemeinverfügung)|gericht(?:s|es|shofs?)?(?![^\W\d_])"
)
_BEHIND = len(" beim Bundesverfassungsgericht.")
_FEWEST_DIGITS = 3
_FEWEST_DIGITS_WITH_STROKE = 2


def case_numbers(text: str) -> tuple[Hit, ...]:
    """References behind their lead word, without it; none beside a court, a parliamentary paper or a public plan."""
    if _ANY_LEAD.search(text) is None:
        return ()
    return tuple(
        Hit(found.start("number"), found.end("number") - _trailing(found["number"]), "case-number")
        for found in _REFERENCE.finditer(text)
        if _is_reference(found) and not near(text, *found.span("number"), _PUBLIC, before=80, after=_BEHIND)
    )


def _trailing(number: str) -> int:
    """How many full stops and brackets of the sentence stuck to the number."""
    return len(number) - len(number.rstrip("./-_()" if "(" not in number else "./-_"))


def _is_reference(found: re.Match[str]) -> bool:
    number: str = found["number"]
    digits = sum(sign.isdigit() for sign in number)
    stroke = "/" in number or "-" in number
    if found["lead"] in ("AZ", "Az", "GZ", "Gz") and found[0][2] == " ":
        return stroke and digits >= _FEWEST_DIGITS
    return digits >= (_FEWEST_DIGITS_WITH_STROKE if stroke else _FEWEST_DIGITS)
