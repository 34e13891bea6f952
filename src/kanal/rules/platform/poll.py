"""Rule: a poll is one that the networks take."""

from collections.abc import Iterator

from kanal.fits import poll_problems
from kanal.message import Message, msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="poll")
def check(subject: Subject) -> Iterator[Problem]:
    """A poll has as many answers, as short ones and as long a time as its networks take, and no pictures beside it.

    Mastodon takes 4 answers of 50 characters, for 5 minutes to a month; X takes 4 of 25 characters, for 5 minutes to a
    week. Neither shows pictures with a poll: put them into the thread. Remember that a poll on a social network is no
    survey of the inhabitants, and say so where somebody could think that it decides something.

    Source: Mastodon, “Instance” (polls); X API, “Create Post” (poll).

    Good:
        id: example
        channels: [mastodon, x]
        text: Wann soll das Bürgerbüro länger öffnen?
        poll: {options: [Dienstag, Donnerstag], ends_after: 3 days}
    Bad:
        id: example
        channels: [x]
        text: Wann soll das Bürgerbüro länger öffnen?
        poll: {options: [Dienstag, "Donnerstag, aber erst am Abend"], ends_after: 3 days}
    Bad:
        id: example
        channels: [x]
        text: Wann soll das Bürgerbüro länger öffnen?
        poll: {options: [Dienstag, Donnerstag], ends_after: 2 weeks}
    """
    told: dict[tuple[str, str], tuple[Message, list[str]]] = {}
    for post in subject.posts:
        poll, limits = post.part.poll, post.limits.poll
        for key, message in poll_problems(post.part, poll, limits) if poll and limits else ():
            told.setdefault((key, str(message)), (message, []))[1].append(post.channel.name)
    for (key, _), (message, channels) in told.items():
        said = msg("{channels}: {message}", channels=", ".join(channels), message=message)
        yield Problem(f"poll.{key}".rstrip("."), said)
