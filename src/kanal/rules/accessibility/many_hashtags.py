"""Rule: not more hashtags than listeners bear."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.hashtags import find_hashtags
from kanal.rules import Subject, rule


@rule("info", when="hashtag")
def check(subject: Subject, *, most: int = 5) -> Iterator[Problem]:
    """A post has few hashtags.

    A screen reader says “number sign” before each, and a row of them tells nobody anything. Where a network itself
    advises against more (`platform/many-hashtags`), this rule says nothing.

    Keep those that people search for.

    Source: kanal's own advice (no source beyond good practice)

    Options:
        most: how many hashtags a text may have

    Good:
        id: example
        channels: [mastodon]
        text: "Der Kreistag tagt am Mittwoch. #Kreistag #Musterland"
    Bad:
        id: example
        channels: [mastodon]
        text: "Der Kreistag tagt. #Kreistag #Musterland #Haushalt #Sitzung #Politik #Landkreis"
    """
    told = {post.field("text") for post in subject.posts if post.limits.hashtags_advised is not None}
    for passage in subject.texts():
        tags = find_hashtags(passage.text)
        if len(tags) > most and passage.field not in told:
            yield Problem(
                passage.field,
                msg(
                    "More than {most} hashtags tire those who listen; here are {count}. Keep the most important ones.",
                    most=most,
                    count=len(tags),
                ),
                Span(tags[most].start, tags[most].end),
            )
