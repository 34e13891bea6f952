"""Whether a video or a moving GIF fits a network, asked with the file at hand right before it is sent.

Videos are measured where PyAV is installed; without it, kind and size are looked at, and `lint` has said so. This
module must not know any network.
"""

from collections.abc import Iterator
from pathlib import Path

from kanal.errors import Unavailable
from kanal.limits import Limits
from kanal.media.gif import Animation, animation
from kanal.media.opening import UnreadableMedia
from kanal.media.structure import Broken
from kanal.media.video import check_video, measure_video
from kanal.message import Message, msg
from kanal.model import Picture
from kanal.video_fits import caption_kind, file_misfits, video_misfits


def stands_alone(media: Picture, limits: Limits) -> bool:
    """Whether the network takes nothing else beside it in a post. Raises `Unavailable` for an unreadable file."""
    if media.is_video:
        return limits.video is None or limits.video.alone
    return limits.gif is not None and animation_of(media.file) is not None


def animation_of(file: Path) -> Animation | None:
    """What a GIF of several pictures shows; `None` for any other file. Raises `Unavailable` for an unreadable one."""
    try:
        with file.open("rb") as opened:
            head = opened.read(4)
            content = head + opened.read() if head == b"GIF8" else b""
    except OSError as error:
        raise Unavailable(
            msg("The picture “{file}” cannot be read: {reason}.", file=file.name, reason=error.strerror or ""),
            needs_person=True,
        ) from error
    try:
        found = animation(content) if content else None
    except Broken:
        return None  # nothing is known of its pictures: it is treated as one, and the network has the last word
    return found if found and found.frames > 1 else None


def video_problems(video: Picture, limits: Limits) -> Iterator[Message]:
    """What is in the way of a video, with its alternative text and captions."""
    if limits.video is None:
        yield msg("kanal cannot send a video to this network.")
        return
    try:
        facts = measure_video(video.file)
        kind = facts.media_type if facts else check_video(video.file)
    except UnreadableMedia as error:
        yield error.message
        return
    if facts:
        yield from video_misfits(facts, limits.video)
    else:
        yield from file_misfits(kind, video.file.stat().st_size, limits.video)
    if len(video.alt) > limits.video.alt > 0:
        yield long_alt(video, limits.video.alt)
    if video.captions and limits.video.captions:
        if not video.captions.is_file():
            yield msg("There is no file “{file}”.", file=video.captions.name)
        elif caption_kind(video.captions) not in limits.video.captions:
            yield msg("“{file}” is no caption file that the network takes.", file=video.captions.name)


def long_alt(media: Picture, limit: int) -> Message:
    """Says that an alternative text is longer than the network takes."""
    return msg(
        "The alternative text of “{file}” has {length} characters; the network takes {limit} at most.",
        file=media.file.name,
        length=len(media.alt),
        limit=limit,
    )
