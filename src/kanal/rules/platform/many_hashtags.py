"""Rule: not more hashtags than a network shows or wishes."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.text import hashtags, may_have_more_hashtags


@rule("warning", when="hashtag")
def check(subject: Subject) -> Iterator[Problem]:
    """Instagram's app has taken five hashtags at most since December 2025; whether the API refuses more is not known.

    Source: Instagram's notice of December 2025 on five hashtags; Graph API, “IG User media”: at most 30.

    Good:
        id: example
        channels: [instagram]
        text: "Heute im Kreistag: der Haushalt. #Kreistag #Musterland"
    Bad:
        id: example
        channels: [instagram]
        text: "Heute im Kreistag: der Haushalt. #Kreistag #Musterland #Haushalt #Sitzung #Politik #Landkreis"
    """
    for post in subject.posts:
        limits, text = post.limits, post.part.text
        if limits.hashtags_advised is None or not may_have_more_hashtags(text, limits.hashtags_advised):
            continue
        count = len(hashtags(text))
        if limits.hashtags_advised < count <= (limits.hashtags or count):
            yield Problem(
                post.field("text"),
                msg(
                    "{count} hashtags; {channel} shows {limit} at most in its own app.",
                    count=count,
                    channel=post.channel.name,
                    limit=limits.hashtags_advised,
                ),
            )
