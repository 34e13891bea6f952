"""Rule: a draft asks of a network only what kanal can send there."""

from collections import defaultdict
from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="video")
def check(subject: Subject) -> Iterator[Problem]:
    """A draft holds nothing that a network could not be given.

    What cannot be sent is not silently left out: a post about a film without the film helps nobody. At the moment kanal
    sends pictures, and no videos. Put the video on the office's website and link to it, or post it by hand.

    Source: the interfaces of the networks, as far as kanal uses them.

    Good:
        id: example
        channels: [mastodon]
        text: So arbeitet der Winterdienst.
        media:
          - {file: good.jpg, alt: Ein Räumfahrzeug im Schnee, credit: Landkreis Musterland, licence: eigenes Foto}
    Bad:
        id: example
        channels: [mastodon]
        text: So arbeitet der Winterdienst.
        media:
          - {file: film.mp4, alt: Ein Räumfahrzeug im Schnee, credit: Landkreis Musterland, licence: eigenes Video}
    """
    without_video: dict[str, list[str]] = defaultdict(list)
    for post in subject.posts:
        if not any(kind.startswith("video/") for kind in post.limits.media_types):
            for index, picture in enumerate(post.part.media):
                if picture.is_video:
                    without_video[post.field(f"media[{index}].file")].append(post.channel.name)
    for field, channels in without_video.items():
        yield Problem(
            field,
            msg(
                "kanal cannot send a video to {channels}. Link to it on your website, or post it by hand.",
                channels=", ".join(channels),
            ),
        )
