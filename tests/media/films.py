"""Small real videos and moving GIFs for tests: one colour that changes, and silence on a sound track."""

import struct
from collections.abc import Mapping
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

from kanal.message import NOTHING
from tests.optional import require_av

RATE = 25
_SAMPLES = 1024


def film(
    path: Path,
    *,
    seconds: float = 4.0,
    size: tuple[int, int] = (320, 180),
    codec: str = "libx264",
    sound: str = "aac",
    rate: int = RATE,
    kind: str | None = None,
    about: Mapping[str, str] = NOTHING,
    fast: bool = False,
) -> Path:
    """Write a video; `sound` "" makes a silent one, `kind` is FFmpeg's name of another container, `about` metadata.

    `fast`: its index stands before the pictures ("fast start").
    """
    av = _library()
    with av.open(str(path), "w", format=kind, options={"movflags": "+faststart"} if fast else {}) as made:
        made.metadata.update(about)
        pictures = made.add_stream(codec, rate=rate)
        pictures.width, pictures.height, pictures.pix_fmt = *size, "yuv420p"
        pictures.codec_context.thread_count = 1
        heard = made.add_stream(sound, rate=44_100) if sound else None
        for number in range(round(seconds * rate)):
            made.mux(pictures.encode(_picture(size, number)))
        made.mux(pictures.encode())
        if heard:
            for place in range(0, round(seconds * 44_100), _SAMPLES):
                made.mux(heard.encode(_silence(heard, place)))
            made.mux(heard.encode())
    return path


def _library() -> Any:
    require_av()
    return import_module("av")


def hollow(path: Path, brand: bytes = b"isom", padding: int = 0) -> Path:
    """Write what is an MP4 by its structure, and holds no video: for what is told without looking into it."""
    boxes = [(b"ftyp", brand + bytes(4)), (b"moov", b""), (b"free", bytes(padding))]
    path.write_bytes(b"".join(struct.pack(">I", 8 + len(content)) + kind + content for kind, content in boxes))
    return path


def only_sound(path: Path) -> Path:
    """Write an MP4 that holds sound and no video."""
    av = _library()
    with av.open(str(path), "w") as made:
        heard = made.add_stream("aac", rate=44_100)
        made.mux(heard.encode(_silence(heard, 0)))
        made.mux(heard.encode())
    return path


def gif(path: Path, *, frames: int, size: tuple[int, int] = (40, 30)) -> Path:
    """Write a GIF that shows `frames` pictures one after the other."""
    from PIL import Image

    first, *others = [Image.new("L", size, 40 + number % 2) for number in range(frames)]
    first.save(path, save_all=True, append_images=others, duration=40)
    return path


def _picture(size: tuple[int, int], number: int) -> Any:
    av = _library()
    frame = av.VideoFrame(*size, "yuv420p")
    for plane in frame.planes:
        plane.update(bytes([number % 200]) * plane.buffer_size)
    frame.pts = number
    return frame


def _silence(stream: Any, place: int) -> Any:
    av = _library()
    frame = av.AudioFrame(format="fltp", layout=stream.layout.name, samples=_SAMPLES)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate, frame.pts, frame.time_base = 44_100, place, Fraction(1, 44_100)
    return frame
