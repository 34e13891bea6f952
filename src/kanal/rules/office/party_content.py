"""Rule: on an official account, the head of the office speaks for no party."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.rules.political import parties_in
from kanal.text.pattern import Pattern

# Red Cross and fire brigade have local branches, and the office itself has stands.
_OF_A_PARTY = Pattern(
    r"(?<![^\W\d_])(?:(?:[Mm]ein|[Uu]nser)(?:e[mnrs]?)?"
    r" (?:Partei|Fraktion|Ortsverein(?:e?s)?|(?:Orts|Kreis)verband(?:e?s)?)"
    r"|Parteitag(?:e?s)?|Parteifreund\w{0,8}|Wahlkampf\w{0,12}|Wahlprogramm\w{0,2}|Kreisparteitag"
    r"|(?:Infostand|Infostände)(?!\s(?:der|des|von|vom|zu|zum|zur|über|unserer|unseres)\s)|Spitzenkandida\w{1,8}"
    r")(?![^\W\d_])"
)


@rule("error", when="office-holder")
def check(subject: Subject) -> Iterator[Problem]:
    """A post of the head of the office (`author: office-holder`) has no party in it, at any time.

    Whoever speaks on an official account speaks for the office, even in the first person. Party work, party friends and
    the campaign belong on an account of one's own, without staff and without the office's name. A line such as “hier
    privat” does not help.

    Source: § 60 BBG and § 33 BeamtStG (restraint in political activity); BVerfG, 2 March 1977, 2 BvE 1/76.

    Good:
        id: example
        author: office-holder
        channels: [mastodon]
        text: Ich danke allen, die beim Hochwasser geholfen haben. Ihre Erika Mustermann, Landrätin
    Bad:
        id: example
        author: office-holder
        channels: [mastodon]
        text: Ich danke allen von der CDU, die heute am Infostand geholfen haben. Ihre Erika Mustermann, Landrätin
    """
    if not subject.by_office_holder:
        return
    found = [*parties_in(subject)]
    for passage in subject.texts():
        found += ((passage, Span(*match.span())) for match in _OF_A_PARTY.finditer(passage.text))
    for passage, span in found:
        yield Problem(
            passage.field,
            msg("On an official account nobody speaks for a party. Take it out, or post it on a private account."),
            span=span,
        )
