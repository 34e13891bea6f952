"""Rule: calls to go and vote are the election office's business."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_CALL = Pattern(
    r"(?<![^\W\d_])(?:(?:[Gg]ehen Sie|Geht|Geh) (?:(?:bitte|am (?:[0-9]{1,2}\. )?\w{1,20}|alle|unbedingt|zur) ){0,3}"
    r"(?:wählen|Wahl)"
    r"|(?:[Nn]utzen Sie|Nutzt|Nutze) (?:[Ii]hr|[Ee]uer|[Dd]ein) (?:Wahl|Stimm)recht"
    r"|(?:[Nn]utzen Sie|Nutzt|Nutze) (?:[Ii]hre|[Ee]ure|[Dd]eine) Stimme"
    r"|[Mm]ach(?:en Sie|t|e) (?:[\w.]{1,12} ){0,4}von (?:[Ii]hrem|[Ee]urem|[Dd]einem) (?:Wahl|Stimm)recht Gebrauch"
    r"|(?:[Jj]ede|[Ii]hre|[Dd]eine|[Ee]ure) Stimme zählt"
    r"|(?:[Ww]ählen|[Zz]ur Wahl) gehen(?=[!.])|(?i:geht?(?:alle)?wählen)"
    r"|[Ll]asst uns wählen|für eine (?:hohe|höhere) Wahlbeteiligung)(?![^\W\d_])"
)
_STEMS = ("wähl", "Wähl", "wahl", "Wahl", "WÄHL", "recht", "Stimme")


@rule("warning", when="vote")
def check(subject: Subject) -> Iterator[Problem]:
    """A call to go and vote names where the election office agreed to it.

    A campaign for a high turnout sounds neutral, but it can help some parties more than others; a court found fault
    with one of an election office itself. Ask the election office, and write under `election_office` where its answer
    is kept; or keep to date, place and how to vote (`type: election-info`).

    Source: VG Hannover, 9 February 2016, 1 A 12763/14.

    Good:
        id: example
        channels: [mastodon]
        text: Jede Stimme zählt. Am 25. April 2027 wird der Kreistag gewählt.
        election_office: Wahlamt, Vermerk vom 3. Februar 2027
    Bad:
        id: example
        channels: [mastodon]
        text: Jede Stimme zählt. Am 25. April 2027 wird der Kreistag gewählt.
    """
    if subject.draft.election_office or subject.is_election_info:
        return
    for passage in subject.texts():
        found = _CALL.search(passage.text) if any(stem in passage.text for stem in _STEMS) else None
        if found:
            yield Problem(
                passage.field,
                msg(
                    "This calls on people to go and vote. Ask the election office, and write under election_office"
                    " where its answer is kept; or say only when and how to vote."
                ),
                span=Span(*found.span()),
            )
