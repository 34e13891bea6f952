"""Whether a part fits a network, asked once more right before it is sent.

`lint` asks the same in advance; this is the last look of an adapter, with the numbers that the network's own server
gives today. This module must not know any network. It opens pictures only to see what kind they are; videos are
measured where PyAV is installed.
"""

from collections.abc import Iterator
from pathlib import Path

from kanal.errors import Rejected, Unavailable
from kanal.limits import Limits, PollLimits
from kanal.media.container import HEAD, kind_of
from kanal.message import Message, msg
from kanal.model import Part, Picture, Poll
from kanal.moving import animation_of, long_alt, stands_alone, video_problems
from kanal.part_extras import asked_in
from kanal.video_fits import gif_misfits

_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def refuse_misfits(part: Part, limits: Limits) -> None:
    """Raise `Rejected` with the numbers for the first limit that `part` breaks, before anything is sent."""
    for problem in _problems(part, limits.of(part)):
        raise Rejected(problem)


def media_type(picture: Picture) -> str:
    """The kind of a picture or video by its first bytes, as an IANA media type.

    Raises `Unavailable` for an unreadable file.
    """
    head = _head(picture.file)
    if picture.is_video:
        return kind_of(head) or "application/octet-stream"
    for start, kind in _SIGNATURES:
        if head.startswith(start):
            return kind
    return "image/webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else "application/octet-stream"


def _problems(part: Part, limits: Limits) -> Iterator[Message]:
    yield from _extra_problems(part, limits)
    length = limits.length(part)
    if length > limits.text:
        yield msg(
            "The text has {length} characters; the network takes {limit} at most.", length=length, limit=limits.text
        )
    if part.link and not limits.link_field:
        yield msg("The network has no field for a link; it must stand in the text.")
    yield from _media_problems(part, limits)
    if not part.text.strip() and not part.media and not part.link:
        yield msg("The post is empty.")
    if part.poll and limits.poll:
        yield from (message for _, message in poll_problems(part, part.poll, limits.poll))


def _media_problems(part: Part, limits: Limits) -> Iterator[Message]:
    count = len(part.media)
    if count > limits.media_max:
        yield msg(
            "Pictures in the post: {count}; the network takes {limit} at most.", count=count, limit=limits.media_max
        )
    if count < limits.media_min:
        yield msg(
            "Pictures in the post: {count}; the network wants {limit} at least.", count=count, limit=limits.media_min
        )
    if count > 1 and any(stands_alone(media, limits) for media in part.media):
        yield msg("A video or a moving GIF must be the only one in its post.")
    for media in part.media:
        yield from video_problems(media, limits) if media.is_video else _picture_problems(media, limits)


def _extra_problems(part: Part, limits: Limits) -> Iterator[Message]:
    for extra in asked_in(part):
        if extra not in limits.expresses:
            yield msg("The network cannot express “{key}”.", key=str(extra))
    for clash in (quote_problem(part), story_problem(part)):
        if clash:
            yield clash
    if part.poll and limits.poll:
        yield from (message for _, message in poll_problems(part, part.poll, limits.poll))


def quote_problem(part: Part) -> Message | None:
    """Mastodon takes no quotation with pictures or a poll (https://docs.joinmastodon.org/methods/statuses/#create)."""
    if part.quote is None or not (part.media or part.poll):
        return None
    return msg("A quotation cannot stand in one post with pictures or a poll. Put them into the thread.")


def story_problem(part: Part) -> Message | None:
    """Instagram's stories have no caption, and stickers cannot be sent (IG User media, “Story limitations”)."""
    if not part.story or not part.text.strip():
        return None
    return msg(
        "A story shows no text. Put the words into the picture, and say under variants that the text is left out:"
        " leave_out: [text]."
    )


def poll_problems(part: Part, poll: Poll, limits: PollLimits) -> Iterator[tuple[str, Message]]:
    """What a network does not take of a poll, each with the key below `poll` that it is about."""
    if len(poll.options) > limits.options:
        yield (
            "options",
            msg(
                "The poll has {count} answers; the network takes {limit} at most.",
                count=len(poll.options),
                limit=limits.options,
            ),
        )
    for number, option in enumerate(poll.options):
        if len(option) > limits.option:
            yield (
                f"options[{number}]",
                msg(
                    "The answer “{option}” has {length} characters; the network takes {limit} at most.",
                    option=option,
                    length=len(option),
                    limit=limits.option,
                ),
            )
    if not limits.minutes_min <= poll.minutes <= limits.minutes_max:
        yield (
            "ends_after",
            msg(
                "The poll runs for {minutes} minutes; the network takes {least} to {most}.",
                minutes=poll.minutes,
                least=limits.minutes_min,
                most=limits.minutes_max,
            ),
        )
    if part.media:
        yield "", msg("A poll and pictures cannot stand in one post. Put the pictures into the thread.")


def _picture_problems(picture: Picture, limits: Limits) -> Iterator[Message]:
    name, kind = picture.file.name, media_type(picture)
    if kind not in limits.media_types:
        yield msg(
            "“{file}” is of the kind {kind}; the network takes {kinds}.",
            file=name,
            kind=kind,
            kinds=", ".join(sorted(limits.media_types)),
        )
    size = picture.file.stat().st_size
    moving = animation_of(picture.file) if limits.gif else None
    if moving:
        yield from gif_misfits(moving, size, limits)
    elif size > limits.media_bytes:
        yield msg(
            "“{file}” has {size} bytes; the network takes {limit} at most.",
            file=name,
            size=size,
            limit=limits.media_bytes,
        )
    if len(picture.alt) > limits.alt > 0:
        yield long_alt(picture, limits.alt)


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD)
    except OSError as error:
        raise Unavailable(
            msg("The picture “{file}” cannot be read: {reason}.", file=file.name, reason=error.strerror or ""),
            needs_person=True,
        ) from error
