"""What a network takes, in numbers: the data that rules and adapters both look at.

It must not know any network; each platform brings its own `Limits`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import NamedTuple

from kanal.model import Channel, Extra, Part

Counter = Callable[[str], int]


class PollLimits(NamedTuple):
    """What a network takes as a poll: number and length of the answers (counted by `len`), and minutes."""

    options: int
    option: int
    minutes_min: int
    minutes_max: int

    def with_numbers(self, own: Mapping[str, int]) -> "PollLimits":
        """These limits with a server's own numbers, by the names of the fields."""
        return self._replace(**{name: own[name] for name in self._fields if name in own})


class VideoLimits(NamedTuple):
    """What a network takes as a video: one in a post, and unless `alone` is False nothing beside it.

    `kinds` are media types, `codecs` and `sounds` FFmpeg's names for how picture and sound may be coded (none named:
    as the network converts whatever comes). Sizes in bytes; seconds and ratios (width / height) from the least to the
    most; `frame_rate` in pictures per second, `frame_rate_min` likewise; `bit_rate` of the pictures in bits per second;
    `pixels` of one picture, `sides` its longer and its shorter side at most, `side_min` either at least, `width` as it
    is held. With `index_first` the network begins to read before it has all of a file. `alt` is the length of an
    alternative text, 0 where there is none for videos. `captions` are the kinds of caption files that the network shows
    with a video.
    """

    kinds: frozenset[str]
    bytes: int
    alt: int
    codecs: frozenset[str] = frozenset()
    sounds: frozenset[str] = frozenset()
    seconds: tuple[float, float] | None = None
    frame_rate: int | None = None
    frame_rate_min: int | None = None
    bit_rate: int | None = None
    ratio: tuple[float, float] | None = None
    pixels: int | None = None
    sides: tuple[int, int] | None = None
    side_min: int | None = None
    width: int | None = None
    index_first: bool = False
    captions: frozenset[str] = frozenset()
    alone: bool = True

    def with_numbers(self, own: Mapping[str, int]) -> "VideoLimits":
        """These limits with a server's own numbers, by the names that `Limits.with_numbers` uses."""
        return self._replace(
            bytes=own.get("video_bytes", self.bytes),
            alt=own.get("alt", self.alt) if self.alt else 0,
            frame_rate=own.get("video_frame_rate", self.frame_rate),
            pixels=own.get("video_pixels", self.pixels),
        )


class GifLimits(NamedTuple):
    """What a network takes as a moving GIF: one in a post, and nothing beside it.

    `pixels` are those of all `frames` together, `sides` the longer and the shorter one; `None` sets no limit, and for
    `bytes` that of pictures.
    """

    bytes: int | None = None
    frames: int | None = None
    pixels: int | None = None
    sides: tuple[int, int] | None = None


class SchedulingLimits(NamedTuple):
    """What a network takes to publish later: how long ahead at least and at most, and how many may wait.

    `a_day` is how many may wait for one and the same day, as it is counted in UTC. `None` sets no limit.
    """

    least: timedelta
    most: timedelta | None = None
    total: int | None = None
    a_day: int | None = None


class Limits(NamedTuple):
    """What a network takes. Sizes in bytes, widths and heights in pixels, ratios as width / height.

    `count` is the network's own way to count `text`. `alt` is the length of an alternative text, 0 where there is none.
    `link_field` tells that a link travels beside the text and not in it. With `crops_to_first` all pictures get the
    proportions of the first. `*_advised` values draw a warning, the others an error. `expresses` is what a draft may
    ask for besides text, link and media. Without `video` the network gets none from kanal; without `gif`, one that
    moves is a picture. `story` is what holds for a story instead.
    """

    text: int
    count: Counter
    media_max: int
    media_types: frozenset[str]
    media_bytes: int
    alt: int
    media_min: int = 0
    link_field: bool = False
    link_clickable: bool = True
    pixels: int | None = None
    width_min: int | None = None
    ratio: tuple[float, float] | None = None
    crops_to_first: bool = False
    hashtags: int | None = None
    hashtags_advised: int | None = None
    mentions: int | None = None
    expresses: frozenset[Extra] = frozenset()
    poll: PollLimits | None = None
    video: VideoLimits | None = None
    gif: GifLimits | None = None
    story: "Limits | None" = None

    def of(self, part: Part) -> "Limits":
        """Those that hold for this part."""
        return self.story if part.story and self.story else self

    def length(self, part: Part) -> int:
        """How long a part is: the warning counts with the text, wherever there are warnings (Mastodon)."""
        return self.count(f"{part.warning}{part.text}" if part.warning else part.text)

    @property
    def gif_bytes(self) -> int:
        """How large a moving GIF may be."""
        return self.gif.bytes if self.gif and self.gif.bytes else self.media_bytes

    def for_channel(self, channel: Channel) -> "Limits":
        """These limits with the numbers that the channel's own server sets."""
        return self.with_numbers(channel.limits) if channel.limits else self

    def with_numbers(self, own: Mapping[str, int]) -> "Limits":
        """These limits with a server's own numbers.

        By the fields of `Limits` and `PollLimits`; those of `VideoLimits` begin with `video_`.
        """
        return self._replace(
            text=own.get("text", self.text),
            alt=own.get("alt", self.alt),
            media_max=own.get("media_max", self.media_max),
            media_bytes=own.get("media_bytes", self.media_bytes),
            poll=self.poll and self.poll.with_numbers(own),
            video=self.video and self.video.with_numbers(own),
            story=self.story and self.story.with_numbers(own),
        )
