"""Rule: what must be announced formally is only pointed to."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Passage, Subject, rule
from kanal.text.pattern import Pattern

# In their formal sense only: the Satzung of a club, the Widmung in a book and the Auslegung of a law are none.
_FORMAL = Pattern(
    r"(?<![^\W\d_])(?:Allgemeinverfügung(?:en)?"
    r"|(?:[Öö]ffentliche[nr]?|[Aa]mtliche[nr]?|[Oo]rtsübliche[nr]?) Bekanntmachung(?:en)?"
    r"|(?:[Öö]ffentlich|[Aa]mtlich|[Oo]rtsüblich) bekannt\s?(?:gemacht|gegeben)"
    r"|[Öö]ffentlichen? (?:Auslegung|Offenlage)"
    r"|[Öö]ffentlich (?:ausgelegt|aus(?=[.,]|\s(?:und|bis|vom))|zur Einsicht)"
    r"|(?:Auslegung|Offenlage) (?:des|der) (?:Entwurf|Bebauungs|Flächennutzungs|Plan|Haushalts|Wählerverz)\w{0,30}"
    r"|Planfeststellungsbeschl(?:uss|usses|üsse)"
    r"|(?:Haupt|Haushalts|Gebühren|Beitrags|Abfall|Entwässerungs|Friedhofs|Hundesteuer|Baumschutz|Straßenreinigungs"
    r"|Veränderungs|Gestaltungs|Zweitwohnungssteuer)satzung(?:en)?"
    r"|Satzung(?:en)? über (?:die|das|den)"
    r"|Widmung (?:der|des|von|einer) (?:öffentlichen )?\w{0,30}"
    r"(?:[Ss]traßen?|[Ww]ege?s?|[Pp]latz(?:es)?|[Vv]erkehrsfläche)"
    r")(?![^\W\d_])"
)
_STEMS = ("Allgemeinv", "ekanntm", "bekannt ", "legung", "Offenl", "atzung", "Widm", "Planf", "lich aus", "lich zur")
_GAZETTE = Pattern(r"(?i)https?://\S{0,300}(?:amtsblatt|bekanntmachung)")


@rule("warning", when="announcement")
def check(subject: Subject) -> Iterator[Problem]:
    """A post about a formal announcement links to the announcement itself.

    General orders, bylaws, plans laid open and the like take effect only in the form that the law lays down, such as
    the official gazette. A post cannot replace that, it can only point to it; whoever reads the post must find the real
    text. Put the address of the announcement or of the gazette under `link`.

    A link is taken for it if it leads to one of the office's own domains (`domains` in config/policy.yaml), or if
    “amtsblatt” or “bekanntmachung” stands in it.

    Source: regulations on public announcements of the Länder, such as § 1 DVO LKrO Baden-Württemberg; § 3(2) BauGB.

    Good:
        id: example
        channels: [mastodon]
        text: Für den Landkreis gilt ab morgen eine Allgemeinverfügung gegen die Geflügelpest.
        link: https://www.landkreis-musterland.example/amtsblatt/48
    Bad:
        id: example
        channels: [mastodon]
        text: Für den Landkreis gilt ab morgen eine Allgemeinverfügung gegen die Geflügelpest.
    """
    for passage in subject.texts():
        found = _FORMAL.search(passage.text) if any(stem in passage.text for stem in _STEMS) else None
        if found and not _points_to_it(subject, passage):
            yield Problem(
                passage.field,
                msg(
                    "This must be announced in its own form; a post can only point to it. Put the address of the"
                    " announcement or of the official gazette under link."
                ),
                span=Span(*found.span()),
            )


def _points_to_it(subject: Subject, passage: Passage) -> bool:
    prefix = passage.field.removesuffix("text")
    links = [other.text for other in subject.passages if other.field in (f"{prefix}link", "link")]
    words = "\n".join([*links, passage.text])
    return _GAZETTE.search(words) is not None or any(domain in words for domain in subject.registers.domains)
