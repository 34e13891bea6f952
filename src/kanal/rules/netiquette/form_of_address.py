"""Rule: readers are addressed in one way."""

from collections.abc import Iterator
from typing import Literal

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.quotations import unquoted
from kanal.prose.words import bare, vocabulary
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

# “ihr” alone may be “her” or “their”; with these verbs it is the plural of “du”.
_FAMILIAR = Pattern(
    r"(?<![\w-])(?:(?<!per )(?<!das )(?<!beim )"
    r"(?:[Dd]u|[Dd]ich|[Dd]ir(?!\.)|[Dd]eine?[mnrs]?|[Ee]uch|[Ee]ure[mnrs]?|[Ee]uer)"
    r"|[Ii]hr (?:seid|habt|könnt|wollt|müsst|dürft|sollt|wisst|möchtet|werdet)"
    r"|(?:[Ss]eid|[Hh]abt|[Kk]önnt|[Ww]ollt|[Mm]üsst|[Dd]ürft|[Ss]ollt|[Ww]isst|[Mm]öchtet|[Ww]erdet) ihr)(?![\w-])",
)
# At the beginning of a sentence, in a list, or behind a colon, “Sie” and “Ihnen” may stand for “they”.
_FORMAL = Pattern(r"(?<=[^\W_][ \u00a0]|,[ \u00a0])(?:Sie|Ihnen|Ihre[mnrs]?)(?!\w)")
_FAMILIAR_WORDS = frozenset({
    "du", "dich", "dir", "dein", "deine", "deinem", "deinen", "deiner", "deines", "euch", "eure", "eurem", "euren",
    "eurer", "eures", "euer", "ihr",
})  # fmt: skip
_FORMAL_WORDS = frozenset(["sie", "ihnen", "ihre", "ihrem", "ihren", "ihrer", "ihres"])


@rule("info")
def check(subject: Subject, *, replies: Literal["formal", "free"] = "formal") -> Iterator[Problem]:
    """A text says either “du” or “Sie”, and a reply to one person says “Sie”.

    Offices often say “ihr” to the community as a whole and “Sie” to the person who asked. Both in one text reads as if
    two people had written it.

    Choose one form for the whole text. A variant for another network may have another one.

    Source: netiquette of Behörde für Inneres und Sport, Hamburg (the community is addressed with “du”, a single person
        with “Sie”)

    Options:
        replies: `formal` if replies must say “Sie”, `free` if they may say “du” as well

    Good:
        id: example
        channels: [mastodon]
        text: Bringen Sie bitte Ihren Ausweis mit. Die Wahlhelfer sind ab 8 Uhr da. Sie erklären alles.
    Bad:
        id: example
        channels: [mastodon]
        text: Bringt euren Ausweis mit. Wenn Sie Fragen haben, rufen Sie uns an.
    Bad:
        id: example
        type: reply
        channels: [mastodon]
        text: Hallo, du kannst die Tonne am Donnerstag rausstellen. Viele Grüße, Ihr Landkreis
    """
    if subject.draft.language != "de":
        return
    for passage in subject.texts():
        if not vocabulary(passage.text) & _FAMILIAR_WORDS:
            continue
        text = unquoted(bare(passage.text))
        familiar = list(_FAMILIAR.finditer(text))
        formal = list(_FORMAL.finditer(text)) if familiar and vocabulary(passage.text) & _FORMAL_WORDS else []
        if familiar and subject.is_reply and replies == "formal":
            yield Problem(
                passage.field,
                msg("A reply to one person says “Sie”. Write it without “du” and “ihr”."),
                Span(*familiar[0].span()),
            )
        elif familiar and formal:
            odd = min(familiar, formal, key=len)[0]
            yield Problem(
                passage.field,
                msg("The text says both “du” (or “ihr”) and “Sie” to its readers. Choose one of them."),
                Span(*odd.span()),
            )
