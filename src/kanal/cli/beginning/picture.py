"""A picture for the first draft of an office that begins on a network for pictures: two speech bubbles, drawn here."""

import io

_SIDE = 540
_BLUE, _WHITE, _YELLOW = (0, 75, 135), (255, 255, 255), (255, 204, 51)


def speech_bubbles() -> bytes:
    """A square JPEG without metadata."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (_SIDE, _SIDE), _BLUE)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((60, 90, 400, 280), 40, _WHITE)
    draw.polygon([(120, 270), (120, 350), (200, 270)], _WHITE)
    draw.rounded_rectangle((200, 310, 480, 430), 35, _YELLOW)
    draw.polygon([(420, 420), (420, 490), (350, 420)], _YELLOW)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90)
    return written.getvalue()
