"""X through tweepy, for accounts that pay per use.

Facts, sources and traps of the library: docs/networks.md#x. `lint` imports this module, so nothing of the library is
imported here at the top; this module must not know other networks.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from kanal.limits import GifLimits, Limits, PollLimits, VideoLimits
from kanal.model import Channel, Extra, Part, Prepared, Receipt, Secret

if TYPE_CHECKING:
    from decimal import Decimal

    from kanal.abilities.sending import Tell
    from kanal.platforms.x.connection import Connection
    from kanal.verification import Verification


def _count(text: str) -> int:
    from kanal.text import weighted_length

    return weighted_length(text)


class Adapter:
    """One account. `Channel.account` is its handle; the credentials are those of OAuth 1.0a, or one of 2.0."""

    # https://docs.x.com/x-api/media/introduction and the counting rules of twitter-text 3.
    limits: ClassVar[Limits] = Limits(
        text=280,
        count=_count,
        media_max=4,
        media_types=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        media_bytes=5_000_000,
        alt=1000,
        expresses=frozenset({Extra.THREAD, Extra.POLL, Extra.REPLY_TO}),
        # https://docs.x.com/x-api/posts/create-post : duration_minutes 5 to 10080, options of 1 to 25 characters.
        poll=PollLimits(options=4, option=25, minutes_min=5, minutes_max=10_080),
        # https://docs.x.com/x-api/media/quickstart/best-practices
        video=VideoLimits(
            kinds=frozenset({"video/mp4", "video/quicktime"}),
            bytes=512_000_000,
            alt=0,
            codecs=frozenset({"h264"}),
            sounds=frozenset({"aac"}),
            seconds=(0.5, 140.0),
            frame_rate=60,
            ratio=(1 / 3, 3.0),
            sides=(1280, 1024),
            side_min=32,
            captions=frozenset({"text/vtt", "text/srt"}),
        ),
        gif=GifLimits(bytes=15_000_000, frames=350, pixels=300_000_000, sides=(1280, 1080)),
    )
    needs: ClassVar[tuple[str, ...]] = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
    other_needs: ClassVar[tuple[tuple[str, ...], ...]] = (("oauth2_access_token",),)
    urls: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"api": "https://api.x.com", "web": "https://x.com", "login": "https://x.com"}
    )
    settles_after: ClassVar[timedelta] = timedelta(minutes=2)

    def __init__(self, channel: Channel, credentials: Mapping[str, Secret]) -> None:
        urls = {**self.urls, **channel.urls}
        self._api = urls["api"].rstrip("/")
        self._account = channel.account.lstrip("@")
        self._page = f"{urls['web'].rstrip('/')}/{self._account}"
        self._limits = self.limits.for_channel(channel)
        names = self.needs if all(name in credentials for name in self.needs) else self.other_needs[0]
        self._credentials = {name: credentials[name] for name in names}
        self._opened: Connection | None = None
        self._tell: Tell = lambda _file, _sent, _total: None
        self._uploads: Path | None = None

    def tell_progress(self, tell: "Tell") -> None:
        """`tell` hears of uploading videos and moving GIFs."""
        self._tell = tell

    def continue_uploads(self, folder: Path) -> None:
        """X keeps what it got of a video for a day or so; `folder` keeps which segment is next."""
        self._uploads = folder

    @staticmethod
    def price(part: Part) -> "Decimal":
        """What publishing `part` costs in US dollars: the post, dearer with a link, and each alternative text."""
        from kanal.platforms.x.prices import price_of  # arithmetic with decimals is slow to load

        return price_of(part)

    def prepare(self, part: Part) -> Prepared:
        """Upload the pictures with their alternative texts, or the video with its captions."""
        from kanal.fits import refuse_misfits

        refuse_misfits(part, self._limits)
        uploads = [self._connection().upload(media, part.language, self._uploads, self._tell) for media in part.media]
        return Prepared(part, {"media_ids": ",".join(uploads)} if uploads else {})

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        """POST /2/tweets, once. X knows no idempotency key, so `key` stays at home."""
        return self._connection().publish(prepared, self._page)

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        """The account's own posts, newest first, compared by text, links, what they answer, and pictures."""
        from kanal.platforms.x.search import find_post
        from kanal.transport.failures import only_asking

        with only_asking():
            return find_post(self._connection(), self._account, prepared, since, self._page)

    def retract(self, receipt: Receipt) -> None:
        """DELETE /2/tweets/:id."""
        from kanal.transport.failures import deleting

        with deleting():
            self._connection().delete(_id_of(receipt))

    def is_gone(self, receipt: Receipt) -> bool:
        """GET /2/tweets/:id. Ids are X's own, so it does not matter whose post it was."""
        from kanal.transport.failures import only_asking

        with only_asking():
            return not self._connection().has(_id_of(receipt))

    def verify(self) -> "Verification":
        """GET /2/users/me."""
        from kanal.transport.failures import only_asking

        with only_asking():
            connection = self._connection()
            from kanal.platforms.x.verifying import verify  # after the library, which `_connection` loads in turn

            return verify(connection, self._account)

    def close(self) -> None:
        """Close connections."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def __repr__(self) -> str:
        return f"x.Adapter({self._account} at {self._api})"

    def _connection(self) -> "Connection":
        if self._opened is None:
            from kanal.transport import LOADING

            with LOADING:
                from kanal.platforms.x.connection import Connection

            self._opened = Connection(self._api, self._credentials, self._account)
        return self._opened


def _id_of(receipt: Receipt) -> str:
    """The post's id. Raises `Unavailable` for what a person took for one: asked about, it would seem to be gone."""
    import re

    from kanal.transport.failures import no_such_id

    address = receipt.url or f"/status/{receipt.id}"
    if not re.fullmatch("[0-9]+", receipt.id) or not re.search(rf"/status/{receipt.id}(?![0-9])", address):
        raise no_such_id(receipt)
    return receipt.id
