"""Rule: no sentence runs into the next, since X makes a link of that."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.text import Link, find_links


@rule("warning", when="link")
def check(subject: Subject) -> Iterator[Problem]:
    """On X there is a blank after each full stop.

    “vorbei.So” is an address to X, because .so belongs to Somalia, as .es, .am and .im belong to others. X makes a link
    of it that leads nowhere or to strangers, counts it as 23 characters, and may take the price of a post with a link.

    `kanal lint --fix` puts the blank in.

    Source: counting rules of twitter-text 3; price list of X's API.

    Good:
        id: example
        channels: [x]
        text: Der Sturm ist vorbei. So geht es weiter.
    Bad:
        id: example
        channels: [x]
        text: Der Sturm ist vorbei.So geht es weiter.
    """
    shown = {post.field("text") for post in subject.posts if post.channel.platform == "x"}
    for passage in subject.texts():
        if passage.field in shown:
            for link in find_links(passage.text):
                if is_accident(link):
                    first, _, second = link.url.rpartition(".")
                    yield Problem(
                        passage.field,
                        msg("A blank is missing after the full stop, and X makes a link of it. Put the blank in."),
                        span=Span(link.start, link.end),
                        instead=f"{first}. {second}",
                    )


def is_accident(link: Link) -> bool:
    """Whether two sentences made this link: the top-level domain begins with a capital letter, as nobody writes it."""
    first, _, second = link.url.rpartition(".")
    return not link.has_protocol and second[:1].isupper() and not (first.isupper() and second.isupper())
