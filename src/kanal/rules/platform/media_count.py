"""Rule: a post carries as many pictures and videos as its network wants."""

from collections.abc import Iterator

from kanal.compose import Post
from kanal.errors import KanalError
from kanal.media.gallery import Gallery
from kanal.message import msg, msgn
from kanal.model import Picture, Problem
from kanal.rules import Subject, rule


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """Not more pictures than the network takes, at least one where it takes no post without, a video only by itself.

    Mastodon and X show up to four pictures, or one video, or one moving GIF. Instagram knows no post without a picture
    (Graph API, “Content Publishing”).

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
        if count > 1:
            yield from _not_alone(post, subject.gallery)
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


def _not_alone(post: Post, gallery: Gallery) -> Iterator[Problem]:
    for index, media in enumerate(post.part.media):
        if _stands_alone(post, media, gallery):
            yield Problem(
                post.field(f"media[{index}].file"),
                msg(
                    "{channel} takes a video or a moving GIF only by itself, with nothing beside it in the post.",
                    channel=post.channel.name,
                ),
            )


def _stands_alone(post: Post, media: Picture, gallery: Gallery) -> bool:
    if media.is_video:
        return post.limits.video is not None and post.limits.video.alone
    if post.limits.gif is None:
        return False
    try:
        facts = gallery.measure(media.file)
    except KanalError:
        return False  # references/media-file says what is wrong with it
    return facts.animated and facts.media_type == "image/gif"
