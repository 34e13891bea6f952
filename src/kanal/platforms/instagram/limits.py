"""What Instagram takes: posts, reels and stories (docs/networks.md#instagram-limits).

`lint` reads it, so nothing heavy is imported here.
"""

from kanal.limits import Limits, VideoLimits
from kanal.model import Extra


def _length(text: str) -> int:
    from kanal.text import instagram_length

    return instagram_length(text)


# https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media , “Reel
# specifications” and “Story specifications”.
_REEL = VideoLimits(
    kinds=frozenset({"video/mp4", "video/quicktime"}),
    bytes=300_000_000,
    alt=0,
    codecs=frozenset({"h264", "hevc"}),
    sounds=frozenset({"aac"}),
    seconds=(3.0, 900.0),
    frame_rate=60,
    frame_rate_min=23,
    bit_rate=25_000_000,
    ratio=(0.01, 10.0),
    width=1920,
    index_first=True,
    alone=False,
)
_STORY = Limits(
    text=2_200,
    count=_length,
    media_min=1,
    media_max=1,
    media_types=frozenset({"image/jpeg"}),
    media_bytes=8_000_000,
    alt=0,
    link_clickable=False,
    width_min=320,
    expresses=frozenset({Extra.FORMAT}),
    video=_REEL._replace(bytes=100_000_000, seconds=(3.0, 60.0)),
)
LIMITS = Limits(
    text=2_200,
    count=_length,
    media_min=1,
    media_max=10,
    media_types=frozenset({"image/jpeg"}),
    media_bytes=8_000_000,
    alt=1_000,
    link_clickable=False,
    width_min=320,
    ratio=(4 / 5, 1.91),
    crops_to_first=True,
    hashtags=30,
    # The app shows no more since December 2025 (docs/networks.md#instagram-limits).
    hashtags_advised=5,
    mentions=20,
    expresses=frozenset({Extra.FORMAT}),
    video=_REEL,
    story=_STORY,
)
