"""What can be said about a draft at a glance, so that rules that cannot have anything to say need not be loaded.

A rule names in `when` the traits without which it never finds anything; a test holds that against arbitrary drafts. It
must not know any rule.
"""

from collections.abc import Iterable, Iterator

from kanal.model import Author, DraftType
from kanal.rules.subject import Subject
from kanal.text.numbers import longest
from kanal.text.signs import highest, small

_DIGITS = 6
_FIRST_SYMBOL = "\u2010"
_ODD_BLANKS = ("\xa0", "\xad", "\u2000")
_STEMS = {
    "birth": ("geb", "born", "*"),
    "vote": ("wähl", "wahl", "stimm", "kreuz", "entscheid", "begehren"),
    "relative-day": (
        *("heute", "heutig", "morgen", "morgig", "gestern", "gestrig"),
        *("dies", "kommend", "nächst", "vorig", "vergangen"),
    ),
    "here": ("hier", "klick", "click", "here", "link"),
    "announcement": (
        *("allgemeinv", "ekanntm", "bekannt ", "legung", "offenl", "atzung", "widm", "planf", "lich aus", "lich zur"),
    ),
}
_AT_SIGNS = ("@", "＠", "%40")
_BRACKETS = "([{<"
_AT_IN_BRACKETS = tuple(f"{bracket}{said}" for bracket in _BRACKETS for said in ("at", "ät"))
_QUOTES = "\"'„“”‚‘’»«›‹"


def traits_of(subject: Subject) -> frozenset[str]:
    """The draft's traits, by the names that rules give under `when`."""
    return frozenset((*_of_draft(subject), *_of_words([passage.text for passage in subject.passages])))


def _of_draft(subject: Subject) -> list[str]:
    draft = subject.draft
    pictures = [picture for _, picture in subject.pictures()]
    has_video = any(picture.is_video for picture in pictures)
    told = (
        ("media", pictures),
        ("video", has_video),
        ("extras", has_video or draft.asks_for_more),
        ("poll", draft.poll is not None),
        ("reply", draft.type is DraftType.REPLY),
        ("crisis", draft.type is DraftType.CRISIS),
        ("office-holder", draft.author is Author.OFFICE_HOLDER),
        ("waivers", draft.waivers),
        ("approval", draft.approval is not None),
        ("planned", draft.publish_at is not None),
        ("embargo", draft.embargo is not None),
        ("paid", draft.paid_promotion),
        ("phase", subject.registers.election_on(subject.day) is not None),
    )
    return [trait for trait, holds in told if holds]


def _of_words(texts: list[str]) -> Iterator[str]:
    text = "\n".join(texts)
    if "#" in text or "＃" in text:
        yield "hashtag"
    if "." in text or "//" in text:
        yield "link"
    if max(map(longest, texts), default=0) >= _DIGITS:
        yield "number"
    last = max(map(highest, texts), default="")
    if last >= _FIRST_SYMBOL:
        yield "symbol"
    if last >= _ODD_BLANKS[2] or _ODD_BLANKS[0] in text or _ODD_BLANKS[1] in text:
        yield "odd-blank"
    folded = "\n".join(map(small, texts))
    for trait, stems in _STEMS.items():
        if _holds(folded, stems):
            yield trait
    if _holds(text, _AT_SIGNS) or (_holds(text, _BRACKETS) and _holds(folded, _AT_IN_BRACKETS)):
        yield "e-mail"
    if _holds(text, _QUOTES):
        yield "quote"


def _holds(text: str, words: Iterable[str]) -> bool:
    return any(map(text.__contains__, words))
