# /// script
# requires-python = ">=3.11"
# dependencies = ["pillow>=11"]
# ///
"""Draw the sample pictures in `posts/media/`.

Why it exists: the sample drafts need pictures whose author and licence are beyond doubt. All of them are drawn here
from polygons, no photo and no foreign drawing is used; the county, its emblem and every place are invented.

    python docs/sample-pictures.py [FOLDER]        # needs Pillow only; FOLDER defaults to posts/media

How: a shape is a list of points in a picture 1200 units wide. It is painted at three times that size and scaled down
at the end, which smooths the edges. The JPEG files are plain sRGB without EXIF, XMP or colour profile, and within
what Instagram takes (JPEG, ratio 4:5 to 1.91:1, 320 to 1440 pixels wide). The same Pillow makes the same bytes again.
"""

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

WIDTH = 1200
OVERSAMPLING = 3

INK, NIGHT, STEEL = "#22394a", "#2b4a61", "#5f7d8c"
TEAL, MINT, ICE, SKY = "#2f7f86", "#8fc4bd", "#e3f1f1", "#bfdfe6"
CREAM, SAND, CLAY = "#fdf6e9", "#eedcbc", "#d9bd92"
SUN, ORANGE, RED, ROSE = "#f4bf55", "#e67f3c", "#c9483e", "#eba694"
PINE, LEAF, LIME, MEADOW = "#3c6b50", "#649b66", "#94bf7c", "#b9d493"
BARK, WOOD, OAK = "#74503a", "#a8764c", "#c99a68"
WHITE, MIST, ASPHALT = "#ffffff", "#d5dfe3", "#6b7780"
SHADE, GLOW = "#1d303f30", "#ffffff4d"

Shape = list[tuple[float, float]]


class Sheet:
    """A picture in the making: 1200 units wide, `height` units high, with a vertical gradient as its ground."""

    def __init__(self, height: int, top: str, bottom: str) -> None:
        self.height = height
        ramp = Image.linear_gradient("L").resize((WIDTH * OVERSAMPLING, height * OVERSAMPLING))
        size = ramp.size
        self.image = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def paint(self, colour: str, *shapes: Sequence[tuple[float, float]]) -> None:
        """Fill each shape; colours with a fourth pair of digits let the ground shine through."""
        for shape in shapes:
            self._draw.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in shape], fill=ImageColor.getrgb(colour))

    def stroke(self, colour: str, width: float, *lines: Shape) -> None:
        """Draw each line with round ends and joints."""
        for line in lines:
            points = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in line]
            self._draw.line(points, fill=colour, width=round(width * OVERSAMPLING))
            self.paint(colour, *(oval(x, y, width / 2) for x, y in line))

    def save(self, file: Path) -> None:
        """Scale down and write a JPEG that carries nothing but the picture."""
        self.image.resize((WIDTH, self.height), Image.Resampling.LANCZOS).save(file, quality=88, optimize=True)


def oval(x: float, y: float, across: float, up: float | None = None) -> Shape:
    """An ellipse around (x, y) with its two radii, or a circle."""
    up = across if up is None else up
    angles = [math.tau * step / 96 for step in range(96)]
    return [(x + across * math.cos(angle), y + up * math.sin(angle)) for angle in angles]


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Shape:
    """A rectangle with round corners."""
    if not radius:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    centres = [(right - radius, bottom - radius), (left + radius, bottom - radius)]
    centres += [(left + radius, top + radius), (right - radius, top + radius)]
    return [
        (x + radius * math.cos(angle), y + radius * math.sin(angle))
        for corner, (x, y) in enumerate(centres)
        for angle in (math.pi / 2 * (corner + step / 12) for step in range(13))
    ]


def bow(*knots: tuple[float, float]) -> Shape:
    """A Bézier curve of any degree, from the first knot to the last."""
    curve: Shape = []
    for step in range(49):
        points = list(knots)
        while len(points) > 1:
            points = [(x + (u - x) * step / 48, y + (v - y) * step / 48) for (x, y), (u, v) in pairwise(points)]
        curve.append(points[0])
    return curve


def turned(shape: Shape, x: float, y: float, degrees: float) -> Shape:
    """The shape turned clockwise around (x, y)."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(x + (u - x) * cos - (v - y) * sin, y + (u - x) * sin + (v - y) * cos) for u, v in shape]


def land(sheet: Sheet, *knots: tuple[float, float]) -> Shape:
    """Everything below a curve, down to the lower edge."""
    return [*bow(*knots), (knots[-1][0], sheet.height), (knots[0][0], sheet.height)]


def scattered(
    count: int, right: float, bottom: float, left: float = 0, top: float = 0
) -> Iterable[tuple[float, float]]:
    """Points that look strewn by chance, yet are the same each time: multiples of two irrational numbers (R2)."""
    for step in range(1, count + 1):
        yield left + (right - left) * (step * 0.754878 % 1), top + (bottom - top) * (step * 0.569840 % 1)


# --- things that several pictures show ---------------------------------------------------------------------------


def emblem(sheet: Sheet, x: float, y: float, size: float) -> None:
    """The invented emblem of the invented county: a lime leaf over two waves."""

    def shield(s: float) -> Shape:
        side = bow((x + s, y + s * 0.1), (x + s, y + s * 0.95), (x, y + s * 1.3))
        return [(x - s, y - s), (x + s, y - s), *side, *((2 * x - u, v) for u, v in reversed(side))]

    sheet.paint(CREAM, shield(size * 1.1))
    sheet.paint(TEAL, shield(size))
    sheet.paint(SUN, leaf(x, y + size * 0.28, size * 1.05, 0))
    sheet.stroke(TEAL, size * 0.06, [(x, y + size * 0.2), (x, y - size * 0.5)])
    for row, share in ((0.52, 0.78), (0.8, 0.5)):
        wide = size * share
        line = [
            (x - wide + wide * 2 * k / 48, y + size * (row + 0.07 * math.sin(k / 48 * math.tau * 2))) for k in range(49)
        ]
        sheet.stroke(WHITE, size * 0.1, line)


def leaf(x: float, y: float, size: float, degrees: float, wide: float = 1) -> Shape:
    """A heart-shaped lime leaf whose stalk end is (x, y) and whose tip points up; narrower where `wide` is below 1."""
    right = bow(
        (x, y),
        (x + size * wide * 0.5, y + size * wide * 0.25),
        (x + size * wide * 0.75, y - size * 0.45),
        (x, y - size),
    )
    left = [(2 * x - u, v) for u, v in reversed(right)]
    return turned(right + left, x, y, degrees)


def tree(sheet: Sheet, x: float, base: float, size: float) -> None:
    """A broad-leaved tree of this height."""
    sheet.paint(SHADE, oval(x + size * 0.05, base, size * 0.3, size * 0.035))
    trunk = [(x - size * 0.045, base), (x - size * 0.03, base - size * 0.5)]
    sheet.paint(BARK, [*trunk, (x + size * 0.03, base - size * 0.5), (x + size * 0.045, base)])
    puffs = [
        (-0.2, 0.46, 0.16),
        (0.2, 0.46, 0.16),
        (-0.15, 0.66, 0.19),
        (0.16, 0.66, 0.19),
        (0, 0.5, 0.2),
        (0, 0.8, 0.19),
    ]
    lit = [(-0.22, 0.5, 0.1), (-0.2, 0.69, 0.13), (-0.05, 0.85, 0.11), (-0.1, 0.74, 0.1), (0.1, 0.72, 0.08)]
    for colour, dx, dy, k, some in (
        (PINE, 0, 0, 1.0, puffs),
        (LEAF, -0.015, 0.03, 0.87, puffs),
        (LIME, 0, 0, 1.0, lit),
    ):
        sheet.paint(colour, *(oval(x + (a + dx) * size, base - (b + dy) * size, r * k * size) for a, b, r in some))


def fir(sheet: Sheet, x: float, base: float, size: float, *, colour: str, snow: str) -> None:
    """A conifer with a white tip on each tier."""
    sheet.paint(BARK, box(x - size * 0.04, base - size * 0.15, x + size * 0.04, base))
    for low, wide in ((0.1, 0.28), (0.34, 0.22), (0.56, 0.16)):
        top = low + 0.42
        sheet.paint(
            colour, [(x - wide * size, base - low * size), (x + wide * size, base - low * size), (x, base - top * size)]
        )
        cap = [(x - wide * 0.45 * size, base - (top - 0.19) * size), (x, base - top * size)]
        sheet.paint(snow, [*cap, (x + wide * 0.45 * size, base - (top - 0.19) * size), (x, base - (top - 0.15) * size)])


def cloud(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """A cloud with a flat lower side, `size` to each side of x."""
    sheet.paint(colour, box(x - size, y - size * 0.32, x + size, y, size * 0.16))
    sheet.paint(
        colour,
        *(
            oval(x + a * size, y - b * size, r * size)
            for a, b, r in ((-0.55, 0.3, 0.27), (-0.05, 0.42, 0.4), (0.5, 0.32, 0.3))
        ),
    )


def plant(sheet: Sheet, x: float, base: float, size: float) -> None:
    """A pot plant of this height."""
    blades = (
        (-58, 0.45, PINE),
        (56, 0.47, PINE),
        (-12, 0.66, PINE),
        (14, 0.7, PINE),
        (-36, 0.58, LEAF),
        (34, 0.56, LEAF),
    )
    for degrees, part, colour in (*blades, (0, 0.56, LIME)):
        sheet.paint(colour, leaf(x, base - size * 0.34, size * part, degrees, 0.42))
    pot = [
        (x - size * 0.2, base - size * 0.36),
        (x + size * 0.2, base - size * 0.36),
        (x + size * 0.15, base),
        (x - size * 0.15, base),
    ]
    sheet.paint(ORANGE, pot, box(x - size * 0.23, base - size * 0.4, x + size * 0.23, base - size * 0.3, size * 0.03))


def wheel(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """A vehicle's wheel from the side."""
    for colour, part in ((INK, 1.0), (STEEL, 0.62), (MIST, 0.5), (STEEL, 0.16)):
        sheet.paint(colour, oval(x, y, radius * part))


def mug(sheet: Sheet, x: float, base: float, size: float, colour: str) -> None:
    """A mug of this height from the side."""
    sheet.stroke(
        colour, size * 0.13, [(u, v) for u, v in oval(x + size * 0.45, base - size * 0.5, size * 0.24) if u > x]
    )
    sheet.paint(colour, box(x - size * 0.42, base - size, x + size * 0.42, base, size * 0.14))
    sheet.paint(GLOW, box(x - size * 0.3, base - size * 0.86, x - size * 0.18, base - size * 0.2, size * 0.06))


# --- the pictures ------------------------------------------------------------------------------------------------


def lime_avenue() -> Sheet:
    """A lane between lime trees; the one to be felled wears a red ring."""
    sheet = Sheet(900, SKY, "#fdf3df")
    sheet.paint(GLOW, oval(880, 200, 120))
    sheet.paint(SUN, oval(880, 200, 78))
    cloud(sheet, 250, 190, 120, WHITE)
    sheet.paint("#a9cdb4", land(sheet, (0, 520), (350, 400), (700, 560), (1200, 420)))
    sheet.paint(MEADOW, land(sheet, (0, 545), (600, 500), (1200, 545)))
    sheet.paint(LIME, land(sheet, (0, 720), (500, 620), (1200, 760)))
    sheet.paint("#f1e3c6", [(585, 527), (615, 527), (960, 900), (240, 900)])
    sheet.paint(
        "#e2cfa9", [(592, 540), (596, 540), (520, 900), (440, 900)], [(604, 540), (608, 540), (760, 900), (680, 900)]
    )
    for size in (130, 200, 310, 480):
        for side in (-1, 1):
            tree(sheet, 600 + side * size * 0.86, 512 + size * 0.33, size)
    tree(sheet, 1130, 800, 740)
    tree(sheet, 88, 800, 740)
    sheet.paint(RED, box(56, 640, 120, 664, 6))
    sheet.paint(WHITE, box(57, 650, 119, 654))
    return sheet


def young_tree() -> Sheet:
    """A newly planted tree between two stakes, with spade and watering can."""
    sheet = Sheet(900, "#cfe8ea", CREAM)
    cloud(sheet, 960, 200, 120, WHITE)
    cloud(sheet, 240, 270, 85, "#ffffffb0")
    sheet.paint("#b5d4b4", land(sheet, (0, 600), (400, 470), (800, 640), (1200, 520)))
    for x, size in ((110, 190), (215, 140), (1010, 150), (1110, 210)):
        tree(sheet, x, 640, size)
    sheet.paint(MEADOW, land(sheet, (0, 640), (600, 590), (1200, 640)))
    sheet.paint(LIME, land(sheet, (0, 800), (500, 700), (1200, 820)))
    sheet.paint(WOOD, oval(600, 770, 210, 52))
    sheet.paint(BARK, oval(600, 764, 170, 36))
    sheet.stroke(WOOD, 20, [(500, 770), (500, 430)], [(700, 770), (700, 430)])
    sheet.stroke(BARK, 17, [(600, 770), (598, 600), (604, 300)])
    sheet.stroke(
        BARK, 9, [(601, 420), (530, 340)], [(602, 400), (680, 310)], [(603, 330), (560, 250)], [(603, 330), (640, 230)]
    )
    for x, y, degrees in (
        (530, 345, -60),
        (680, 315, 55),
        (560, 255, -30),
        (642, 232, 25),
        (604, 300, 0),
        (570, 380, -95),
        (640, 362, 95),
    ):
        sheet.paint(LEAF, leaf(x, y, 88, degrees))
        sheet.paint(LIME, leaf(x, y - 6, 52, degrees))
    sheet.stroke(CREAM, 12, [(506, 505), (598, 530), (694, 505)])
    sheet.stroke(WOOD, 16, turned([(285, 470), (285, 700)], 285, 700, -7))
    sheet.stroke(WOOD, 16, turned([(250, 470), (320, 470)], 285, 700, -7))
    sheet.paint(BARK, oval(290, 752, 74, 17))
    sheet.paint(STEEL, turned([(248, 664), (322, 664), (320, 735), (304, 752), (266, 752), (250, 735)], 285, 700, -7))
    sheet.paint(MIST, turned(box(248, 660, 322, 672, 5), 285, 700, -7))
    sheet.paint(SHADE, oval(935, 822, 120, 15))
    sheet.stroke(TEAL, 15, bow((865, 690), (870, 560), (1010, 560), (1010, 700)))
    sheet.paint(TEAL, box(860, 668, 1015, 822, 20), [(880, 810), (760, 670), (778, 655), (880, 740)])
    sheet.paint(TEAL, turned(box(733, 634, 797, 664, 8), 765, 650, -42))
    sheet.paint(MINT, box(860, 700, 1015, 716))
    for x, y in ((380, 800), (450, 850), (120, 790), (1110, 850), (680, 870)):
        sheet.stroke(LEAF, 5, [(x - 12, y - 20), (x, y), (x + 2, y - 26)], [(x, y), (x + 14, y - 18)])
    return sheet


def closed_road() -> Sheet:
    """A country road with barrier, warning lights and a diversion arrow."""
    sheet = Sheet(800, SKY, "#fbf0d9")
    cloud(sheet, 330, 160, 110, WHITE)
    cloud(sheet, 900, 110, 80, WHITE)
    sheet.paint("#a9cdb4", land(sheet, (0, 390), (300, 260), (800, 420), (1200, 300)))
    sheet.paint("#e9cf8f", land(sheet, (0, 400), (600, 350), (1200, 400)))
    sheet.paint(
        MEADOW, [(0, 430), (540, 388), (400, 800), (0, 800)], [(1200, 430), (660, 388), (800, 800), (1200, 800)]
    )
    for x, size in ((90, 150), (190, 190), (1060, 170), (1150, 140), (960, 100)):
        tree(sheet, x, 440, size)
    sheet.paint(ASPHALT, [(575, 384), (625, 384), (1010, 800), (190, 800)])
    for near in (0.0, 0.1, 0.27, 0.54):
        y = 392 + 408 * near
        sheet.paint(
            WHITE,
            [
                (598 - near * 8, y),
                (602 + near * 8, y),
                (604 + near * 16, y + 20 + 60 * near),
                (596 - near * 16, y + 20 + 60 * near),
            ],
        )
    sheet.paint(SHADE, oval(600, 712, 440, 18))
    for x in (240, 960):
        sheet.paint(STEEL, box(x - 11, 480, x + 11, 700), box(x - 70, 690, x + 70, 716, 10))
    for top, bottom in ((490, 556), (600, 640)):
        sheet.paint(WHITE, box(170, top, 1030, bottom, 8))
        for x in range(200, 1000, 138):
            sheet.paint(RED, [(x + 22, top), (x + 88, top), (x + 66, bottom), (x, bottom)])
    for x in (240, 600, 960):
        sheet.paint(INK, box(x - 19, 472, x + 19, 492, 4))
        sheet.paint("#f4bf5555", oval(x, 446, 50))
        sheet.paint(SUN, oval(x, 446, 29))
        sheet.paint(CREAM, oval(x - 8, 438, 9))
    sheet.paint(RED, oval(600, 572, 84))
    sheet.paint(WHITE, oval(600, 572, 60))
    sheet.paint(STEEL, box(1082, 400, 1096, 730))
    sheet.paint(SUN, [(1000, 330), (1130, 330), (1180, 375), (1130, 420), (1000, 420)])
    sheet.paint(INK, box(1024, 366, 1100, 384), [(1096, 348), (1136, 375), (1096, 402)])
    for x in (95, 1115):
        y = 750
        sheet.paint(SHADE, oval(x, y, 60, 8))
        sheet.paint(
            ORANGE,
            box(x - 52, y - 16, x + 52, y, 6),
            [(x - 36, y - 14), (x - 9, y - 120), (x + 9, y - 120), (x + 36, y - 14)],
        )
        sheet.paint(WHITE, [(x - 28, y - 46), (x - 20, y - 78), (x + 20, y - 78), (x + 28, y - 46)])
    return sheet


def assembly_hall() -> Sheet:
    """The county assembly's hall: rows of desks before the chair's desk, emblem on the wall."""
    sheet = Sheet(800, "#fbf1de", SAND)
    for x in range(0, WIDTH, 100):
        sheet.paint("#e3c99a66", box(x, 0, x + 3, 430))
    for x in (50, 230, 820, 1000):
        sheet.paint(CREAM, box(x, 60, x + 150, 350, 75), box(x, 250, x + 150, 350))
        sheet.paint(SKY, box(x + 12, 72, x + 138, 340, 63), box(x + 12, 260, x + 138, 340))
        sheet.paint(MINT, [*bow((x + 12, 310), (x + 70, 265), (x + 138, 318)), (x + 138, 340), (x + 12, 340)])
        sheet.paint(CREAM, box(x + 70, 72, x + 80, 345), box(x + 12, 200, x + 138, 209))
    sheet.paint(WOOD, box(455, 50, 745, 400, 14))
    sheet.paint(OAK, box(468, 63, 732, 400, 8))
    emblem(sheet, 600, 185, 88)
    sheet.paint("#c9a06a", box(0, 400, WIDTH, 800))
    sheet.paint("#d8b37f", [(0, 430), (1200, 430), (1200, 800), (0, 800)])
    sheet.paint(SHADE, oval(600, 466, 320, 16))
    for x in (480, 600, 720):
        sheet.paint(INK, box(x - 32, 318, x + 32, 420, 18))
    sheet.paint(BARK, box(330, 382, 870, 466, 10))
    sheet.paint(WOOD, box(345, 396, 855, 456, 6), box(315, 372, 885, 390, 8))
    for x in (480, 600, 720):
        _microphone(sheet, x + 20, 374, 34)
    for row, (y, count, wide) in enumerate(((530, 6, 128), (632, 6, 160), (760, 6, 200))):
        scale = wide / 200
        for place in range(count):
            off = (place - (count - 1) / 2) * wide + (1 if place >= count / 2 else -1) * wide * 0.22
            _desk(sheet, 600 + off, y - (off / 600) ** 2 * (26 + row * 8), scale)
    return sheet


def _microphone(sheet: Sheet, x: float, base: float, size: float) -> None:
    sheet.stroke(INK, size * 0.1, bow((x, base), (x, base - size), (x - size * 0.5, base - size)))
    sheet.paint(RED, oval(x - size * 0.5, base - size, size * 0.17))


def _desk(sheet: Sheet, x: float, y: float, scale: float) -> None:
    wide = 94 * scale
    sheet.paint(WOOD, box(x - wide, y - 18 * scale, x + wide, y + 60 * scale, 6 * scale))
    sheet.paint(OAK, box(x - wide, y - 24 * scale, x + wide, y, 8 * scale))
    sheet.paint(WHITE, turned(box(x - 62 * scale, y - 20 * scale, x - 16 * scale, y - 8 * scale), x, y, -2))
    _microphone(sheet, x + 56 * scale, y - 14 * scale, 46 * scale)
    sheet.paint(INK, box(x - 8 * scale, y + 60 * scale, x + 8 * scale, y + 100 * scale))
    sheet.paint(TEAL, box(x - 50 * scale, y - 2 * scale, x + 50 * scale, y + 82 * scale, 26 * scale))
    sheet.paint(GLOW, box(x - 38 * scale, y + 8 * scale, x + 38 * scale, y + 22 * scale, 7 * scale))


def citizens_office() -> Sheet:
    """A glass door with a clock above and a sign with opening hours beside it."""
    sheet = Sheet(1200, "#f6e3c1", "#f0d6a8")
    for row in range(13):
        for column in range(8):
            x, y = column * 170 + (row % 2) * 85 - 85, row * 80
            sheet.paint("#e5c48c55", box(x + 4, y + 4, x + 166, y + 76, 6))
    sheet.paint(ASPHALT, box(0, 1040, 1200, 1200))
    sheet.paint(MIST, box(0, 1030, 1200, 1062))
    sheet.paint(STEEL, box(330, 330, 830, 1040, 12))
    sheet.paint(TEAL, box(345, 345, 815, 1040, 6))
    for left in (365, 590):
        sheet.paint(INK, box(left, 370, left + 205, 1030, 6))
        sheet.paint("#a9d3d8", box(left + 12, 382, left + 193, 1018, 4))
        sheet.paint(GLOW, [(left + 12, 700), (left + 193, 470), (left + 193, 600), (left + 12, 830)])
    sheet.paint(SUN, box(548, 660, 560, 800, 6), box(600, 660, 612, 800, 6))
    sheet.paint(MIST, box(280, 300, 880, 332, 10))
    sheet.paint(TEAL, [(250, 300), (910, 300), (870, 262), (290, 262)])
    sheet.paint(SHADE, oval(588, 158, 92))
    sheet.paint(INK, oval(580, 150, 92))
    sheet.paint(CREAM, oval(580, 150, 78))
    for hour in range(12):
        long = 18 if hour % 3 == 0 else 10
        sheet.stroke(INK, 5, turned([(580, 84), (580, 84 + long)], 580, 150, hour * 30))
    sheet.stroke(INK, 9, [(580, 150), turned([(580, 108)], 580, 150, 240)[0]])
    sheet.stroke(INK, 7, [(580, 150), (580, 92)])
    sheet.paint(RED, oval(580, 150, 9))
    sheet.paint(SHADE, box(918, 482, 1118, 792, 14))
    sheet.paint(TEAL, box(910, 474, 1110, 784, 14))
    sheet.paint(CREAM, box(924, 488, 1096, 770, 8))
    emblem(sheet, 1010, 545, 34)
    for row, share in enumerate((1.0, 0.7, 1.0, 0.7, 0.55)):
        y = 620 + row * 30
        sheet.paint(STEEL, box(944, y, 986, y + 10, 5))
        sheet.paint(ORANGE if share == 1 else MINT, box(1000, y, 1000 + 78 * share, y + 10, 5))
    sheet.paint(CREAM, box(80, 440, 270, 800, 8))
    sheet.paint(SKY, box(94, 454, 256, 786))
    sheet.paint(CREAM, box(170, 454, 180, 786), box(94, 600, 256, 610), box(66, 796, 284, 820, 6))
    plant(sheet, 175, 798, 130)
    sheet.paint(SHADE, oval(970, 1062, 90, 10), oval(220, 1062, 90, 10))
    plant(sheet, 960, 1060, 240)
    plant(sheet, 210, 1060, 240)
    sheet.paint(MIST, [(400, 1040), (760, 1040), (840, 1100), (320, 1100)])
    sheet.paint("#b9c6cb", [(320, 1100), (840, 1100), (920, 1160), (240, 1160)])
    return sheet


def service_portal() -> Sheet:
    """A laptop with tiles for services on its screen, on a desk."""
    sheet = Sheet(800, "#e2f0ef", "#c7e1df")
    sheet.paint("#ffffff80", oval(1000, 120, 230), oval(120, 330, 160))
    sheet.paint(OAK, box(0, 640, 1200, 800))
    sheet.paint(WOOD, box(0, 640, 1200, 652))
    sheet.paint(SHADE, oval(600, 700, 470, 22))
    sheet.paint(INK, box(265, 120, 935, 610, 26))
    sheet.paint(WHITE, box(287, 142, 913, 585, 6))
    sheet.paint(TEAL, box(287, 142, 913, 214, 6), box(287, 190, 913, 214))
    emblem(sheet, 330, 173, 20)
    for x in (690, 762, 834):
        sheet.paint(MINT, box(x, 172, x + 52, 184, 6))
    sheet.paint(ICE, box(420, 240, 780, 288, 24))
    sheet.stroke(STEEL, 6, [(756, 272), (766, 282)], [*oval(748, 264, 11), (759, 264)])
    sheet.paint(STEEL, box(446, 258, 610, 270, 6))
    for place, colour in enumerate((SUN, MINT, ROSE, LIME, SKY, CLAY)):
        x, y = 330 + place % 3 * 186, 316 + place // 3 * 130
        sheet.paint(colour, box(x, y, x + 168, y + 112, 16))
        sheet.paint("#22394a66", box(x + 44, y + 90, x + 124, y + 98, 4))
        _tile(sheet, place, x + 84, y + 48)
    sheet.paint(MIST, [(200, 610), (1000, 610), (1060, 672), (140, 672)])
    sheet.paint("#b6c4ca", box(140, 668, 1060, 690, 10))
    for row in range(3):
        sheet.paint(
            "#a4b4bb",
            *(
                box(300 + k * 51 - row * 8, 618 + row * 12, 342 + k * 51 - row * 8, 626 + row * 12, 3)
                for k in range(12)
            ),
        )
    sheet.paint("#b6c4ca", [(530, 655), (670, 655), (676, 668), (524, 668)])
    mug(sheet, 1092, 770, 106, ORANGE)
    sheet.stroke(
        WHITE,
        5,
        bow((1078, 648), (1061, 628), (1096, 618), (1078, 593)),
        bow((1106, 648), (1089, 628), (1124, 618), (1106, 593)),
    )
    plant(sheet, 110, 740, 330)
    return sheet


def _tile(sheet: Sheet, place: int, x: float, y: float) -> None:
    match place:
        case 0:
            sheet.paint(
                INK,
                box(x - 44, y - 6, x + 44, y + 20, 8),
                [(x - 26, y - 4), (x - 14, y - 26), (x + 16, y - 26), (x + 28, y - 4)],
            )
            sheet.paint(WHITE, *(oval(x + d, y + 20, 10) for d in (-24, 24)))
        case 1:
            sheet.paint(INK, [(x - 44, y), (x, y - 34), (x + 44, y)], box(x - 32, y - 4, x + 32, y + 30))
            sheet.paint(WHITE, box(x - 9, y + 6, x + 9, y + 30))
        case 2:
            sheet.paint(INK, oval(x, y - 14, 15), [*bow((x - 30, y + 30), (x - 30, y), (x + 30, y), (x + 30, y + 30))])
        case 3:
            sheet.paint(INK, leaf(x, y + 24, 54, 20))
            sheet.stroke(LIME, 4, [(x, y + 24), (x + 13, y - 12)])
        case 4:
            sheet.paint(INK, box(x - 34, y - 26, x + 34, y + 28, 8))
            sheet.paint(WHITE, box(x - 26, y - 8, x + 26, y + 20))
            sheet.stroke(TEAL, 6, [(x - 13, y + 5), (x - 3, y + 14), (x + 15, y - 3)])
        case _:
            sheet.paint(INK, box(x - 30, y - 30, x + 30, y + 30, 6))
            sheet.paint(WHITE, *(box(x - 18, y + d, x + 18, y + d + 6) for d in (-16, -3, 10)))


def library_night() -> Sheet:
    """Book shelves, an armchair and a lamp before a window with the moon."""
    sheet = Sheet(900, "#35566b", "#4b7383")
    sheet.paint(BARK, box(0, 800, 1200, 900))
    sheet.paint("#83603f", *(box(x, 800, x + 3, 900) for x in range(60, 1200, 150)))
    _window(sheet)
    for left, right, seed in ((30, 400, 0), (800, 1170, 5)):
        sheet.paint(WOOD, box(left, 90, right, 810, 8))
        for row in range(4):
            top = 110 + row * 173
            sheet.paint("#5a4232", box(left + 18, top, right - 18, top + 155))
            _books(sheet, left + 24, right - 26, top + 155, seed + row)
    sheet.paint(SHADE, oval(600, 832, 260, 24))
    sheet.paint("#c9483e40", oval(600, 842, 330, 40))
    sheet.paint(ORANGE, box(470, 520, 700, 760, 60))
    sheet.paint("#ef9355", box(500, 545, 670, 730, 40))
    sheet.paint(ORANGE, box(450, 690, 720, 800, 26))
    sheet.paint("#d56d2c", box(425, 640, 490, 810, 30), box(680, 640, 745, 810, 30))
    sheet.paint(BARK, box(450, 806, 470, 836), box(700, 806, 720, 836))
    sheet.paint(MINT, turned(box(530, 620, 640, 700, 18), 585, 660, -12))
    sheet.paint(
        CREAM,
        turned(
            [
                *bow((560, 700), (595, 680), (620, 702)),
                *bow((620, 702), (650, 680), (685, 700)),
                (685, 716),
                (620, 722),
                (560, 716),
            ],
            620,
            700,
            4,
        ),
    )
    sheet.stroke(INK, 10, [(768, 830), (768, 480)])
    sheet.paint(INK, oval(768, 832, 46, 10))
    sheet.paint("#f4bf5522", [(700, 475), (834, 475), (930, 832), (560, 832)])
    sheet.paint(SUN, [(735, 390), (800, 390), (836, 475), (698, 475)])
    for left in (-20, 390, 800):
        wire = bow((left, 14), (left + 205, 86), (left + 410, 14))
        sheet.stroke(INK, 3, wire)
        for x, y in wire[6:48:9]:
            sheet.paint("#f4bf5540", oval(x, y + 12, 20))
            sheet.paint("#ffe2a0", oval(x, y + 12, 9))
    return sheet


def _window(sheet: Sheet) -> None:
    sheet.paint(CREAM, box(430, 100, 770, 600, 10))
    sheet.paint("#1f3347", box(448, 118, 752, 582))
    sheet.paint(WHITE, *(oval(x, y, 2.6) for x, y in scattered(22, 745, 420, 455, 125)))
    sheet.paint("#3a5268", oval(668, 230, 70))
    sheet.paint("#fbe9b8", oval(668, 230, 50))
    sheet.paint("#eed9a0", oval(650, 218, 11), oval(684, 246, 8), oval(676, 210, 6))
    sheet.paint("#2c4a5c", [(448, 582), *bow((448, 500), (560, 430), (640, 540), (752, 470)), (752, 582)])
    sheet.paint(CREAM, box(594, 118, 606, 582), box(448, 340, 752, 352), box(414, 590, 786, 616, 6))


def _books(sheet: Sheet, left: float, right: float, base: float, seed: int) -> None:
    covers = (RED, TEAL, SUN, MINT, CREAM, ORANGE, LEAF, ROSE, STEEL)
    x = left
    for step in range(40):
        wide, high = 20 + (seed * 5 + step * 7) % 17, 96 + (seed * 11 + step * 23) % 42
        if x + wide > right - (70 if seed % 2 else 0):
            break
        colour = covers[(seed * 4 + step * 5 + step // 3) % len(covers)]
        book = box(x, base - high, x + wide, base, 2)
        sheet.paint(colour, book)
        sheet.paint(
            "#22394a40",
            box(x, base - high * 0.84, x + wide, base - high * 0.77),
            box(x, base - high * 0.2, x + wide, base - high * 0.14),
        )
        x += wide + 2
    if seed % 2:
        plant(sheet, right - 32, base, 96) if seed % 4 == 1 else _globe(sheet, right - 34, base)


def _globe(sheet: Sheet, x: float, base: float) -> None:
    sheet.paint(OAK, box(x - 20, base - 10, x + 20, base, 4), box(x - 4, base - 24, x + 4, base - 8))
    sheet.paint(SKY, oval(x, base - 54, 32))
    sheet.paint(LEAF, oval(x - 10, base - 62, 13, 10), oval(x + 12, base - 46, 10, 13), oval(x - 6, base - 36, 8, 5))


def application() -> Sheet:
    """A desk from above: application folder, pen, coffee and plant."""
    sheet = Sheet(900, "#dcb98a", "#cfa674")
    for row in range(0, 900, 150):
        sheet.paint("#b98a5544", box(0, row, 1200, row + 3))
    sheet.paint(SHADE, turned(box(352, 112, 932, 832, 18), 640, 470, -5))
    sheet.paint(TEAL, turned(box(340, 98, 920, 818, 18), 630, 460, -5))
    sheet.paint("#3b9097", turned(box(340, 98, 368, 818, 14), 630, 460, -5))
    sheet.paint(MIST, turned(box(398, 150, 892, 780, 6), 630, 460, -2))
    page = turned(box(392, 140, 886, 770, 6), 630, 460, -5)
    sheet.paint(WHITE, page)
    sheet.paint(SKY, turned(box(430, 180, 560, 340, 8), 630, 460, -5))
    sheet.paint(
        INK,
        turned(oval(495, 238, 30, 34), 630, 460, -5),
        turned([*bow((440, 340), (444, 262), (546, 262), (550, 340))], 630, 460, -5),
    )
    sheet.paint(ORANGE, turned(box(596, 186, 840, 212, 8), 630, 460, -5))
    for row, share in enumerate((0.9, 0.75, 0.85, 0.5)):
        sheet.paint(MIST, turned(box(596, 236 + row * 28, 596 + 250 * share, 248 + row * 28, 6), 630, 460, -5))
    for block in range(3):
        top = 388 + block * 124
        sheet.paint(TEAL, turned(box(430, top, 540, top + 16, 8), 630, 460, -5))
        for row, share in enumerate((1.0, 0.92, 0.6)):
            sheet.paint(
                MIST, turned(box(430, top + 34 + row * 24, 430 + 412 * share, top + 44 + row * 24, 5), 630, 460, -5)
            )
    sheet.paint(SHADE, oval(1052, 262, 118))
    for colour, radius in ((CREAM, 116), ("#eadfc9", 96), (WHITE, 76), (BARK, 62), (WOOD, 50)):
        sheet.paint(colour, oval(1042, 250, radius))
    sheet.stroke(WHITE, 18, [turned([(1114, 250)], 1042, 250, 35)[0], turned([(1142, 250)], 1042, 250, 35)[0]])
    pen = (
        turned(box(990, 450, 1016, 760, 12), 1000, 600, 18),
        turned([(990, 758), (1016, 758), (1003, 806)], 1000, 600, 18),
    )
    sheet.paint(SHADE, [(x + 8, y + 8) for x, y in pen[0]])
    sheet.paint(INK, pen[0])
    sheet.paint(SUN, pen[1], turned(box(990, 500, 1016, 516), 1000, 600, 18))
    for degrees in range(0, 360, 45):
        sheet.paint(PINE if degrees % 90 else LEAF, leaf(*turned([(130, 120)], 130, 150, degrees)[0], 120, degrees))
    sheet.paint(LIME, oval(130, 150, 26))
    for place, colour in enumerate((SUN, ROSE)):
        sheet.paint(colour, turned(box(70, 560 + place * 130, 220, 690 + place * 130, 4), 140, 640, -8 + place * 14))
        sheet.paint(
            "#22394a55",
            *(
                turned(
                    box(96, 592 + place * 130 + k * 26, 196 - k * 20, 600 + place * 130 + k * 26, 4),
                    140,
                    640,
                    -8 + place * 14,
                )
                for k in range(3)
            ),
        )
    return sheet


def ballot_box() -> Sheet:
    """A ballot box with a blank ballot paper half-way in, polling booths behind."""
    sheet = Sheet(900, "#e6f0ef", "#d3e5e3")
    sheet.paint(CLAY, box(0, 560, 1200, 900))
    sheet.paint("#cfb183", box(0, 560, 1200, 566))
    for x in (60, 850):
        sheet.paint(OAK, box(x, 420, x + 290, 448, 6))
        sheet.paint(WOOD, box(x + 18, 448, x + 38, 690), box(x + 252, 448, x + 272, 690))
        sheet.paint(CREAM, box(x + 10, 200, x + 280, 420, 6))
        sheet.paint(
            "#ecdfc7",
            [(x + 10, 200), (x + 60, 235), (x + 60, 420), (x + 10, 420)],
            [(x + 280, 200), (x + 230, 235), (x + 230, 420), (x + 280, 420)],
        )
        sheet.paint(WHITE, box(x + 115, 396, x + 185, 422))
        sheet.stroke(INK, 5, [(x + 196, 416), (x + 216, 380)])
    sheet.paint(SHADE, oval(600, 822, 330, 26))
    sheet.paint(WOOD, box(240, 716, 960, 756, 8))
    sheet.paint("#8d6039", box(270, 756, 300, 880), box(900, 756, 930, 880))
    sheet.paint(SHADE, oval(600, 722, 240, 9))
    sheet.paint(NIGHT, box(400, 400, 800, 720, 16))
    sheet.paint("#365a74", box(400, 400, 600, 720, 16), box(560, 400, 600, 720))
    sheet.paint(INK, box(372, 366, 828, 420, 14))
    sheet.paint("#101f2b", box(478, 376, 722, 392, 8))
    ballot = turned(box(500, 140, 700, 386, 5), 600, 386, -4)
    sheet.paint(SHADE, [(x + 7, y) for x, y in ballot])
    sheet.paint(WHITE, ballot)
    for row in range(4):
        y = 186 + row * 46
        sheet.stroke(STEEL, 4, turned([*oval(536, y, 13), (549, y)], 600, 386, -4))
        sheet.paint(MIST, turned(box(570, y - 6, 670 - row % 2 * 30, y + 6, 5), 600, 386, -4))
    sheet.paint(INK, box(478, 386, 722, 404))
    emblem(sheet, 600, 540, 70)
    sheet.stroke(MIST, 9, bow((748, 424), (748, 384), (786, 384), (786, 424)))
    sheet.paint(SUN, box(736, 420, 798, 474, 8))
    sheet.paint(INK, oval(767, 442, 7), box(764, 444, 770, 460, 2))
    return sheet


def storm() -> Sheet:
    """Storm clouds, rain and a bent tree over fields with a farmhouse."""
    sheet = Sheet(900, "#4d6272", "#b7c3c2")
    for x, y, size, colour in (
        (1000, 210, 330, "#5d7180"),
        (180, 190, 300, "#5d7180"),
        (620, 250, 360, "#3f5363"),
        (100, 320, 210, "#48606f"),
        (1120, 330, 200, "#48606f"),
    ):
        cloud(sheet, x, y, size, colour)
    sheet.paint("#f6d57a", [(820, 250), (770, 380), (812, 380), (776, 500), (880, 345), (834, 345), (868, 250)])
    sheet.paint("#7f9a7d", land(sheet, (0, 620), (350, 500), (800, 680), (1200, 540)))
    sheet.paint("#c9b06d", land(sheet, (0, 690), (500, 610), (1200, 700)))
    sheet.paint("#b59a58", *([(x, 900), (x + 26, 900), (640 + (x - 600) * 0.25, 660)] for x in range(-600, 1900, 130)))
    sheet.paint("#5f8766", land(sheet, (0, 780), (450, 700), (1200, 830)))
    sheet.paint("#e8dcc2", box(850, 520, 1050, 650))
    sheet.paint("#9c4238", [(820, 530), (870, 430), (1030, 430), (1080, 530)])
    sheet.paint(SUN, box(885, 555, 925, 600, 3), box(975, 555, 1015, 600, 3))
    sheet.paint("#e8dcc2", box(1050, 560, 1140, 650))
    sheet.paint("#84382f", [(1040, 565), (1060, 510), (1125, 510), (1155, 565)])
    sheet.paint(BARK, box(930, 600, 968, 650))
    trunk = [*bow((235, 800), (265, 640), (275, 560), (355, 430)), *bow((380, 445), (320, 570), (310, 640), (290, 800))]
    sheet.stroke(BARK, 14, bow((300, 560), (330, 500), (440, 490)), bow((330, 480), (350, 400), (470, 370)))
    sheet.paint(BARK, trunk)
    for colour, dx, dy, k in (("#2f5743", 0, 0, 1.0), ("#47785a", -8, -12, 0.82), ("#6b9a6c", -18, -26, 0.4)):
        puffs = ((330, 420, 76), (410, 372, 84), (500, 400, 70), (440, 470, 72), (560, 440, 46), (350, 350, 60))
        sheet.paint(colour, *(oval(x + dx, y + dy, r * k * 1.15, r * k * 0.9) for x, y, r in puffs))
    for x, y, degrees in ((660, 420, 60), (720, 500, 100), (610, 560, 80), (790, 600, 40), (700, 320, 120)):
        sheet.paint("#6b9a6c", leaf(x, y, 30, degrees))
    for y, left, right in ((300, 560, 760), (560, 420, 640), (640, 90, 240), (380, 60, 230)):
        sheet.stroke("#dfe8ea", 6, bow((left, y), (left + 90, y - 26), (right - 40, y + 22), (right, y - 14)))
    for u, v in scattered(90, 1260, 880, 0, 280):
        sheet.stroke("#d8e4ea", 2.6, [(u, v), (u - 22, v + 46)])
    return sheet


def snow_plough() -> Sheet:
    """A road crew's orange lorry with plough on a snowy road."""
    sheet = Sheet(900, "#a9c6d6", "#eaf2f4")
    sheet.paint("#d3e3e9", land(sheet, (0, 520), (300, 330), (760, 560), (1200, 400)))
    for x, y, size in ((60, 560, 240), (190, 590, 320), (1010, 560, 240), (1120, 590, 330), (890, 540, 160)):
        fir(sheet, x, y, size, colour="#4d7a68", snow=WHITE)
    sheet.paint(WHITE, land(sheet, (0, 590), (500, 530), (1200, 590)))
    sheet.paint("#76838b", box(0, 690, 1200, 820))
    sheet.paint("#e7eff2", *(box(x, 750, x + 90, 760, 4) for x in range(20, 1200, 190)))
    sheet.paint(WHITE, land(sheet, (0, 815), (600, 790), (1200, 820)))
    for x in (40, 560):
        sheet.stroke(RED, 12, [(x, 700), (x, 560)])
        sheet.stroke(WHITE, 12, [(x, 640), (x, 610)])
    sheet.paint("#1d303f40", oval(600, 768, 410, 18))
    sheet.paint(INK, box(250, 660, 850, 704, 6))
    sheet.paint(ORANGE, [(240, 470), (640, 470), (610, 660), (270, 660)])
    sheet.paint("#cf6b2a", box(232, 454, 648, 484, 8), *(box(x, 490, x + 12, 656) for x in (330, 430, 530)))
    sheet.paint("#f3f7f8", [(250, 456), *bow((250, 456), (330, 380), (440, 400), (560, 372), (640, 456))])
    sheet.paint(STEEL, [(180, 560), (262, 560), (262, 680), (216, 700)])
    sheet.paint(ORANGE, [(660, 400), (800, 400), (868, 530), (880, 680), (660, 680)])
    sheet.paint("#c6e2ea", [(740, 430), (790, 430), (838, 530), (740, 530)])
    sheet.paint(GLOW, [(750, 436), (776, 436), (760, 524), (746, 524)])
    sheet.paint("#cf6b2a", box(660, 560, 872, 576))
    emblem(sheet, 700, 618, 24)
    sheet.paint(INK, box(714, 372, 762, 402, 6), box(748, 548, 784, 556, 4))
    sheet.paint("#f4bf5560", oval(738, 356, 58))
    sheet.paint(SUN, box(720, 340, 756, 376, 14))
    sheet.paint("#fff4c9", oval(872, 606, 15))
    for x in (330, 450, 770):
        sheet.paint(INK, oval(x, 700, 70))
        wheel(sheet, x, 706, 60)
    sheet.paint(INK, box(850, 676, 950, 700, 6))
    blade = [*bow((935, 540), (895, 640), (945, 760)), *bow((1010, 768), (955, 650), (1000, 530))]
    sheet.paint(STEEL, [(x + 14, y) for x, y in blade])
    sheet.paint(SUN, blade)
    sheet.stroke(INK, 12, bow((996, 532), (952, 650), (1004, 766)))
    sheet.paint(
        WHITE,
        [*bow((985, 775), (990, 660), (1080, 640), (1130, 775))],
        *(
            oval(x, y, r)
            for x, y, r in (
                (1040, 690, 40),
                (1090, 735, 42),
                (1060, 620, 16),
                (1110, 650, 12),
                (1030, 760, 30),
                (1148, 700, 9),
            )
        ),
    )
    for u, v in scattered(70, 1200, 680):
        sheet.paint(WHITE, oval(u, v, 4 + u % 4))
    return sheet


def salt_hall() -> Sheet:
    """The store for road salt: wooden arches, a white heap, a wheel loader."""
    sheet = Sheet(900, "#b98653", "#d3a873")
    for step in range(5):
        k = 1 - step * 0.15
        rim = [
            (600 - 640 * k, 900),
            *bow(
                (600 - 640 * k, 560 - step * 4),
                (600 - 520 * k, -60 + step * 60),
                (600 + 520 * k, -60 + step * 60),
                (600 + 640 * k, 560 - step * 4),
            ),
            (600 + 640 * k, 900),
        ]
        sheet.paint(("#8a5d3a", "#946540", "#9e6e47", "#a8774e", "#b28257")[step], rim)
        inner = [(600 + (x - 600) * 0.955, min(y + 26, sheet.height)) for x, y in rim]
        sheet.paint(("#c99a68", "#cfa273", "#d5ab7f", "#dbb48b", "#e1bd97")[step], inner)
    sheet.paint("#f7ecd4", box(500, 300, 700, 380, 8))
    sheet.paint(SKY, *(box(510 + k * 46, 310, 548 + k * 46, 370, 3) for k in range(4)))
    sheet.paint("#9aa5a9", [(0, 760), (1200, 760), (1200, 900), (0, 900)])
    sheet.paint("#8b979c", box(0, 760, 1200, 768))
    heap = [*bow((60, 800), (210, 620), (270, 410), (420, 330)), *bow((420, 330), (560, 330), (690, 700), (900, 800))]
    sheet.paint("#dfe7ea", heap)
    sheet.paint(
        WHITE,
        [*bow((60, 800), (210, 620), (270, 410), (420, 330)), *bow((420, 330), (400, 520), (520, 640), (480, 800))],
    )
    sheet.paint("#cfdade", *(oval(x, y, 5, 3) for x, y in scattered(26, 700, 790, 240, 600)))
    sheet.paint("#f5f8f9", *(oval(x, 806, 26, 12) for x in (80, 130, 700, 860, 910)))
    sheet.paint("#1d303f40", oval(920, 842, 250, 18))
    sheet.paint(SUN, [(890, 640), (1130, 640), (1150, 700), (1140, 780), (880, 780)])
    sheet.paint(
        "#dca53c",
        box(1010, 690, 1146, 704),
        box(1060, 640, 1068, 690),
        box(1084, 640, 1092, 690),
        box(1108, 640, 1116, 690),
    )
    sheet.paint(INK, [(860, 480), (1010, 480), (1024, 648), (850, 648)])
    sheet.paint(
        "#bfdfe6", [(876, 500), (930, 500), (930, 630), (868, 630)], [(944, 500), (996, 500), (1004, 630), (944, 630)]
    )
    sheet.paint(SUN, box(846, 462, 1026, 486, 8), box(850, 640, 1020, 720))
    sheet.paint(ORANGE, box(920, 436, 950, 462, 10))
    sheet.stroke("#dca53c", 30, [(900, 690), (780, 660), (716, 740)])
    sheet.stroke(INK, 10, [(900, 730), (800, 690)])
    sheet.paint(STEEL, [(730, 700), (760, 800), (600, 806), (620, 770), (690, 760)])
    sheet.paint(WHITE, [*bow((622, 772), (640, 690), (720, 700), (735, 742)), (690, 762)])
    for x in (880, 1080):
        wheel(sheet, x, 780, 70)
    return sheet


def correction() -> Sheet:
    """A pencil strikes out a line on a sheet of paper; the line below is ticked."""
    sheet = Sheet(900, "#8fc4bd", "#79b3ac")
    sheet.paint("#ffffff22", oval(200, 160, 300), oval(1100, 860, 340))
    page = turned(box(250, 70, 870, 1010, 10), 560, 500, -4)
    sheet.paint(SHADE, [(x + 16, y + 16) for x, y in page])
    sheet.paint(WHITE, page)

    def on_page(left: float, top: float, right: float, bottom: float) -> Shape:
        return turned(box(left, top, right, bottom, (bottom - top) / 2), 560, 500, -4)

    sheet.paint(TEAL, on_page(320, 140, 600, 168))
    for row, share in enumerate((1.0, 0.94, 0.6)):
        sheet.paint(MIST, on_page(320, 218 + row * 50, 320 + 480 * share, 234 + row * 50))
    sheet.paint(ROSE, on_page(320, 402, 740, 428))
    sheet.stroke(RED, 9, turned(bow((300, 424), (430, 396), (560, 436), (770, 406)), 560, 500, -4))
    sheet.paint(SUN, on_page(320, 482, 640, 508))
    sheet.stroke(PINE, 15, turned([(680, 492), (704, 518), (752, 460)], 560, 500, -4))
    for row, share in enumerate((0.96, 1.0, 0.9, 0.97, 0.4)):
        sheet.paint(MIST, on_page(320, 584 + row * 50, 320 + 480 * share, 600 + row * 50))
    _pencil(sheet)
    sheet.paint(SHADE, turned(box(98, 680, 268, 780, 16), 180, 730, 16))
    sheet.paint(WHITE, turned(box(90, 670, 260, 770, 16), 180, 730, 16))
    sheet.paint(NIGHT, turned(box(130, 670, 260, 770, 16), 180, 730, 16), turned(box(130, 670, 180, 770), 180, 730, 16))
    for x, y, r in ((120, 600, 8), (160, 575, 5), (90, 560, 6), (210, 600, 4)):
        sheet.paint(WHITE, oval(x, y, r, r * 0.7))
    return sheet


def _pencil(sheet: Sheet) -> None:
    def part(left: float, low: float, right: float, high: float) -> Shape:
        return turned(
            [(790 + left, 415 + low), (790 + right, 415 + low), (790 + right, 415 + high), (790 + left, 415 + high)],
            790,
            415,
            -52,
        )

    body = part(-35, 90, 35, 470)
    sheet.paint(SHADE, [(x + 14, y + 22) for x, y in body])
    sheet.paint(OAK, turned([(790, 415), (755, 507), (825, 507)], 790, 415, -52))
    sheet.paint(RED, turned([(790, 415), (779, 444), (801, 444)], 790, 415, -52))
    sheet.paint(ORANGE, body)
    sheet.paint("#cf6b2a", part(12, 90, 35, 470))
    sheet.paint("#f09a5e", part(-35, 90, -14, 470))
    sheet.paint(MIST, part(-36, 400, 36, 440))
    sheet.paint(ROSE, part(-35, 440, 35, 480))


def lectern() -> Sheet:
    """A lectern with the county's emblem before a curtain, flowers at its side."""
    sheet = Sheet(1200, "#2f7480", "#285f6d")
    for x in range(0, 1200, 120):
        sheet.paint(
            "#1d4d5a66",
            [
                *bow((x, 0), (x + 34, 500), (x + 8, 1000)),
                (x + 44, 1000),
                *bow((x + 50, 1000), (x + 60, 500), (x + 30, 0)),
            ],
        )
        sheet.paint("#ffffff12", box(x + 70, 0, x + 96, 1000))
    sheet.paint(OAK, box(0, 980, 1200, 1200))
    sheet.paint(WOOD, box(0, 980, 1200, 994), *(box(0, y, 1200, y + 3) for y in (1050, 1130)))
    for x, colours in ((180, (TEAL, WHITE, SUN)), (1020, (SUN, WHITE, TEAL))):
        sheet.paint(SHADE, oval(x, 1030, 74, 12))
        sheet.paint(SUN, oval(x, 150, 18), box(x - 7, 160, x + 7, 1024), box(x - 54, 1012, x + 54, 1034, 8))
        for band, colour in enumerate(colours):
            left, right = x + 8 + band * 42 - 60, x + 50 + band * 42 - 60
            sheet.paint(
                colour,
                [
                    (left, 190),
                    (right, 190),
                    *bow((right, 190), (right + 26, 400), (right - 26, 560), (right + 4, 760)),
                    *reversed(bow((left, 190), (left + 26, 400), (left - 26, 560), (left + 4, 760))),
                ],
            )
    sheet.paint("#1d303f55", oval(600, 1092, 290, 26))
    sheet.paint(BARK, [(420, 560), (780, 560), (750, 1080), (450, 1080)])
    sheet.paint(WOOD, [(440, 580), (760, 580), (733, 1080), (467, 1080)])
    sheet.paint(BARK, box(400, 1068, 800, 1104, 8))
    sheet.paint(OAK, [(350, 470), (850, 470), (880, 560), (320, 560)])
    sheet.paint(WOOD, box(320, 556, 880, 586, 8))
    sheet.paint(WHITE, [(480, 482), (700, 482), (712, 538), (468, 538)])
    sheet.paint(MIST, *(box(500, y, 680 - y % 50, y + 6, 3) for y in (494, 508, 522)))
    emblem(sheet, 600, 770, 112)
    for side in (-1, 1):
        sheet.stroke(INK, 9, bow((600 + side * 120, 480), (600 + side * 130, 380), (600 + side * 36, 340)))
        sheet.paint(
            INK, turned(box(600 + side * 36 - 34, 322, 600 + side * 36 + 12, 354, 15), 600 + side * 36, 338, side * -38)
        )
    for x in (300, 900):
        _bouquet(sheet, x, 1100)
    return sheet


def _bouquet(sheet: Sheet, x: float, base: float) -> None:
    for degrees, part in ((-50, 150), (-25, 180), (0, 170), (25, 185), (50, 150)):
        sheet.paint(PINE if degrees % 50 else LEAF, leaf(x, base - 110, part, degrees, 0.5))
    for degrees, high, colour in (
        (-46, 120, ROSE),
        (-18, 165, SUN),
        (16, 150, CREAM),
        (46, 125, SUN),
        (0, 100, ROSE),
        (-32, 80, CREAM),
        (32, 82, ROSE),
    ):
        cx, cy = turned([(x, base - 110 - high)], x, base - 110, degrees)[0]
        sheet.paint(colour, *(oval(*turned([(cx, cy - 17)], cx, cy, turn)[0], 14) for turn in range(0, 360, 60)))
        sheet.paint(ORANGE, oval(cx, cy, 10))
    sheet.paint(CREAM, [(x - 62, base - 130), (x + 62, base - 130), (x + 44, base), (x - 44, base)])
    sheet.paint(MINT, [(x - 57, base - 96), (x + 57, base - 96), (x + 54, base - 72), (x - 54, base - 72)])


def vaccination() -> Sheet:
    """A vaccination booklet, a syringe, a plaster and a calendar sheet on a light table."""
    sheet = Sheet(900, "#dff0ee", "#c5e2df")
    sheet.paint("#ffffff66", oval(1010, 150, 260), oval(110, 850, 230))
    sheet.paint(SHADE, turned(box(180, 160, 600, 760, 22), 380, 450, -7))
    sheet.paint("#e2aa3f", turned(box(170, 148, 590, 748, 22), 380, 450, -7))
    sheet.paint(SUN, turned(box(196, 148, 590, 748, 22), 380, 450, -7))
    sheet.paint(WHITE, turned(oval(394, 370, 108), 380, 450, -7))
    sheet.paint(
        TEAL, turned(box(370, 300, 418, 440, 8), 380, 450, -7), turned(box(324, 346, 464, 394, 8), 380, 450, -7)
    )
    for row, share in enumerate((1.0, 0.7)):
        sheet.paint(
            "#22394a99",
            turned(box(394 - 120 * share, 560 + row * 44, 394 + 120 * share, 580 + row * 44, 10), 380, 450, -7),
        )
    sheet.paint(SHADE, box(710, 118, 1050, 428, 18))
    sheet.paint(WHITE, box(700, 108, 1040, 418, 18))
    sheet.paint(RED, box(700, 108, 1040, 176, 18), box(700, 150, 1040, 176))
    sheet.paint(STEEL, *(box(x, 86, x + 14, 136, 7) for x in (770, 863, 956)))
    for day in range(20):
        x, y = 730 + day % 5 * 60, 200 + day // 5 * 52
        sheet.paint(ICE, box(x, y, x + 42, y + 36, 7))
    sheet.paint(ORANGE, box(910, 252, 952, 288, 7))
    sheet.stroke(WHITE, 6, [(920, 270), (929, 279), (944, 262)])
    _syringe(sheet)
    plaster = turned(box(660, 720, 930, 800, 40), 800, 760, 12)
    sheet.paint(SHADE, [(x + 8, y + 9) for x, y in plaster])
    sheet.paint(ROSE, plaster)
    sheet.paint("#f6c9bb", turned(box(755, 728, 838, 792, 8), 800, 760, 12))
    sheet.paint(
        "#d88d7b", *(turned(oval(x, y, 4), 800, 760, 12) for x in (690, 714, 874, 898) for y in (744, 760, 776))
    )
    return sheet


def _syringe(sheet: Sheet) -> None:
    def part(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Shape:
        return turned(box(left, top, right, bottom, radius), 860, 570, -16)

    sheet.paint(SHADE, [(x + 8, y + 14) for x, y in part(700, 534, 980, 606, 12)])
    sheet.paint(STEEL, part(590, 566, 700, 574), part(980, 562, 1080, 578))
    sheet.paint(TEAL, part(672, 552, 706, 588, 6), part(1070, 524, 1094, 616, 8))
    sheet.paint("#f4fbfb", part(700, 534, 980, 606, 12))
    sheet.paint("#8fd0d0", part(708, 542, 880, 598, 8))
    sheet.paint(INK, part(880, 540, 908, 600, 4))
    sheet.paint(STEEL, part(908, 563, 980, 577), *(part(740 + k * 40, 540, 745 + k * 40, 562) for k in range(6)))
    sheet.paint(TEAL, part(968, 516, 988, 624, 8))


def fire_brigade_day() -> Sheet:
    """A fire engine before the station, bunting above, helmet and hose in front."""
    sheet = Sheet(800, "#cde7ee", CREAM)
    cloud(sheet, 960, 130, 100, WHITE)
    sheet.paint("#b5d4b4", land(sheet, (0, 430), (600, 330), (1200, 430)))
    for x, size in ((1030, 230), (1140, 280)):
        tree(sheet, x, 560, size)
    sheet.paint(CLAY, box(0, 560, 1200, 800))
    sheet.paint("#cdb083", box(0, 560, 1200, 566))
    sheet.paint("#f3dfc1", box(50, 190, 900, 580))
    sheet.paint("#a5443a", [(20, 200), (80, 110), (870, 110), (930, 200)])
    for x in (90, 370, 650):
        sheet.paint(WHITE, box(x, 260, x + 220, 580, 6))
        sheet.paint(MIST, *(box(x + 12, y, x + 208, y + 46, 4) for y in range(274, 570, 56)))
    sheet.paint(SKY, *(box(x + 12 + k * 50, 330, x + 54 + k * 50, 376, 4) for x in (90, 370, 650) for k in range(4)))
    _fire_engine(sheet)
    for left in (0, 400, 800):
        wire = bow((left, 40), (left + 200, 130), (left + 400, 40))
        sheet.stroke(INK, 3, wire)
        for (u, v), colour in zip(wire[3:48:7], (RED, SUN, TEAL, ORANGE, MINT, ROSE, LEAF), strict=True):
            sheet.paint(colour, [(u - 20, v), (u + 20, v), (u, v + 42)])
    sheet.paint(SHADE, oval(214, 738, 118, 12), oval(1010, 752, 120, 12))
    for radius, colour in ((105, CREAM), (78, "#e2d3b4"), (50, CREAM)):
        sheet.stroke(colour, 20, oval(1010, 724, radius, radius * 0.29))
    sheet.stroke(CREAM, 20, bow((1110, 730), (1150, 760), (1170, 700), (1230, 730)))
    sheet.paint(RED, [*bow((130, 720), (130, 600), (290, 600), (290, 720))], box(104, 708, 316, 736, 14))
    sheet.paint("#a93a31", box(202, 632, 218, 712, 8))
    sheet.paint(SUN, [(190, 660), (230, 660), (230, 690), (210, 706), (190, 690)])
    return sheet


def _fire_engine(sheet: Sheet) -> None:
    sheet.paint("#1d303f40", oval(620, 690, 400, 16))
    sheet.paint(RED, box(290, 330, 770, 640, 14), [(780, 360), (920, 360), (968, 480), (978, 640), (780, 640)])
    sheet.paint(INK, box(290, 620, 985, 650, 6), box(768, 380, 784, 630))
    sheet.paint(WHITE, box(290, 540, 770, 572), [(780, 540), (973, 540), (976, 572), (780, 572)])
    for x in (314, 466, 618):
        sheet.paint(MIST, box(x, 356, x + 134, 524, 6))
        sheet.paint("#b8c4ca", *(box(x, y, x + 134, y + 4) for y in range(378, 524, 24)))
    sheet.paint(
        "#c6e2ea", [(800, 384), (846, 384), (846, 480), (800, 480)], [(862, 384), (908, 384), (944, 480), (862, 480)]
    )
    sheet.paint(GLOW, [(872, 384), (892, 384), (884, 480), (866, 480)])
    sheet.paint(
        OAK,
        box(270, 296, 740, 308, 4),
        box(270, 318, 740, 328, 4),
        *(box(x, 298, x + 10, 328) for x in range(300, 730, 48)),
    )
    sheet.paint("#3d8fd155", oval(840, 340, 46))
    sheet.paint("#3d8fd1", box(812, 328, 868, 360, 12))
    sheet.paint(SUN, box(950, 590, 984, 616, 8))
    emblem(sheet, 826, 506, 17)
    for x in (400, 860):
        sheet.paint(INK, oval(x, 640, 66))
        wheel(sheet, x, 646, 56)


PICTURES: dict[str, Callable[[], Sheet]] = {
    "baumallee.jpg": lime_avenue,
    "bewerbungsmappe.jpg": application,
    "buecherei.jpg": library_night,
    "bürgerbüro.jpg": citizens_office,
    "feuerwehrtag.jpg": fire_brigade_day,
    "impfung.jpg": vaccination,
    "jungbaum.jpg": young_tree,
    "korrektur.jpg": correction,
    "kreistag.jpg": assembly_hall,
    "rednerpult.jpg": lectern,
    "raeumfahrzeug.jpg": snow_plough,
    "salzhalle.jpg": salt_hall,
    "serviceportal.jpg": service_portal,
    "strassensperrung.jpg": closed_road,
    "sturm.jpg": storm,
    "wahlurne.jpg": ballot_box,
}


def main() -> None:
    """Draw every picture into the folder named on the command line, or into posts/media."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).resolve().parent.parent / "posts" / "media"
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        draw().save(folder / name)


if __name__ == "__main__":
    main()
