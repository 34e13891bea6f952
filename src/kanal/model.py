"""The nouns of kanal as frozen values: drafts, channels, posts, deliveries, receipts, findings.

No I/O, no network, no YAML, and no other import of ours but `message`. Every datetime in here is aware; those that
come from a network or the clock are UTC, `Draft.publish_at` is in the office's zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from kanal.message import Message


class DraftType(StrEnum):
    """What a draft is about; `crisis` goes out first."""

    ANNOUNCEMENT = "announcement"
    EVENT = "event"
    SERVICE = "service"
    PRESS_RELEASE = "press-release"
    JOB = "job"
    STORY = "story"
    CRISIS = "crisis"
    ELECTION_INFO = "election-info"
    CORRECTION = "correction"


class ChannelStatus(StrEnum):
    """The life of a channel; only `active` ones are posted to."""

    PLANNED = "planned"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Severity(StrEnum):
    """How much a finding weighs; an error stops `publish`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """What became of a delivery in this run (docs/json.md#outcomes)."""

    PUBLISHED = "published"
    ALREADY = "already"
    HELD = "held"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a draft: the file (absolute path), its alternative text, who made it, under which licence."""

    file: Path
    alt: str
    credit: str
    licence: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What a channel (or all channels of a platform) says differently; `None` keeps the draft's own."""

    text: str | None = None
    link: str | None = None
    media: tuple[Picture, ...] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One YAML file of `posts/`.

    `path` is relative to the project folder, with forward slashes. `places` maps a field (`media[0].alt`) to where
    it stands. `variants` is keyed by channel name or platform name.
    """

    id: str
    path: str
    type: DraftType
    channels: tuple[str, ...]
    text: str
    language: str
    link: str | None = None
    publish_at: datetime | None = None
    media: tuple[Picture, ...] = ()
    variants: Mapping[str, Variant] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StagingPlace:
    """Where a picture is put so that a network can fetch it: a folder or fsspec target, and its public base URL."""

    path: str
    url: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One account on a platform, from `config/channels.yaml`.

    `account` is the network's own id or handle for it, `page` its public address, `urls` the base addresses that
    replace the platform's own, `limits` numbers that replace the platform's (a Mastodon server's 5000 characters).
    Only a `live` channel meets a real network; all others talk to the practice networks.
    """

    name: str
    platform: str
    account: str
    status: ChannelStatus = ChannelStatus.PLANNED
    start: date | None = None
    live: bool = False
    page: str | None = None
    urls: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    staging: StagingPlace | None = None


class Secret:
    """A credential that does not show itself in `repr`, logs, errors or tracebacks."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The credential itself, for the one request that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"


@dataclass(frozen=True, slots=True)
class Part:
    """What one delivery says on one network: variant, mentions and link already applied.

    `link` is only set where the network has a field for it; elsewhere the link stands in `text`.
    """

    text: str
    language: str
    link: str | None = None
    media: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """Names a delivery for ever: which draft's which part, on which channel, in which revision. Parts count from 1."""

    channel: str
    draft: str
    part: int = 1
    revision: int = 1

    def __str__(self) -> str:
        return f"{self.channel}/{self.draft}/{self.part}/{self.revision}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A part whose uploads are done: everything `commit` needs, and what the ledger keeps to settle doubts.

    `handles` are names that the network (or the staging place) gave to the uploads. Only strings, so that the
    ledger can store them.
    """

    part: Part
    handles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the network answered: its id for the part, the public address if it is known, and when (UTC)."""

    id: str
    url: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: in which field (`media[0].alt`, or "" for the whole file), and in plain words."""

    field: str
    message: Message


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its address: rule id, severity, file (relative, forward slashes), line and column from 1."""

    rule: str
    severity: Severity
    file: str
    place: Place
    field: str
    message: Message
    fixable: bool = False
