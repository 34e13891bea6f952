"""What somebody meant to fill in and did not: XX, TODO, [Name], sample text."""

from collections.abc import Iterator

from kanal.detect import Hit
from kanal.text.pattern import Pattern
from kanal.text.signs import small

_HINTS = (
    "xx", "xy", "todo", "tbd", "fixme", "lorem", "blindtext", "mustertext", "platzhalter", "einfügen", "ergänzen",
    "[", "<", "{", "___", "tt.mm", "hh:mm", "??",
)  # fmt: skip
_MONTHS = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
# XX. Kulturtage are the twentieth ones, “Aktenzeichen XY” is a programme.
_PLACEHOLDER = Pattern(
    r"(?<![^\W_])(?:"
    rf"[Xx]{{2}}(?>(?:[.:/-][Xx]{{2,4}}){{1,2}})(?:\.[0-9]{{2,4}})?|[Xx]{{2}}\.(?=\s?{_MONTHS}|[0-9])"
    r"|(?:XX(?!\.\s[A-ZÄÖÜ])|XXX|X{4,}|xxx++)(?![^\W_])|xx(?=\s?(?:Uhr|Euro|€|Prozent|%|km\b|m\b))"
    r"|(?<!zeichen )XY(?![^\W_])"
    r"|TODO|TBD|FIXME|(?i:lorem ipsum|blindtext|mustertext|platzhalter(?:text|bild)?)(?![^\W_])"
    r"|TT\.MM\.(?:JJJJ|JJ)?|HH:MM|\?\?\.\?\?(?:\.[0-9?]{0,4})?|\?\?(?=\s?(?:Uhr|Euro|€))"
    r")"
    r"|\[(?!at\]|dot\]|punkt\]|m/w/d\])(?i:name|vorname|nachname|datum|tag|uhrzeit|zeit|ort|adresse|straße|link|url|titel|text"
    r"|betrag|anzahl|zahl|thema|anrede|telefon(?:nummer)?|nummer|e-?mail|bild|foto|hashtag|stadt|gemeinde|xx?"
    r"|[^\[\]\n]{0,30}?(?:einfügen|einsetzen|ergänzen|eintragen|hier)[^\[\]\n]{0,30}+"
    r"|(?:eintragen|fill in): [^\[\]\n]{1,200}+)\]"
    r"|<(?!\s)(?i:name|datum|uhrzeit|ort|link|titel|text|betrag|[^<>\n]{0,30}?(?:hier|einfügen|einsetzen|ergänzen|eintragen)"
    r"[^<>\n]{0,30}+)>"
    r"|\{\{[^{}\n]{1,40}+\}\}|\{(?![@{]|link\})[^{}\n]{1,40}+\}"
    r"|(?<!_)_{3,}+"
    r"|(?i:(?<![^\W_])(?:bitte |noch |hier )(?:bitte |noch )?(?:text |datum |name |namen |link |ort |bild )?"
    r"(?:einfügen|ergänzen)(?![^\W_])(?=\s*(?:[.!\])>]|\Z)))",
)


def placeholders(text: str) -> Iterator[Hit]:
    """Every place that still has to be filled in."""
    said = small(text)
    if "{" in said:
        said = said.replace("{@", "").replace("{link}", "")
    if any(map(said.__contains__, _HINTS)):
        for found in _PLACEHOLDER.finditer(text):
            yield Hit(*found.span(), "placeholder")
