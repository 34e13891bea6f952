"""Rule: an alternative text fits the network."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """An alternative text is not longer than the network takes; cut off, it would help nobody.

    Source: the networks' documentation: Mastodon, “Media attachments”; X API, “Media metadata”; Graph API, “Photo”.

    Good:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad:
        id: example
        channels: [x]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: LONG, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    for post in subject.posts:
        for index, picture in enumerate(post.part.media):
            if len(picture.alt) > post.limits.alt > 0:
                yield Problem(
                    post.field(f"media[{index}].alt"),
                    msg(
                        "The alternative text has {length} characters; {channel} takes {limit} at most.",
                        length=len(picture.alt),
                        channel=post.channel.name,
                        limit=post.limits.alt,
                    ),
                )
