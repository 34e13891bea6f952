"""What a channel's own server takes, against what was counted by until now; and kept for whoever counts next."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from kanal.config.told_limits import remember_limits
from kanal.doctor.observation import Check, Observation, ok, warning
from kanal.limits import Limits
from kanal.message import Message, mark, msg
from kanal.model import Channel
from kanal.verification import Verification

NAMES: Mapping[str, str] = {
    "text": mark("characters"),
    "alt": mark("characters of alternative text"),
    "media_max": mark("pictures"),
    "media_bytes": mark("bytes of a picture"),
    "video_bytes": mark("bytes of a video"),
    "video_frame_rate": mark("pictures a second"),
    "video_pixels": mark("pixels of a video"),
    "options": mark("answers of a poll"),
    "option": mark("characters of an answer"),
    "minutes_min": mark("minutes of a poll at least"),
    "minutes_max": mark("minutes of a poll at most"),
}
"""The numbers in words."""


def limits(channel: Channel, told: Verification, usual: Limits) -> Iterator[Observation]:
    """What a real network's server takes less than was counted by, or otherwise than is usual."""
    less = _less(told, usual.for_channel(channel))
    if not less:
        yield from _others(told, usual)
    elif any(f"limits.{name}" in channel.places for name in less):
        advice = msg("Correct “limits” of this channel in config/channels.yaml; it wins over what the server says.")
        yield warning(Check.LIMITS, _takes_less(less), advice)
    else:
        yield warning(Check.LIMITS, _takes_less(less), msg("kanal lint holds drafts against it from now on."))


def practised_limits(told: Verification, usual: Limits) -> Iterator[Observation]:
    """The same for a practice network, whose numbers hold for nobody."""
    less = _less(told, usual)
    if less:
        yield warning(Check.LIMITS, _takes_less(less), msg("This is a practice network: nothing is counted by it."))
    else:
        yield from _others(told, usual)


def keep(channel: Channel, told: Verification, state: Path, now: datetime) -> Iterator[Observation]:
    """Keep the numbers; say so only where that fails."""
    try:
        remember_limits(channel, told.limits, state, now)
    except OSError as trouble:
        yield warning(
            Check.LIMITS,
            msg("{file} cannot be used: {reason}.", file=trouble.filename or "?", reason=trouble.strerror or "?"),
            msg("Check the rights of the project's folder, and that the disk is not full."),
        )


def numbers_of(limits: Limits) -> Mapping[str, int]:
    """The numbers of limits, by the names that `Limits.with_numbers` uses."""
    found: dict[str, int | None] = {name: getattr(limits, name) for name in ("text", "alt", "media_max", "media_bytes")}
    if limits.video:
        video = limits.video
        found |= {"video_bytes": video.bytes, "video_frame_rate": video.frame_rate, "video_pixels": video.pixels}
    if limits.poll:
        found |= limits.poll._asdict()
    return {name: number for name, number in found.items() if number is not None}


def _less(told: Verification, counted: Limits) -> Mapping[str, int]:
    """The server's numbers that leave less room than those that were counted by."""
    numbers = numbers_of(counted)
    return {name: number for name, number in told.limits.items() if _is_less(name, number, numbers.get(name))}


def _takes_less(less: Mapping[str, int]) -> Message:
    return msg("The server takes less than kanal counted on: {numbers}.", numbers=_said(less))


def _others(told: Verification, usual: Limits) -> Iterator[Observation]:
    """What the server takes otherwise than is usual; nothing where it has no numbers of its own."""
    common = numbers_of(usual)
    other = {name: number for name, number in told.limits.items() if number != common.get(name, number)}
    if told.limits:
        yield ok(Check.LIMITS, _said(other) if other else msg("as usual"))


def _is_less(name: str, number: int, counted: int | None) -> bool:
    if counted is None:
        return False
    return number > counted if name.endswith("_min") else number < counted


def _said(numbers: Mapping[str, int]) -> Message:
    """`characters: 500, pictures: 4`, in the reader's language."""
    parts = [
        msg("{what}: {number}", number=number, what=Message(NAMES[name]))
        for name, number in numbers.items()
        if name in NAMES
    ]
    said = parts[0]
    for part in parts[1:]:
        said = msg("{one}, {two}", one=said, two=part)
    return said
