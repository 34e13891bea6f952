"""Picture files for tests, drawn and put together here: nobody's photograph, nobody's data."""

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

BERLIN = {1: "N", 2: (52.0, 31.0, 12.5), 3: "E", 4: (13.0, 24.0, 36.0)}
"""The fields of a GPS directory."""


def picture(path: Path, size: tuple[int, int] = (60, 40), **options: Any) -> Path:
    noise = Image.effect_noise(size, 80).convert("RGB")
    noise.save(path, **options)
    return path


def moving(path: Path, **options: Any) -> Path:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:], **options)
    return path


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(path: Path, side: int = 20_000) -> Path:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = png_chunk(b"IDAT", zlib.compress(bytes(1000)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + data + png_chunk(b"IEND", b""))
    return path


def with_segment(path: Path, marker: int, data: bytes) -> Path:
    """Put a segment at the beginning of a JPEG."""
    content = path.read_bytes()
    path.write_bytes(content[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data + content[2:])
    return path


def with_chunk(path: Path, kind: bytes, data: bytes) -> Path:
    """Put a chunk before the end of a PNG."""
    content = path.read_bytes()
    path.write_bytes(content[:-12] + png_chunk(kind, data) + content[-12:])
    return path


def with_tail(path: Path, data: bytes) -> Path:
    path.write_bytes(path.read_bytes() + data)
    return path


def exif(main: Mapping[int, Any] | None = None, **directories: Mapping[int, Any]) -> Image.Exif:
    """EXIF as Pillow writes it; `photo` and `gps` are the directories of these names."""
    block = Image.Exif()
    # Pillow takes a block for empty that has nothing but further directories.
    for number, value in {0x010F: "Maker", **(main or {})}.items():
        block[number] = value
    for name, number in (("photo", 0x8769), ("gps", 0x8825)):
        if name in directories:
            block.get_ifd(number).update(directories[name])
            block[number] = dict(directories[name])
    return block


def directory(fields: Mapping[int, bytes], start: int, order: str = "<", following: int = 0) -> bytes:
    """One TIFF directory with its values behind it, whose offsets count so that it begins at `start`."""
    entries, values = b"", b""
    behind = start + 2 + 12 * len(fields) + 4
    for number, value in sorted(fields.items()):
        inline = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}I", behind + len(values))
        entries += struct.pack(f"{order}HHI", number, 7, len(value)) + inline
        values += value if len(value) > 4 else b""
    return struct.pack(f"{order}H", len(fields)) + entries + struct.pack(f"{order}I", following) + values


def iptc(number: int, text: bytes) -> bytes:
    return bytes((0x1C, 2, number)) + struct.pack(">H", len(text)) + text


def photoshop(records: bytes, name: bytes = b"\0\0") -> bytes:
    other = b"8BIM\x04\x0c\0\0" + struct.pack(">I", 3) + b"abc\0"
    return b"Photoshop 3.0\0" + other + b"8BIM\x04\x04" + name + struct.pack(">I", len(records)) + records


def xmp(inside: str, attributes: str = "") -> bytes:
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" {attributes}>{inside}</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def crowd(path: Path, count: int, **options: Any) -> Path:
    """Faces as a child would paint them, 160 pixels each, on a wall."""
    wall = Image.new("RGB", (40 + 200 * max(count, 1), 240), (150, 160, 150))
    for index in range(count):
        wall.paste(_face().resize((160, 160)), (40 + 200 * index, 40))
    wall.save(path, **options)
    return path


def _face() -> Image.Image:
    skin, shade, hair = (224, 172, 140), (180, 138, 112), (60, 40, 30)
    drawn = Image.new("RGB", (400, 400), (120, 140, 160))
    draw = ImageDraw.Draw(drawn)
    draw.ellipse((60, 10, 340, 330), fill=hair)
    draw.rectangle((150, 300, 250, 400), fill=shade)
    draw.ellipse((95, 90, 305, 370), fill=skin)
    for x in (145, 255):
        draw.ellipse((x - 32, 168, x + 32, 206), fill=shade)
        draw.ellipse((x - 24, 174, x + 24, 202), fill="white")
        draw.ellipse((x - 12, 175, x + 12, 201), fill=hair)
        draw.arc((x - 36, 140, x + 36, 185), 200, 340, fill=hair, width=9)
    draw.polygon([(200, 190), (180, 262), (220, 262)], fill=shade)
    draw.ellipse((155, 290, 245, 325), fill=(170, 80, 80))
    draw.line((157, 306, 243, 306), fill=(90, 40, 40), width=4)
    return drawn.filter(ImageFilter.GaussianBlur(3))
