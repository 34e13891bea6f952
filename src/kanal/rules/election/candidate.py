"""Rule: no candidate is shown in the time before an election."""

from collections.abc import Iterator

from kanal.message import Message, msg
from kanal.model import Problem, Span
from kanal.rules import Passage, Sort, Subject, rule
from kanal.rules.political import candidates_in, words_of


@rule("error", when="phase")
def check(subject: Subject) -> Iterator[Problem]:
    """In the time before an election, no candidate is named or shown, not even one who holds an office.

    A mayor who stands again is a candidate like all others. A picture at the opening of a nursery is worth more than a
    poster, and the public pays for it. Write “der Landkreis” or “das Bürgermeisteramt” instead of the name, and take a
    picture of the nursery.

    Candidates stand in config/policy.yaml, under `elections` or with `candidate: true` under `office_holders`. They are
    found by their full name, behind a form of address, and in tags, also in alternative texts. Neutral information
    about how to vote (`type: election-info`) is left alone.

    Source: BVerfG, 2 March 1977, 2 BvE 1/76 (BVerfGE 44, 125).

    Good:
        id: example
        channels: [mastodon]
        publish_at: 2027-03-02 10:00
        text: Der Landkreis hat in Probendorf eine Kita eröffnet.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2027-03-02 10:00
        text: Max Beispiel hat in Probendorf eine Kita eröffnet.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2027-03-02 10:00
        text: Der Landkreis hat in Probendorf eine Kita eröffnet.
        media:
          - {file: good.jpg, alt: Max Beispiel schneidet ein Band durch, credit: Landkreis, licence: eigenes Foto}
    """
    elections = subject.registers.elections_on(subject.day)
    if not elections or subject.is_election_info:
        return
    names = ", ".join(election.name for election in elections)
    for passage in words_of(subject):
        for hit in candidates_in(subject, passage.text, elections):
            yield Problem(passage.field, _complaint(passage, names), span=Span(hit.start, hit.end))


def _complaint(passage: Passage, election: str) -> Message:
    if passage.sort in (Sort.ALT, Sort.SHOWN):
        return msg(
            "The picture shows somebody who stands for election ({election}). Take another picture until then.",
            election=election,
        )
    return msg(
        "Somebody is named here who stands for election ({election}). Say it without the name, or post it afterwards.",
        election=election,
    )
