"""A draft's pictures and videos as a network gets them: in words, and for programs."""

from collections.abc import Iterator

from kanal.adapting import order_for
from kanal.compose import Post
from kanal.media import UnreadableMedia, measure
from kanal.media.making import Order
from kanal.message import Message, msg
from kanal.model import Picture


def _made_of(picture: Picture, post: Post, *, adapt: bool) -> Order | None:
    """What is made of a picture for the network; None where it is sent as it is, or cannot be measured."""
    if picture.is_video:
        return None
    try:
        return order_for(measure(picture.file), post.limits, adapt=adapt)
    except UnreadableMedia:
        return None


def shown(media: Picture, post: Post, *, adapt: bool) -> Iterator[Message]:
    """A picture or video with what goes along with it: not every network takes all of it."""
    if not media.is_video:
        if post.limits.alt:
            yield msg("  Picture: {file} – {alt}", file=media.file.name, alt=media.alt)
        else:
            yield msg("  Picture: {file} (this network shows no alternative text with it)", file=media.file.name)
        if order := _made_of(media, post, adapt=adapt):
            yield _as_sent(order)
        return
    takes = post.limits.video
    if takes and not takes.alt:
        yield msg("  Video: {file} (this network shows no alternative text with it)", file=media.file.name)
    else:
        yield msg("  Video: {file} – {alt}", file=media.file.name, alt=media.alt)
    if media.captions and takes and takes.captions:
        yield msg("  Captions: {file}", file=media.captions.name)
    elif media.captions:
        yield msg("  Captions: {file} (this network does not show them)", file=media.captions.name)


def _as_sent(order: Order) -> Message:
    return msg(
        "    sent as {type}, {width} × {height} pixels, {limit} bytes at most",
        type=order.media_type.removeprefix("image/").upper(),
        width=order.width,
        height=order.height,
        limit=order.bytes_max,
    )


def picture_json(picture: Picture, post: Post, *, adapt: bool) -> dict[str, object]:
    """The same for programs (docs/json.md#plan)."""
    order = _made_of(picture, post, adapt=adapt)
    return {"file": str(picture.file), "alt": picture.alt, "sent_as": order._asdict() if order else None}
