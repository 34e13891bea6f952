"""What a server says about itself at /api/v2/instance: which software it is, and what it takes.

One answer decides two things: the numbers that hold there, and whether an `Idempotency-Key` may be relied upon. This
module must not send anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kanal.limits import Limits, VideoLimits
from kanal.model import Extra

# Mastodon itself, and forks that change its pages and limits but not app/services/post_status_service.rb, where the
# key is kept. Others that speak the language (GoToSocial, Pixelfed, Friendica, Akkoma) keep no keys.
MASTODON_SOURCES = frozenset(
    {
        "github.com/mastodon/mastodon",
        "github.com/glitch-soc/mastodon",
        "github.com/hometown-fork/hometown",
        "github.com/kmycode/mastodon",
        "github.com/fedibird/mastodon",
    }
)
OLDEST_ASSUMED = (4, 0, 0)
"""The first Mastodon with /api/v2/instance; whoever answers there speaks at least its language."""
KNOWS_QUOTES = (4, 5, 0)
"""https://docs.joinmastodon.org/methods/statuses/#create : quoted_status_id."""
NAMES_API_VERSION = (4, 3, 0)
"""Since then Mastodon counts its API in `api_versions.mastodon` (https://docs.joinmastodon.org/entities/Instance/)."""


@dataclass(frozen=True, slots=True)
class Server:
    """What counts about a server.

    `version` is what Mastodon.py is told, `keeps_keys` that a repeated key cannot publish twice, `numbers` go by the
    names that `Limits.with_numbers` uses.
    """

    version: str
    keeps_keys: bool
    numbers: Mapping[str, int]
    media_types: frozenset[str]

    def limits(self, ours: Limits) -> Limits:
        """`ours` with the server's own numbers, and only the kinds of pictures and videos that both sides take."""
        own = ours.with_numbers(self.numbers)
        return own._replace(
            media_types=self._taken(ours.media_types),
            expresses=ours.expresses if self.quotes else ours.expresses - {Extra.QUOTE},
            video=self._video(own.video) if own.video else None,
        )

    def _taken(self, kinds: frozenset[str]) -> frozenset[str]:
        return kinds & self.media_types if self.media_types else kinds

    def _video(self, ours: VideoLimits) -> VideoLimits | None:
        """A server that names its kinds, and no video among them, takes none."""
        kinds = self._taken(ours.kinds)
        return ours._replace(kinds=kinds) if kinds else None

    @property
    def is_mastodon(self) -> bool:
        """Whether it is known to be Mastodon, with all that its documentation says; the same signs as for its keys."""
        return self.keeps_keys

    @property
    def quotes(self) -> bool:
        """Whether it knows quotations; an older server, or another software, would leave them out without a word."""
        return self.keeps_keys and _triple(self.version) >= KNOWS_QUOTES


UNKNOWN = Server("3.5.0", keeps_keys=False, numbers={}, media_types=frozenset())
"""A server without /api/v2/instance: trusted with nothing but /api/v2/media (since Mastodon 3.1.4)."""


def read_server(instance: Mapping[str, Any]) -> Server:
    """The answer of GET /api/v2/instance. What is missing or malformed falls back to the usual."""
    version = str(instance.get("version", ""))
    configuration = _mapping(instance.get("configuration"))
    statuses = _mapping(configuration.get("statuses"))
    media = _mapping(configuration.get("media_attachments"))
    polls = _mapping(configuration.get("polls"))
    numbers = {
        "text": statuses.get("max_characters"),
        "media_max": statuses.get("max_media_attachments"),
        "media_bytes": media.get("image_size_limit"),
        "alt": media.get("description_limit"),
        "options": polls.get("max_options"),
        "option": polls.get("max_characters_per_option"),
        "minutes_min": _minutes(polls.get("min_expiration"), round_up=True),
        "minutes_max": _minutes(polls.get("max_expiration")),
        "video_bytes": media.get("video_size_limit"),
        "video_frame_rate": media.get("video_frame_rate_limit"),
        "video_pixels": media.get("video_matrix_limit"),
    }
    kinds = media.get("supported_mime_types")
    return Server(
        version=".".join(str(number) for number in max(_triple(version), OLDEST_ASSUMED)),
        keeps_keys=_is_mastodon(version, instance),
        numbers={name: number for name, number in numbers.items() if isinstance(number, int) and number > 0},
        media_types=frozenset(kinds) if isinstance(kinds, list) else frozenset(),
    )


def _minutes(seconds: object, *, round_up: bool = False) -> int | None:
    if not isinstance(seconds, int):
        return None
    return -(-seconds // 60) if round_up else seconds // 60


def _is_mastodon(version: str, instance: Mapping[str, Any]) -> bool:
    """Three signs must agree: a version of its own (not “compatible; …”), a known source, its API count.

    A server that changed its `source_url` counts as unknown; then own posts are searched instead, which is as safe.
    """
    if "compatible" in version.lower() or not re.match(r"\d+\.\d+\.\d+", version):
        return False
    source = re.sub(r"^https?://|(\.git)?/?$", "", str(instance.get("source_url", "")).lower())
    if not any(source == known or source.startswith(f"{known}/") for known in MASTODON_SOURCES):
        return False
    return _triple(version) < NAMES_API_VERSION or "mastodon" in _mapping(instance.get("api_versions"))


def _triple(version: str) -> tuple[int, int, int]:
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    return (int(found[1]), int(found[2]), int(found[3])) if found else OLDEST_ASSUMED


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
