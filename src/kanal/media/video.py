"""Measuring videos with PyAV, where the optional package `av` is installed: codec, length, size, frames, sound.

The first picture is decoded, so that a file which only looks like a video is found. This module must not know what a
network takes, nor change a file. FFmpeg is told which kind of file it gets and reads nothing but that one file: a
playlist under the name of a video must not make it fetch anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from kanal.media.container import (
    HEAD,
    MATROSKA,
    MP4,
    OGG,
    QUICKTIME,
    WEBM,
    is_index_first,
    is_whole,
    kind_of,
)
from kanal.media.opening import PIXELS_MAX, UnreadableMedia, found, no_file
from kanal.message import msg

_SUFFIXES = {".mp4": MP4, ".m4v": MP4, ".mov": QUICKTIME, ".webm": WEBM, ".mkv": MATROSKA, ".ogv": OGG}
_DEMUXERS = {
    MP4: "mov",
    QUICKTIME: "mov",
    WEBM: "matroska",
    MATROSKA: "matroska",
    OGG: "ogg",
}
"""FFmpeg's names. The others it tells apart by itself; no playlist begins as they do."""
_MICROSECONDS = 1_000_000
"""In which FFmpeg counts a file's length (AV_TIME_BASE)."""


class VideoFacts(NamedTuple):
    """What a video is, from its content; only `expected_type` comes from its name (`None`: no known suffix).

    `bytes` is the size of the file; width and height are pixels as they are stored, a camera's rotation not applied;
    `frame_rate` is the average per second. `codec` and `sound` are FFmpeg's names (`h264`, `aac`); `sound` is "" for a
    silent one; `bit_rate` is that of the pictures, per second, 0 where the file does not tell. `index_first`: what is
    where stands before the pictures, so that it can be shown before all of it is there. `has_place`: the file says
    where it was taken.
    """

    media_type: str
    bytes: int
    seconds: float
    width: int
    height: int
    frame_rate: float
    codec: str
    sound: str
    has_place: bool
    expected_type: str | None
    bit_rate: int = 0
    index_first: bool = True

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.width / self.height


def check_video(path: Path) -> str:
    """The media type of a video, from its content. Needs no package.

    Raises `UnreadableMedia` for a file that is missing, empty, cut off, or no video.
    """
    size = found(path).st_size
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD))
        if size == 0:
            raise UnreadableMedia(msg("“{file}” is empty. Export or copy the video once more.", file=path.name))
        if not kind:
            raise UnreadableMedia(
                msg("“{file}” is not a video, whatever its name says. Export it as MP4.", file=path.name)
            )
        if not is_whole(path, kind):
            raise UnreadableMedia(
                msg("“{file}” is cut off: its end is missing. Export or copy the video once more.", file=path.name)
            )
    except OSError as error:
        raise no_file(path, error) from error
    return kind


def measure_video(path: Path) -> VideoFacts | None:
    """The facts about a video; `None` where `av` is not installed. Raises `UnreadableMedia` as `check_video` does."""
    kind = check_video(path)
    av = _library()
    if av is None:
        return None
    with _translated(path, av), av.open(str(path), format=_DEMUXERS.get(kind)) as container:
        stream = _video_stream(path, container)
        frame = next(container.decode(stream))
        length = container.duration / _MICROSECONDS if container.duration else _length(stream)
        return VideoFacts(
            media_type=kind,
            bytes=path.stat().st_size,
            seconds=round(float(length), 3),
            width=frame.width,
            height=frame.height,
            frame_rate=round(float(stream.average_rate or 0), 3),
            codec=str(stream.codec_context.name),
            sound=_codec(container.streams.audio[0]) if container.streams.audio else "",
            has_place=any("location" in name.lower() for name in _metadata(container)),
            expected_type=_SUFFIXES.get(path.suffix.lower()),
            bit_rate=int(stream.codec_context.bit_rate or 0),
            index_first=is_index_first(path, kind),
        )


def _video_stream(path: Path, container: Any) -> Any:
    """The first one, ready to be decoded. Raises `UnreadableMedia` where there is none that can be."""
    if not container.streams.video:
        raise UnreadableMedia(msg("“{file}” holds sound, but no video. Export it as MP4.", file=path.name))
    stream = container.streams.video[0]
    codec = stream.codec_context
    if codec is None:
        raise UnreadableMedia(
            msg("“{file}” is coded in a way that nobody knows. Export it as MP4 with H.264 and AAC.", file=path.name)
        )
    if codec.width * codec.height > PIXELS_MAX:
        raise UnreadableMedia(
            msg("“{file}” has more pixels than any network shows. Export it with 1280 × 720.", file=path.name)
        )
    codec.thread_count = 1  # threads of its own would be lost in a copy of the process
    return stream


def _codec(stream: Any) -> str:
    """FFmpeg's name of how a stream is coded."""
    return str(stream.codec_context.name) if stream.codec_context else "unknown"


def _length(stream: Any) -> float:
    return float(stream.duration * stream.time_base) if stream.duration else 0.0


def _metadata(container: Any) -> Iterator[str]:
    """The names of everything that the file says about itself, such as `com.apple.quicktime.location.ISO6709`."""
    yield from container.metadata
    for stream in container.streams:
        yield from stream.metadata


def _library() -> Any:
    try:
        return import_module("av")  # by name: nothing but a video needs it
    except ImportError:
        return None


@contextmanager
def _translated(path: Path, av: Any) -> Iterator[None]:
    try:
        yield
    # A file without a single picture ends the search for the first; decoders raise the others for broken content.
    except (av.FFmpegError, StopIteration, ValueError, RuntimeError, ArithmeticError) as error:
        raise UnreadableMedia(
            msg("“{file}” is damaged, or its video cannot be read. Export it once more as MP4.", file=path.name)
        ) from error
