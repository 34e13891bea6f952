"""Rule: parties are named with care at any time."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.political import parties_in


@rule("warning")
def check(subject: Subject) -> Iterator[Problem]:
    """An office names parties and parliamentary groups only where the matter demands it.

    Neutrality holds at any time, not only before elections. Where groups are named, name all of them alike: all that
    voted for something, all that sit on a committee. Otherwise leave the names out.

    In the time before an election, election/party says more.

    Source: BVerfG, 2 March 1977, 2 BvE 1/76 (BVerfGE 44, 125).

    Good:
        id: example
        channels: [mastodon]
        text: Der Kreistag hat den Haushalt mit großer Mehrheit beschlossen.
    Bad:
        id: example
        channels: [mastodon]
        text: Der Kreistag hat den Haushalt auf Antrag der CDU-Fraktion beschlossen.
    """
    if subject.is_election_info or subject.by_office_holder or subject.registers.election_on(subject.day):
        return
    for passage, span in parties_in(subject):
        yield Problem(
            passage.field,
            msg("A party or group is named. Leave it out, or make sure that all groups are treated alike."),
            span=span,
        )
