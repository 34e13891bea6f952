"""Rule: no network crops a picture without anybody having looked at what is lost."""

from collections.abc import Iterator

from kanal.errors import KanalError
from kanal.message import Message, msg
from kanal.model import Problem
from kanal.rules import Subject, rule

_UNSEEN = 0.01
"""The share of a picture that goes unnoticed: a row of pixels, lost in rounding."""


@rule("warning", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """All pictures of a post have the proportions of the first, where the network would crop them to those.

    Instagram does so with several pictures in a post. Whoever stands at the edge is cut off, and so is the writing
    there.

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
        if not post.limits.crops_to_first or len(pictures) == 1:
            continue
        try:
            ratios = [subject.gallery.measure(picture.file).ratio for picture in pictures]
        except KanalError:
            continue  # references/media-file says what is wrong with it
        for index, ratio in enumerate(ratios):
            lost = 1 - min(ratio / ratios[0], ratios[0] / ratio)
            if lost > _UNSEEN:
                yield Problem(post.field(f"media[{index}].file"), _said(post.channel.name, ratio, ratios[0], lost))


def _said(channel: str, ratio: float, first: float, lost: float) -> Message:
    return msg(
        "{channel} crops this picture (width to height {ratio}) to the proportions of the first ({first}): {percent} %"
        " of it are lost. Crop it yourself, so that nothing is missing.",
        channel=channel,
        ratio=f"{ratio:.2f}",
        first=f"{first:.2f}",
        percent=f"{100 * lost:.0f}",
    )
