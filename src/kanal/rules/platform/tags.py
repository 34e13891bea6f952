"""Rule: not more hashtags and mentions than the network takes."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.text import hashtags, may_have_more_hashtags, mentions


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """Instagram refuses captions with more than 30 hashtags or 20 mentions.

    Graph API reference, IG User Media, `caption`.

    Source: Graph API, “IG User media” (caption).

    Good:
        id: example
        channels: [mastodon]
        text: "Heute im Kreistag: der Haushalt. #Kreistag #Musterland"
    Bad:
        id: example
        channels: [instagram]
        text: "#a1 #a2 #a3 #a4 #a5 #a6 #a7 #a8 #a9 #a10 #a11 #a12 #a13 #a14 #a15 #a16 #a17 #a18 #a19 #a20 #a21 #a22
          #a23 #a24 #a25 #a26 #a27 #a28 #a29 #a30 #a31"
    """
    for post in subject.posts:
        name, text, limits = post.channel.name, post.part.text, post.limits
        most = limits.hashtags
        if most is not None and may_have_more_hashtags(text, most) and (tags := len(hashtags(text))) > most:
            yield Problem(
                post.field("text"),
                msg(
                    "{channel} takes {limit} hashtags at most; here are {count}.",
                    channel=name,
                    limit=most,
                    count=tags,
                ),
            )
        if limits.mentions is not None and (names := len(mentions(text))) > limits.mentions:
            yield Problem(
                post.field("text"),
                msg(
                    "{channel} takes {limit} mentions at most; here are {count}.",
                    channel=name,
                    limit=limits.mentions,
                    count=names,
                ),
            )
