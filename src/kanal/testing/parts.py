"""Parts to publish in tests, with real pictures that every network takes, and a video made with PyAV, kept as text."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from kanal.limits import Limits
from kanal.model import Part, Picture

GREEN_BIN = "Die Biotonne wird am Dienstag geleert."


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes parts that fit `limits`; pictures are written into `folder`."""

    limits: Limits
    folder: Path

    def write(self, text: str = GREEN_BIN, *, pictures: int = 0, link: str | None = None) -> Part:
        """A part with at least as many pictures as the network demands, and the link where the network wants it."""
        media = tuple(self.picture(number) for number in range(max(pictures, self.limits.media_min)))
        if link is None or self.limits.link_field:
            return Part(text, "de", link, media)
        return Part(f"{text}\n{link}", "de", None, media)

    def picture(self, number: int) -> Picture:
        """A JPEG of 640 × 640 pixels in a colour of its own."""
        from PIL import Image

        file = self.folder / f"bild-{number}.jpg"
        if not file.exists():
            Image.new("RGB", (640, 640), (20 * number % 256, 90, 160)).save(file, "JPEG", quality=60)
        return Picture(file, f"Straße mit {number} Bäumen „im Grünen“", "Landkreis", "CC0-1.0")

    def film(self, text: str = GREEN_BIN, *, bytes_: int = 0) -> Part:
        """A part with a video of a second, padded to `bytes_` on a disk that need not keep them, and captions."""
        file, captions = self.folder / f"film-{bytes_}.mp4", self.folder / "film.de.vtt"
        write_film(file, bytes_)
        captions.write_text("WEBVTT\n\n00:00.000 --> 00:00.500\n[Motor brummt]\n", encoding="utf-8")
        video = Picture(file, "Ein Räumfahrzeug im Schnee", "Landkreis", "CC0-1.0", captions=captions)
        return Part(text, "de", None, (video,))

    def gif(self) -> Picture:
        """A GIF of two pictures."""
        from PIL import Image

        file = self.folder / "zeichen.gif"
        first, second = Image.new("L", (320, 240), 90), Image.new("L", (320, 240), 160)
        first.save(file, "GIF", save_all=True, append_images=[second], duration=200)
        return Picture(file, "Ein Warnlicht blinkt", "Landkreis", "CC0-1.0")


def digests(part: Part) -> Sequence[str]:
    """SHA-256 of each picture's bytes, in order."""
    return [sha256(picture.file.read_bytes()).hexdigest() for picture in part.media]


def write_film(file: Path, bytes_: int = 0) -> None:
    """Write a real MP4 (H.264 and AAC, 320 × 180, a second long), padded to at least `bytes_` with a box of nothing."""
    content = b64decode(files("kanal.testing").joinpath("film.b64").read_text("ascii"))
    padding = max(bytes_ - len(content), 0)
    with file.open("wb") as made:
        made.write(content)
        if padding:
            size = max(padding, 8)
            made.write(size.to_bytes(4) + b"free")
            made.truncate(len(content) + size)
