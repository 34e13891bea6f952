"""Rule: no party is named in the time before an election."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.political import parties_in


@rule("error", when="phase")
def check(subject: Subject) -> Iterator[Problem]:
    """In the time before an election, no party and no parliamentary group is named, in words, hashtags or handles.

    An office must not take part in an election with public money. The nearer the election, the stricter the courts
    are; even a friendly word about one group can be a breach. Say it without the name, or post it after the election.

    The time before an election stands in config/policy.yaml under `elections` (`from`; three months without it). What
    counts is the day on which the post goes out. Neutral information about how to vote (`type: election-info`) is left
    alone. Posts of the head of the office in person are looked at by office/party-content.

    Source: BVerfG, 2 March 1977, 2 BvE 1/76 (BVerfGE 44, 125).

    Good:
        id: example
        channels: [mastodon]
        publish_at: 2027-03-02 10:00
        text: Der Kreistag hat über den Haushalt beraten.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2027-03-02 10:00
        text: Die SPD-Fraktion hat im Kreistag einen Antrag zum Haushalt gestellt.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2027-03-02 10:00
        text: "Der Kreistag hat über den Haushalt beraten. #GrüneMusterstadt @gruene_musterstadt"
    """
    elections = subject.registers.elections_on(subject.day)
    if not elections or subject.is_election_info or subject.by_office_holder:
        return
    for passage, span in parties_in(subject):
        yield Problem(
            passage.field,
            msg(
                "A party or group is named in the time before an election ({election}). Say it without the name, or"
                " post it after {day}.",
                election=", ".join(election.name for election in elections),
                day=f"{elections[-1].day}",
            ),
            span=span,
        )
