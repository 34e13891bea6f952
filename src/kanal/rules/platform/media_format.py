"""Rule: each picture has a format, size and shape that its network takes."""

from collections.abc import Iterator

from kanal.adapting import Misfit, adapted, misfits
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
    channels only, so it is looked at before. With `adapt: true` in the policy, kanal converts and scales pictures by
    itself, and says so (`platform/adapted`). It enlarges none, crops none, and makes no moving picture a still one.

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
    Good with adapt: true:
        id: example
        channels: [instagram]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: wrong.png, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad with adapt: true:
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
            if facts.animated and facts.media_type == "image/gif" and post.limits.gif:
                for message in _gif_misfits(post, picture, subject.gallery):
                    yield Problem(post.field(f"media[{index}].file"), message)
                continue
            found = misfits(facts, post.limits)
            mended = adapted(facts, post.limits) if found else None
            if mended and subject.adapt:
                continue
            for misfit in found:
                said = _said(misfit, post, facts)
                yield Problem(post.field(f"media[{index}].file"), _with_offer(said) if mended else said)


def _gif_misfits(post: Post, picture: Picture, gallery: Gallery) -> Iterator[Message]:
    from kanal.video_fits import gif_misfits

    moving = gallery.animation(picture.file)
    if moving:
        yield from gif_misfits(moving, gallery.measure(picture.file).bytes, post.limits, post.channel.name)


def _with_offer(said: Message) -> Message:
    return msg("{finding} kanal can do that: “adapt: true” in config/policy.yaml.", finding=said)


def _said(misfit: Misfit, post: Post, facts: PictureFacts) -> Message:
    limits, name = post.limits, post.channel.name
    match misfit:
        case Misfit.KIND:
            return _wrong_kind(post, facts)
        case Misfit.BYTES:
            return msg(
                "The picture has {bytes} bytes; {channel} takes {limit} at most. Make it smaller.",
                channel=name,
                bytes=facts.bytes,
                limit=limits.media_bytes,
            )
        case Misfit.PIXELS:
            return msg(
                "The picture has {pixels} pixels; {channel} takes {limit} at most. Make it smaller.",
                channel=name,
                pixels=facts.width * facts.height,
                limit=limits.pixels,
            )
        case Misfit.WIDTH:
            return msg(
                "The picture is {width} pixels wide; {channel} wants {limit} at least. Take a larger one.",
                channel=name,
                width=facts.width,
                limit=limits.width_min,
            )
        case Misfit.RATIO:
            low, high = limits.ratio or (0.0, 0.0)
            return msg(
                "The picture's proportions (width to height {ratio}) do not suit {channel}, which takes {low} to"
                " {high}. Crop it.",
                channel=name,
                ratio=f"{facts.ratio:.2f}",
                low=f"{low:.2f}",
                high=f"{high:.2f}",
            )


def _wrong_kind(post: Post, facts: PictureFacts) -> Message:
    kind = facts.media_type.removeprefix("image/")
    kinds = ", ".join(sorted(kind.removeprefix("image/") for kind in post.limits.media_types))
    if facts.animated:
        return msg(
            "The picture moves, and {channel} does not take {type}, only: {kinds}. Save one frame of it.",
            channel=post.channel.name,
            type=kind,
            kinds=kinds,
        )
    return msg(
        "{channel} does not take {type} pictures, only: {kinds}. Save it so.",
        channel=post.channel.name,
        type=kind,
        kinds=kinds,
    )
