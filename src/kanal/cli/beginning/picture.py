"""A picture for the first draft of an office that begins on a network for pictures: two speech bubbles, drawn here."""

import io

_SIDE = 1080
_BLUE, _WHITE, _YELLOW = (0, 75, 135), (255, 255, 255), (255, 204, 51)


def speech_bubbles() -> bytes:
    """A square JPEG without metadata."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (_SIDE, _SIDE), _BLUE)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((120, 180, 800, 560), 80, _WHITE)
    draw.polygon([(240, 540), (240, 700), (400, 540)], _WHITE)
    draw.rounded_rectangle((400, 620, 960, 860), 70, _YELLOW)
    draw.polygon([(840, 840), (840, 980), (700, 840)], _YELLOW)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90)
    return written.getvalue()
