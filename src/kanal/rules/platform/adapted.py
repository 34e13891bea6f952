"""Rule: what kanal makes of a picture for a network is said in advance."""

from collections.abc import Iterator

from kanal.adapting import adapted
from kanal.compose import Post
from kanal.errors import KanalError
from kanal.media import PictureFacts
from kanal.media.making import Order
from kanal.message import Message, msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("info", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """A picture that a network does not take as it is, and what kanal sends there in its place.

    Only with `adapt: true` in the policy; without it, such a picture is a finding of `platform/media-format`. The file
    in the folder stays as it is, and nothing is enlarged or cropped.

    Source: Graph API, “IG User media”; Mastodon, “Instance” (media_attachments); X API, “Media best practices”.

    Good with adapt: true:
        id: example
        channels: [instagram]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad with adapt: true:
        id: example
        channels: [instagram]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: wrong.png, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    if not subject.adapt:
        return
    for post in subject.posts:
        for index, picture in enumerate(post.part.media):
            try:
                facts = subject.gallery.measure(picture.file)
            except KanalError:
                continue  # references/media-file says what is wrong with it
            order = adapted(facts, post.limits)
            if order:
                yield Problem(post.field(f"media[{index}].file"), _said(post, facts, order))


def _said(post: Post, facts: PictureFacts, order: Order) -> Message:
    said = msg(
        "{channel} gets this picture as {type}, {width} × {height} pixels (it has {own_width} × {own_height})",
        channel=post.channel.name,
        type=order.media_type.removeprefix("image/").upper(),
        width=order.width,
        height=order.height,
        own_width=facts.width,
        own_height=facts.height,
    )
    if facts.transparent and order.media_type == "image/jpeg":
        said = msg("{picture}, on white", picture=said)
    return msg(
        "{picture}. Should that be more than {limit} bytes, it is made smaller.", picture=said, limit=order.bytes_max
    )
