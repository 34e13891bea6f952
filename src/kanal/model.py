"""The nouns of kanal as frozen values: drafts, channels, posts, deliveries, receipts, findings.

No I/O, no network, no YAML, and no other import of ours but `message`. Every datetime in here is aware; those that
come from a network or the clock are UTC, `Draft.publish_at` is in the office's zone.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kanal.message import NOTHING, Message


class DraftType(StrEnum):
    """What a draft is about; `crisis` goes out first, a `reply` is checked but sent by hand."""

    ANNOUNCEMENT = "announcement"
    EVENT = "event"
    SERVICE = "service"
    PRESS_RELEASE = "press-release"
    JOB = "job"
    STORY = "story"
    CRISIS = "crisis"
    ELECTION_INFO = "election-info"
    CORRECTION = "correction"
    REPLY = "reply"


class Author(StrEnum):
    """Who speaks in a draft."""

    OFFICE = "office"
    OFFICE_HOLDER = "office-holder"


class Owner(StrEnum):
    """Whose account a channel is."""

    OFFICE = "office"
    OFFICE_HOLDER = "office-holder"
    PRIVATE = "private"


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
    RETRACTED = "retracted"
    CORRECTED = "corrected"
    HANDED_OVER = "handed-over"
    CANCELLED = "cancelled"


class Visibility(StrEnum):
    """Who gets to see a post, where a network can tell readers apart."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"


class Format(StrEnum):
    """In which form a post appears, where a network has several: among the others, or as a story, gone after a day."""

    POST = "post"
    STORY = "story"


class Place(NamedTuple):
    """Where in a file: line and column count from 1, columns in characters."""

    line: int
    column: int


VIDEO_SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".webm", ".avi", ".mkv", ".mpg", ".mpeg", ".ogv", ".wmv", ".3gp"})


def is_video(file: Path) -> bool:
    """Whether a file's name says that it is a video."""
    return file.suffix.lower() in VIDEO_SUFFIXES


class People(NamedTuple):
    """Why recognisable people may be shown: where their consent is kept, or a ground that needs none (§ 23 KUG)."""

    consent: str | None = None
    ground: str | None = None
    parents: str | None = None


class Music(NamedTuple):
    """What is heard in a video, and under which licence."""

    title: str
    licence: str | None = None


class Picture(NamedTuple):
    """One picture (or video) of a draft: the file (absolute path), its alternative text, who made it, which licence.

    Texts that the draft leaves out are "". `shows_text` is what can be read in the picture; `captions` the file
    (absolute path) with those of a video.
    """

    file: Path
    alt: str
    credit: str
    licence: str
    people: People | None = None
    shows_text: str | None = None
    captions: Path | None = None
    captions_checked: bool = True
    music: Music | None = None

    @property
    def is_video(self) -> bool:
        """Whether its name says that it is a video."""
        return is_video(self.file)


class Poll(NamedTuple):
    """A question's answers, and for how long readers may choose."""

    options: tuple[str, ...]
    minutes: int
    multiple: bool = False
    hide_totals: bool = False


class FollowUp(NamedTuple):
    """A further part of a thread."""

    text: str
    media: tuple[Picture, ...] = ()


class Extra(StrEnum):
    """What a draft may ask for besides words, link and media, and not every network can express: keys of a draft."""

    THREAD = "thread"
    POLL = "poll"
    CONTENT_WARNING = "content_warning"
    SENSITIVE_MEDIA = "sensitive_media"
    VISIBILITY = "visibility"
    REPLY_TO = "reply_to"
    QUOTE = "quote"
    FORMAT = "format"


TEXT, LINK = "text", "link"
"""What a variant may leave out besides an `Extra`: a story shows no text, and not every link can be clicked on."""


class Variant(NamedTuple):
    """What a channel (or all channels of a platform) says differently; `None` keeps the draft's own.

    `leave_out` names what is not said there at all: an `Extra`, `TEXT` or `LINK`.
    """

    text: str | None = None
    link: str | None = None
    media: tuple[Picture, ...] | None = None
    thread: tuple[FollowUp, ...] | None = None
    leave_out: tuple[str, ...] | None = None
    format: Format | None = None


class Waiver(NamedTuple):
    """Silences one rule in one draft; `name` answers for it."""

    rule: str
    reason: str
    name: str


class Approval(NamedTuple):
    """Who agreed to a draft, when (in the office's zone), and to which content (`kanal.approval.digest`)."""

    name: str
    at: datetime
    digest: str | None = None


class Warrant(NamedTuple):
    """Who answers for a post: what the ledger keeps of its draft's approval and waivers."""

    approval: Approval | None = None
    waivers: tuple[Waiver, ...] = ()


class Draft(NamedTuple):
    """One YAML file of `posts/`. The keys are explained in docs/configuration.md.

    `path` is relative to the project folder, with forward slashes. `places` maps a field (`media[0].alt`) to where
    it stands. `variants` is keyed by channel name or platform name. All times are in the office's zone. `thread` is
    what follows after the post that `text` and `media` make; `reply_to` and `quote` are ids of drafts whose posts are
    answered or quoted.
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
    variants: Mapping[str, Variant] = NOTHING
    places: Mapping[str, Place] = NOTHING
    source: str | None = None
    embargo: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    author: Author = Author.OFFICE
    written_by: str | None = None
    approval: Approval | None = None
    task: str | None = None
    consent: str | None = None
    confirmed_by: str | None = None
    public_place: bool = False
    election_office: str | None = None
    paid_promotion: bool = False
    legal_check: str | None = None
    waivers: tuple[Waiver, ...] = ()
    thread: tuple[FollowUp, ...] = ()
    poll: Poll | None = None
    content_warning: str | None = None
    sensitive_media: bool = False
    visibility: Visibility | None = None
    reply_to: str | None = None
    quote: str | None = None
    unfinished: bool = False
    format: Format | None = None

    @property
    def warrant(self) -> Warrant:
        """Who answers for it."""
        return Warrant(self.approval, self.waivers)

    @property
    def asks_for_more(self) -> bool:
        """Whether it asks for anything that not every network can express."""
        return bool(
            self.thread
            or self.poll
            or self.content_warning
            or self.visibility
            or self.sensitive_media
            or self.format
            or self.reply_to
            or self.quote
            or any(variant.thread or variant.format for variant in self.variants.values())
        )

    def pictures(self) -> Iterator[tuple[str, Picture]]:
        """Every picture, those of further parts and variants included, with its field (`variants.x.media[1]`)."""
        yield from _pictures("", self.media, self.thread)
        for name, variant in self.variants.items():
            yield from _pictures(f"variants.{name}.", variant.media or (), variant.thread or ())


def _pictures(prefix: str, media: tuple[Picture, ...], thread: tuple[FollowUp, ...]) -> Iterator[tuple[str, Picture]]:
    for index, picture in enumerate(media):
        yield f"{prefix}media[{index}]", picture
    for number, part in enumerate(thread):
        yield from _pictures(f"{prefix}thread[{number}].", part.media, ())


class StagingPlace(NamedTuple):
    """Where a picture is put so that a network can fetch it: a folder or fsspec target, and its public base URL."""

    path: str
    url: str


class Duties(NamedTuple):
    """What a public office must have in order before it runs an account: references, addresses, and dates.

    `concept`, `assessment` (Art. 35 GDPR) and `joint_control` (Art. 26 GDPR) say where the document is kept.
    `next_review` is what config/concept.yaml says; until then, no review is due.
    """

    concept: str | None = None
    reviewed: date | None = None
    assessment: str | None = None
    imprint: str | None = None
    privacy: str | None = None
    contact: str | None = None
    joint_control: str | None = None
    insights_off: bool = False
    next_review: date | None = None


NOTHING_IN_ORDER = Duties()


class Channel(NamedTuple):
    """One account on a platform, from `config/channels.yaml`.

    `account` is the network's own id or handle for it, `page` its public address, `urls` the base addresses that
    replace the platform's own, `limits` numbers that replace the platform's (a Mastodon server's 5000 characters):
    those of `config/channels.yaml`, else what the server told `kanal doctor`. Only a `live` channel meets a real
    network; all others talk to the practice networks. `places` maps its keys to where they stand.
    """

    name: str
    platform: str
    account: str
    status: ChannelStatus = ChannelStatus.PLANNED
    start: date | None = None
    live: bool = False
    page: str | None = None
    urls: Mapping[str, str] = NOTHING
    limits: Mapping[str, int] = NOTHING
    staging: StagingPlace | None = None
    owner: Owner = Owner.OFFICE
    duties: Duties = NOTHING_IN_ORDER
    places: Mapping[str, Place] = NOTHING

    @property
    def is_real(self) -> bool:
        """Whether it meets a real network, and has not ended: then the public is owed something."""
        return self.live and self.status is not ChannelStatus.ENDED


class Secret:
    """A credential that does not show itself in `repr`, logs, errors or tracebacks."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The credential itself, for the one request that needs it."""
        return self._value

    def refused(self) -> bool:
        """Hear that the network did not accept it; whether `reveal` has another one from now on."""
        return False

    def __repr__(self) -> str:
        return "Secret(***)"


class Part(NamedTuple):
    """What one delivery says on one network: variant, mentions and link already applied.

    `link` is only set where the network has a field for it; elsewhere the link stands in `text`. `number` counts the
    parts of a thread from 1; each answers the one before it, and the first one that of the draft `reply_to`. Whoever
    sends it learns the id of what is answered as `Prepared.handles["reply_to"]`, and of what is quoted (`quote`, also
    a draft) as `handles["quote"]`. `warning` stands before the text and hides it; with `sensitive`, the media are
    hidden. A `story` shows one picture or video, without text.
    """

    text: str
    language: str
    link: str | None = None
    media: tuple[Picture, ...] = ()
    number: int = 1
    poll: Poll | None = None
    warning: str | None = None
    sensitive: bool = False
    visibility: Visibility | None = None
    reply_to: str | None = None
    quote: str | None = None
    story: bool = False


class DeliveryKey(NamedTuple):
    """Names a delivery for ever: which draft's which part, on which channel, in which revision. Parts count from 1."""

    channel: str
    draft: str
    part: int = 1
    revision: int = 1

    def __str__(self) -> str:
        return f"{self.channel}/{self.draft}/{self.part}/{self.revision}"


class Prepared(NamedTuple):
    """A part whose uploads are done: everything `commit` needs, and what the ledger keeps to settle doubts.

    `handles` are names that the network (or the staging place) gave to the uploads. Only strings, so that the
    ledger can store them.
    """

    part: Part
    handles: Mapping[str, str] = NOTHING


class Edition(NamedTuple):
    """What a post says, as it was sent, and the SHA-256 (hex) of its files, in their order.

    The files themselves may be gone; `part.media` holds no more than their names.
    """

    prepared: Prepared
    media: tuple[str, ...] = ()

    @property
    def part(self) -> Part:
        """What it says."""
        return self.prepared.part


class Receipt(NamedTuple):
    """What the network answered: its id for the part, the public address if it is known, and when (UTC)."""

    id: str
    url: str | None
    at: datetime


class Span(NamedTuple):
    """Which part of a field's value: `value[start:end]`, in code points."""

    start: int
    end: int


class Problem(NamedTuple):
    """What a rule found: in which field (`media[0].alt`, or "" for the whole file), and in plain words.

    `span` tells where in the field's value. `instead` is what may safely replace the span; for a field that names a
    picture, `cleaning` offers to take the metadata out of the file. A `message` that speaks of `--fix` has another one
    beside it, `by_hand`, for a file in which the words cannot be replaced.
    """

    field: str
    message: Message
    span: Span | None = None
    instead: str | None = None
    cleaning: bool = False
    by_hand: Message | None = None


class Finding(NamedTuple):
    """A problem with its address: rule id, severity, file (relative, forward slashes), line and column from 1.

    `width` is the number of characters that are meant, from the place on, in that line; `personal` says that they are
    somebody's, and must not get into a log. They may go on in further lines, to the character `tail` of the last of
    `lines`; a width of 1 says that nobody knows where in the line they begin.
    """

    rule: str
    severity: Severity
    file: str
    place: Place
    field: str
    message: Message
    fixable: bool = False
    width: int = 1
    personal: bool = False
    lines: int = 1
    tail: int = 0
