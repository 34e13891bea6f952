"""Rule: no record of success in the time before an election."""

from collections import deque
from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.rules.political import office_holders_in
from kanal.text.pattern import Pattern

_RECORD = Pattern(
    r"(?<![^\W\d_])(?:[Ee]rfolgsbilanz|[Ll]eistungsbilanz|Erfolgsgeschichte|Legislaturbilanz|Wahlversprechen"
    r"|(?:[Mm]einer|[Ss]einer|[Ii]hrer|[Uu]nserer|[Ll]etzten|[Vv]ergangenen) Amtszeit"
    r"|(?:[Pp]ositive|[Ss]tolze|[Gg]ute|[Bb]eeindruckende|[Ee]rfolgreiche)[nrs]? Bilanz"
    r"|(?:haben|hat) (?:\w{1,20} ){0,3}(?:viel|vieles|alles|Großes) erreicht"
    r"|(?:[Hh]aben wir|[Ww]ir haben) (?:[\w-]{1,30} ){0,6}(?:erreicht|durchgesetzt|vorangebracht)"
    r"|so (?:viel|erfolgreich|gut|hoch) wie (?:nie|noch nie)|[Rr]ekordinvestition(?:en)?)(?![^\W\d_])"
)
_PRAISE = Pattern(
    r"(?<![^\W\d_])(?:(?<!Vielen )(?<!Herzlichen )(?<!Großen )(?<!Unser )[Dd]ank(?= [A-ZÄÖÜ]|"
    r" (?:der|des|dem|unserer|unserem|ihrem|seinem|ihrer|seiner)\s)"
    r"|[Ee]rfolg(?:e|en|s)?|[Ee]rfolgreich\w{0,3}|[Bb]ilanz|erreicht|durchgesetzt|eingesetzt|vorangebracht|verdanken"
    r"|Verdienste?|hervorragend\w{0,2}|vorbildlich\w{0,2}|tatkräftig\w{0,2}|unermüdlich\w{0,2}|engagiert\w{0,2}"
    r"|(?:der|die|das) (?:beste|erfolgreichste|größte|beliebteste|stärkste)|am (?:besten|meisten|erfolgreichsten))"
    r"(?![^\W\d_])"
)
_NEAR = 100


@rule("warning", when="phase")
def check(subject: Subject) -> Iterator[Problem]:
    """In the time before an election, an office neither praises people in office nor sums up what was achieved.

    Records of success, “dank der Landrätin”, superlatives: before an election they are advertising, even if every word
    is true. Inform about what changes for people, and leave out who is to be thanked for it.

    Words such as “Erfolg”, “dank” or “erreicht” are only noticed near somebody from the register of office-holders;
    “Erfolgsbilanz”, “Amtszeit” and “wir haben … erreicht” always.

    Source: BVerfG, 2 March 1977, 2 BvE 1/76 (BVerfGE 44, 125): no reports of success shortly before elections; practice
    of official gazettes in the time before elections.

    Good:
        id: example
        channels: [mastodon]
        publish_at: 2027-03-02 10:00
        text: Ab heute, Dienstag, 2. März 2027, fährt der Bus 412 jede halbe Stunde.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2027-03-02 10:00
        text: Dank der Landrätin Erika Mustermann fährt der Bus 412 ab heute jede halbe Stunde.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2027-03-02 10:00
        text: Wir haben in fünf Jahren viel erreicht.
    """
    election = subject.registers.election_on(subject.day)
    if election is None or subject.is_election_info:
        return
    for passage in subject.texts():
        for span in _praise(subject, passage.text):
            yield Problem(
                passage.field,
                msg(
                    "Before an election ({election}) this reads like advertising for people in office. Say what changes"
                    " for people, without praise.",
                    election=election.name,
                ),
                span=span,
            )


def _praise(subject: Subject, text: str) -> Iterator[Span]:
    around = deque((hit.start - _NEAR, hit.end + _NEAR) for hit in office_holders_in(subject, text))
    end = 0
    for found in sorted([*_RECORD.finditer(text), *_PRAISE.finditer(text)], key=lambda found: found.start()):
        while around and around[0][1] < found.start():
            around.popleft()
        near = bool(around) and around[0][0] <= found.start()
        if found.start() >= end and (near or found.re is _RECORD.compiled):
            end = found.end()
            yield Span(*found.span())
