"""Rule: a bought picture may be shown on social networks."""

import re
from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

# Free platforms such as Pixabay are no agencies: their licence does not depend on the use.
_AGENCY = Pattern(
    r"(?i)(?<![^\W_])(?:adobe\s?stock|fotolia|istock(?:photo)?|getty(?:\s?images)?|shutterstock|dpa|picture[\s-]?alliance"
    r"|depositphotos|123rf|alamy|imago(?:\s?images)?|ddp\s?images|epd|kna|afp|reuters|dreamstime|bigstock(?:photo)?"
    r"|panthermedia|colourbox|westend61|photocase|ullstein\s?bild|mauritius\s?images|plainpicture|stock\.adobe\.com)"
    r"(?![^\W_])"
)
_STEMS = (
    *("adobe", "fotolia", "istock", "getty", "shutter", "dpa", "alliance", "deposit", "123rf", "alamy", "imago", "ddp"),
    *("epd", "kna", "afp", "reuters", "dreams", "bigstock", "panther", "colourb", "westend", "photocase", "ullstein"),
    *("mauritius", "plainp"),
)
_SOCIAL = Pattern(
    r"(?i)social[\s-]?media|sozial\w{0,2}\s(?:netz|medi)|(?<![^\W_])(?:facebook|instagram|mastodon|twitter|(?-i:X)|threads|tiktok"
    r"|linkedin|youtube)(?![^\W_])|soziale-netz"
)


@rule("error", when="media")
def check(subject: Subject, *, agencies: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The licence of a picture from an agency says that it covers social networks.

    Whoever posts a picture gives the network rights to it. Many licences of picture agencies do not allow that, and
    then every post costs damages. Look into the contract; if it covers social networks, write so under `licence`, such
    as `Adobe Stock, erweiterte Lizenz, auch soziale Netzwerke`. Otherwise take another picture.

    Options:
        agencies: further words by which a picture from an agency is known

    Source: §§ 31 and 97 UrhG; terms of use of picture agencies, many of which forbid passing rights on to networks.

    Good:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - file: good.jpg
            alt: Junge Linden an einer Landstraße
            credit: "Foto: Kim Muster / Adobe Stock"
            licence: Adobe Stock, Vertrag 2026/12, gilt auch für soziale Netzwerke
    Bad:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - file: good.jpg
            alt: Junge Linden an einer Landstraße
            credit: "Foto: Kim Muster / Adobe Stock"
            licence: Standardlizenz
    """
    for field, picture in subject.pictures():
        if not picture.licence:
            continue  # for rights/credit
        named = ((name, _agency(getattr(picture, name), agencies)) for name in ("licence", "credit"))
        name, span = next(((name, span) for name, span in named if span), ("", None))
        if span and not _SOCIAL.search(picture.licence):
            yield Problem(
                f"{field}.{name}",
                msg(
                    "This picture comes from an agency, and the licence does not mention social networks. Look into"
                    " the contract, and write under licence that it covers them; or take another picture."
                ),
                span=span if name == "credit" else None,  # a licence is no passage
            )


def _agency(words: str, more: tuple[str, ...]) -> Span | None:
    searched = (re.search(re.escape(name), words, re.IGNORECASE) for name in more if name)
    small = words.casefold()
    known = any(stem in small for stem in _STEMS)
    found = (_AGENCY.search(words) if known else None) or next(filter(None, searched), None)
    return Span(*found.span()) if found else None
