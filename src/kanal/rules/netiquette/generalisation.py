"""Rule: nobody is judged by origin or religion."""

from collections.abc import Iterator
from pathlib import Path

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.lists import words_of
from kanal.prose.quotations import unquoted
from kanal.prose.words import WORD, folded, vocabulary
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_GROUPS = Path(__file__).with_name("groups_of_people.txt")
_FILL = (
    r"(?:\s+(?:alle|alles|auch|oft|meist|meistens|immer|nur|fast|doch|eben|halt|einfach|ja|so|sehr|zu"
    r"|von natur aus)){0,4}"
)
_TRAITS = (
    r"arbeitsscheu|aggressiv|brutal|dreckig|dumm|ehrlich|faul|fleißig|frauenfeindlich|freundlich|gefährlich|gewaltbereit"
    r"|gewalttätig|gierig|hinterhältig|höflich|integrationsunwillig|intelligent|kriminell|laut|pünktlich|rückständig"
    r"|sauber|schlau|schmutzig|stolz|temperamentvoll|undankbar|unehrlich|ungebildet|unpünktlich|unzuverlässig|verlogen"
    r"|zuverlässig|betrüger|diebe|extremisten|faulenzer|kriminelle|lügner|schmarotzer|terroristen|verbrecher"
)
# Duties and rights are no generalisations: “Ukrainer haben Anspruch auf …”, “Ausländer müssen sich anmelden.”
_SAID_OF_ALL = Pattern(
    r"(?i)(?:[*:_·/][a-zäöüß]{2,6}+)?(?:"
    rf"\s+(?:sind|waren|bleiben){_FILL}\s+(?:{_TRAITS})\b"
    r"|\s+(?:sind|haben|wollen|machen|denken|leben|wissen|können)\s+(?:das\s+|sich\s+|es\s+)?"
    r"(?:nun (?:ein)?mal|halt|eben|bekanntlich|von natur aus|sowieso|doch alle|alle gleich)\b"
    r"|\s+(?:lügen|klauen|stehlen|betrügen|schmarotzen|schummeln)\b"
    r"|\s+(?:wollen|können)\s+(?:doch |eben |halt |einfach |ja )?"
    r"(?:gar nicht|nicht arbeiten|sich nicht|kein deutsch|nur unser|nur geld)\b"
    r"|\s+(?:arbeiten|integrieren sich)\s+(?:doch |eben |halt |einfach |ja )?nicht\b"
    r"|\s+(?:gehören|passen)\s+(?:doch |eben |halt |einfach )?nicht\s+(?:zu|nach|in)\b"
    r"|\s+nehmen\s+(?:uns|den deutschen)\b"
    r")",
)
_SO_ARE_THEY = Pattern(
    r"(?i)\b(?:so sind(?:\s+(?:sie|die|diese))?(?:\s+(?:eben|halt|nun mal|einfach))?"
    r"|(?:das ist|das liegt)\s+bei(?:\s+den)?|typisch(?:\s+für)?(?:\s+die)?)\s+\Z",
)


@rule("warning")
def check(subject: Subject) -> Iterator[Problem]:
    """No statement about what people of one nationality, origin or religion are like.

    Such a sentence judges people whom the office does not know, even where it is meant as praise. Rights and duties are
    something else: that people from Ukraine may work here is information.

    Speak of what happened or of those whom it concerns, not of a group. A quotation stands in quotation marks.

    Source: Art. 3 (3) GG; the ground of discrimination in the netiquettes of German authorities

    Good:
        id: example
        channels: [mastodon]
        text: Ukrainer haben bis März 2027 Zeit für den Antrag. Flüchtlinge sind in der Turnhalle untergebracht.
    Bad:
        id: example
        channels: [mastodon]
        text: Südländer sind eben laut, da müssen Sie Geduld haben.
    """
    for passage in subject.texts():
        named = vocabulary(passage.text) & words_of(_GROUPS)
        if not named:
            continue
        text = unquoted(passage.text)
        for found in WORD.finditer(text):
            if folded(found[0]) not in named:
                continue
            following = _SAID_OF_ALL.compiled.match(text, found.end())
            if following or _SO_ARE_THEY.search(text[max(0, found.start() - 40) : found.start()]):
                yield Problem(
                    passage.field,
                    msg("This judges a whole group of people. Say whom or what you mean, or leave it out."),
                    Span(found.start(), following.end() if following else found.end()),
                )
