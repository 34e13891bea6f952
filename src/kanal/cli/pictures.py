"""What is made of a draft's pictures for a network: in words, and for programs."""

from kanal.adapting import order_for
from kanal.compose import Post
from kanal.media import UnreadableMedia, measure
from kanal.media.making import Order
from kanal.message import Message, msg
from kanal.model import Picture


def made_of(picture: Picture, post: Post, *, adapt: bool) -> Order | None:
    """What is made of a picture for the network; None where it is sent as it is, or cannot be measured."""
    if picture.is_video:
        return None
    try:
        return order_for(measure(picture.file), post.limits, adapt=adapt)
    except UnreadableMedia:
        return None


def as_sent(order: Order) -> Message:
    return msg(
        "    sent as {type}, {width} × {height} pixels, {limit} bytes at most",
        type=order.media_type.removeprefix("image/").upper(),
        width=order.width,
        height=order.height,
        limit=order.bytes_max,
    )


def picture_json(picture: Picture, post: Post, *, adapt: bool) -> dict[str, object]:
    order = made_of(picture, post, adapt=adapt)
    return {"file": str(picture.file), "alt": picture.alt, "sent_as": order._asdict() if order else None}
