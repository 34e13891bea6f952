"""What a network does not take of a video, its captions, or a moving GIF, in sentences with the numbers.

`lint` says it with line and column, an adapter right before it sends. This module must not know any network, and opens
no file.
"""

from collections.abc import Iterator
from pathlib import Path

from kanal.limits import GifLimits, Limits, VideoLimits
from kanal.media.gif import Animation
from kanal.media.video import VideoFacts
from kanal.message import Message, msg

NETWORK = msg("the network")
MEGABIT = 1_000_000
CAPTION_KINDS = {".vtt": "text/vtt", ".srt": "text/srt"}
"""Media types of caption files by their suffix."""
_NAMES = {"video/mp4": "MP4", "video/quicktime": "QuickTime", "video/webm": "WebM", "video/x-matroska": "Matroska"}


def file_misfits(kind: str, size: int, limits: VideoLimits, channel: Message | str = NETWORK) -> Iterator[Message]:
    """What can be told of a video of this media type and of `size` bytes without any package."""
    if kind not in limits.kinds:
        yield msg(
            "The video is a file of the kind {kind}; {channel} takes: {kinds}. Export it as MP4.",
            kind=_NAMES.get(kind, kind),
            channel=channel,
            kinds=_listed(_NAMES.get(name, name) for name in limits.kinds),
        )
    if size > limits.bytes:
        yield msg(
            "The video has {bytes} bytes; {channel} takes {limit} at most. Export it shorter or with a lower bit rate.",
            bytes=size,
            channel=channel,
            limit=limits.bytes,
        )


def video_misfits(facts: VideoFacts, limits: VideoLimits, channel: Message | str = NETWORK) -> Iterator[Message]:
    """What is in the way of a measured video."""
    yield from file_misfits(facts.media_type, facts.bytes, limits, channel)
    yield from _coding_misfits(facts, limits, channel)
    yield from _time_misfits(facts, limits, channel)
    yield from _shape_misfits(facts, limits, channel)
    yield from _stream_misfits(facts, limits, channel)


def gif_misfits(moving: Animation, size: int, limits: Limits, channel: Message | str = NETWORK) -> Iterator[Message]:
    """What is in the way of a moving GIF of `size` bytes."""
    if size > limits.gif_bytes:
        yield msg(
            "The GIF has {bytes} bytes; {channel} takes {limit} at most.",
            bytes=size,
            channel=channel,
            limit=limits.gif_bytes,
        )
    takes = limits.gif or GifLimits()
    if takes.frames and moving.frames > takes.frames:
        yield msg(
            "The GIF has {frames} pictures; {channel} takes {limit} at most.",
            frames=moving.frames,
            channel=channel,
            limit=takes.frames,
        )
    pixels = moving.width * moving.height * moving.frames
    if takes.pixels and pixels > takes.pixels:
        yield msg(
            "The pictures of the GIF have {pixels} pixels together; {channel} takes {limit} at most.",
            pixels=pixels,
            channel=channel,
            limit=takes.pixels,
        )
    if takes.sides and not _is_within(moving[:2], takes.sides):
        yield msg(
            "The GIF is {width} × {height} pixels large; {channel} takes {long} × {short} at most.",
            width=moving.width,
            height=moving.height,
            channel=channel,
            long=takes.sides[0],
            short=takes.sides[1],
        )


def caption_kind(file: Path) -> str:
    """The media type of a caption file, from its name; an empty string for another suffix."""
    return CAPTION_KINDS.get(file.suffix.lower(), "")


def _coding_misfits(facts: VideoFacts, limits: VideoLimits, channel: Message | str) -> Iterator[Message]:
    if limits.codecs and facts.codec not in limits.codecs:
        yield msg(
            "The picture is coded as {codec}; {channel} takes: {codecs}. Export the video as MP4 with H.264 and AAC.",
            codec=facts.codec,
            channel=channel,
            codecs=_listed(limits.codecs),
        )
    if limits.sounds and facts.sound and facts.sound not in limits.sounds:
        yield msg(
            "The sound is coded as {codec}; {channel} takes: {codecs}. Export the video as MP4 with H.264 and AAC.",
            codec=facts.sound,
            channel=channel,
            codecs=_listed(limits.sounds),
        )


def _time_misfits(facts: VideoFacts, limits: VideoLimits, channel: Message | str) -> Iterator[Message]:
    if limits.seconds and not limits.seconds[0] <= facts.seconds <= limits.seconds[1]:
        yield msg(
            "The video takes {seconds} seconds; {channel} takes {least} to {most}.",
            seconds=f"{facts.seconds:.1f}",
            channel=channel,
            least=f"{limits.seconds[0]:g}",
            most=f"{limits.seconds[1]:g}",
        )
    # Cameras count 60 000 pictures in 1001 seconds or a little more.
    if limits.frame_rate and round(facts.frame_rate) > limits.frame_rate:
        yield msg(
            "The video has {rate} pictures a second; {channel} takes {limit} at most.",
            rate=f"{facts.frame_rate:g}",
            channel=channel,
            limit=limits.frame_rate,
        )
    if limits.frame_rate_min and round(facts.frame_rate) < limits.frame_rate_min:
        yield msg(
            "The video has {rate} pictures a second; {channel} wants {limit} at least.",
            rate=f"{facts.frame_rate:g}",
            channel=channel,
            limit=limits.frame_rate_min,
        )


def _shape_misfits(facts: VideoFacts, limits: VideoLimits, channel: Message | str) -> Iterator[Message]:
    size = (facts.width, facts.height)
    if limits.pixels and facts.width * facts.height > limits.pixels:
        yield msg(
            "A picture of the video has {pixels} pixels; {channel} takes {limit} at most.",
            pixels=facts.width * facts.height,
            channel=channel,
            limit=limits.pixels,
        )
    if limits.sides and not _is_within(size, limits.sides):
        yield msg(
            "The video is {width} × {height} pixels large; {channel} takes {long} × {short} at most."
            " Export it with 1280 × 720.",
            width=facts.width,
            height=facts.height,
            channel=channel,
            long=limits.sides[0],
            short=limits.sides[1],
        )
    if limits.side_min and min(size) < limits.side_min:
        yield msg(
            "The video is {width} × {height} pixels large; {channel} wants {limit} on each side at least.",
            width=facts.width,
            height=facts.height,
            channel=channel,
            limit=limits.side_min,
        )
    if limits.width and facts.width > limits.width:
        yield msg(
            "The video is {width} pixels wide; {channel} takes {limit} at most. Export it smaller.",
            width=facts.width,
            channel=channel,
            limit=limits.width,
        )
    if limits.ratio and not limits.ratio[0] <= facts.ratio <= limits.ratio[1]:
        yield msg(
            "The video's proportions (width to height {ratio}) do not suit {channel}, which takes {low} to {high}.",
            ratio=f"{facts.ratio:.2f}",
            channel=channel,
            low=f"{limits.ratio[0]:.2f}",
            high=f"{limits.ratio[1]:.2f}",
        )


def _stream_misfits(facts: VideoFacts, limits: VideoLimits, channel: Message | str) -> Iterator[Message]:
    if limits.bit_rate and facts.bit_rate > limits.bit_rate:
        yield msg(
            "The video has {rate} megabits a second; {channel} takes {limit} at most. Export it with a lower bit rate.",
            rate=f"{facts.bit_rate / MEGABIT:.1f}",
            channel=channel,
            limit=f"{limits.bit_rate / MEGABIT:g}",
        )
    if limits.index_first and not facts.index_first:
        yield msg(
            "The index of the video stands at the end of the file; {channel} wants it at the beginning. Export it with"
            " “fast start” (also called “web optimised”).",
            channel=channel,
        )


def _is_within(size: tuple[int, int], sides: tuple[int, int]) -> bool:
    """Whether a picture fits, whichever way it is held."""
    return max(size) <= sides[0] and min(size) <= sides[1]


def _listed(names: Iterator[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names))
