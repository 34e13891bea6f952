"""Rule: each picture has a format, size and shape that its network takes."""

from collections.abc import Iterator

from kanal.compose import Post
from kanal.errors import KanalError
from kanal.media import PictureFacts
from kanal.media.gallery import Gallery
from kanal.message import Message, msg
from kanal.model import Picture, Problem
from kanal.rules import Subject, rule


@rule("error", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """Format, bytes, pixels and proportions of each picture, as each network documents them.

    Instagram takes JPEG between 4:5 and 1.91:1 only. A network that refuses a picture halfway leaves a post on some
    channels only, so it is looked at before.

    Source: Graph API, “IG User media”; Mastodon, “Instance” (media_attachments); X API, “Media best practices”.

    Good:
        id: example
        channels: [instagram]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad:
        id: example
        channels: [instagram]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: wrong.png, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad:
        id: example
        channels: [instagram]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: banner.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    for post in subject.posts:
        for index, picture in enumerate(post.part.media):
            try:
                facts = subject.gallery.measure(picture.file)
            except KanalError:
                continue  # references/media-file says what is wrong with it
            moving = facts.animated and facts.media_type == "image/gif" and post.limits.gif
            for message in _gif_misfits(post, picture, subject.gallery) if moving else _misfits(post, facts):
                yield Problem(post.field(f"media[{index}].file"), message)


def _gif_misfits(post: Post, picture: Picture, gallery: Gallery) -> Iterator[Message]:
    from kanal.video_fits import gif_misfits

    moving = gallery.animation(picture.file)
    if moving:
        yield from gif_misfits(moving, gallery.measure(picture.file).bytes, post.limits, post.channel.name)


def _misfits(post: Post, facts: PictureFacts) -> Iterator[Message]:
    limits, name = post.limits, post.channel.name
    if facts.media_type not in limits.media_types:
        kinds = ", ".join(sorted(kind.removeprefix("image/") for kind in limits.media_types))
        yield msg(
            "{channel} does not take {type} pictures, only: {kinds}.",
            channel=name,
            type=facts.media_type.removeprefix("image/"),
            kinds=kinds,
        )
    if facts.bytes > limits.media_bytes:
        yield msg(
            "The picture has {bytes} bytes; {channel} takes {limit} at most.",
            channel=name,
            bytes=facts.bytes,
            limit=limits.media_bytes,
        )
    pixels = facts.width * facts.height
    if limits.pixels and pixels > limits.pixels:
        yield msg(
            "The picture has {pixels} pixels; {channel} takes {limit} at most.",
            channel=name,
            pixels=pixels,
            limit=limits.pixels,
        )
    if limits.width_min and facts.width < limits.width_min:
        yield msg(
            "The picture is {width} pixels wide; {channel} wants {limit} at least.",
            channel=name,
            width=facts.width,
            limit=limits.width_min,
        )
    if limits.ratio and not limits.ratio[0] <= round(facts.ratio, 2) <= limits.ratio[1]:
        yield msg(
            "The picture's proportions (width to height {ratio}) do not suit {channel}, which takes {low} to {high}."
            " Crop it.",
            channel=name,
            ratio=f"{facts.ratio:.2f}",
            low=f"{limits.ratio[0]:.2f}",
            high=f"{limits.ratio[1]:.2f}",
        )
