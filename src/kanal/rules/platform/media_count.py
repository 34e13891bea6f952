"""Rule: a post carries as many pictures as its network wants."""

from collections.abc import Iterator

from kanal.message import msg, msgn
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """Not more pictures than the network takes, and at least one where it takes no post without.

    Instagram knows no post without a picture (Graph API, “Content Publishing”).

    Source: Graph API, “Content Publishing”; Mastodon, “Post a new status”; X API, “Create Post”.

    Good:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro öffnet am Montag um 8 Uhr.
    Bad:
        id: example
        channels: [instagram]
        text: Das Bürgerbüro öffnet am Montag um 8 Uhr.
    """
    for post in subject.posts:
        count = len(post.part.media)
        name = post.channel.name
        if count > post.limits.media_max:
            yield Problem(
                post.field("media"),
                msg(
                    "{channel} takes {limit} pictures at most; here are {count}.",
                    channel=name,
                    limit=post.limits.media_max,
                    count=count,
                ),
            )
        if count < post.limits.media_min:
            yield Problem(
                post.field("media") if post.draft.media or post.part.number > 1 else "channels",
                msgn(
                    "{channel} takes no post without a picture. Add one, or take {channel} out of the channels.",
                    "{channel} takes no post with fewer than {count} pictures.",
                    post.limits.media_min,
                    channel=name,
                ),
            )
