"""Parts to publish in tests, with real pictures that every network takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
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


def digests(part: Part) -> Sequence[str]:
    """SHA-256 of each picture's bytes, in order."""
    return [sha256(picture.file.read_bytes()).hexdigest() for picture in part.media]
