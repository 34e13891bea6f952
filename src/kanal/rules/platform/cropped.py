"""Rule: no network crops a picture without anybody having looked at what is lost."""

from collections.abc import Iterator

from kanal.errors import KanalError
from kanal.media.gallery import Gallery
from kanal.message import Message, msg
from kanal.model import Picture, Problem
from kanal.rules import Subject, rule

_UNSEEN = 0.01
"""The share of a picture that goes unnoticed: a row of pixels, lost in rounding."""


@rule("warning", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """All pictures of a post have the proportions of the first, where the network would crop them to those.

    Instagram does so with several pictures and videos in a post. Whoever stands at the edge is cut off, and so is the
    writing there.

    Source: Graph API, “IG User media” (carousel posts).

    Good:
        id: example
        channels: [instagram]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
          - {file: gps.jpg, alt: Eine Linde im Herbst, credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad:
        id: example
        channels: [instagram]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
          - {file: banner.jpg, alt: Die ganze Allee im Herbst, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    for post in subject.posts:
        pictures = post.part.media
        if not post.limits.crops_to_first or not pictures:
            continue
        first, *others = (_ratio(picture, subject.gallery) for picture in pictures)
        for index, ratio in enumerate(others, 1):
            if first is None or ratio is None:
                continue
            lost = 1 - min(ratio / first, first / ratio)
            if lost > _UNSEEN:
                yield Problem(post.field(f"media[{index}].file"), _said(post.channel.name, ratio, first, lost))


def _ratio(media: Picture, gallery: Gallery) -> float | None:
    """Width to height, where that can be known."""
    try:
        facts = gallery.video(media.file) if media.is_video else gallery.measure(media.file)
    except KanalError:
        return None  # references/media-file says what is wrong with it
    return facts.ratio if facts else None


def _said(channel: str, ratio: float, first: float, lost: float) -> Message:
    return msg(
        "{channel} crops this picture (width to height {ratio}) to the proportions of the first ({first}): {percent} %"
        " of it are lost. Crop it yourself, so that nothing is missing.",
        channel=channel,
        ratio=f"{ratio:.2f}",
        first=f"{first:.2f}",
        percent=f"{100 * lost:.0f}",
    )
