"""Mastodon, and what speaks its language, through Mastodon.py.

Facts, sources and traps of the library: docs/networks.md#mastodon. `lint` imports this module, so nothing of the
library is imported here at the top; this module must not know other networks.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from kanal.errors import ConfigError, DeliveryError, Uncertain
from kanal.limits import GifLimits, Limits, PollLimits, SchedulingLimits, VideoLimits
from kanal.message import Message, msg
from kanal.model import Channel, Edition, Extra, Part, Prepared, Receipt, Secret

if TYPE_CHECKING:
    from kanal.abilities.sending import Tell
    from kanal.platforms.mastodon.connection import Connection
    from kanal.verification import Verification


def _count(text: str) -> int:
    from kanal.text import mastodon_length

    return mastodon_length(text)


class Adapter:
    """One account on one server. `Channel.account` is `user@server`; `urls["api"]` replaces `https://server`."""

    # https://docs.joinmastodon.org/user/posting/ ; a server's own numbers win, see `connection.Server`.
    limits: ClassVar[Limits] = Limits(
        text=500,
        count=_count,
        media_max=4,
        media_types=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        media_bytes=16_777_216,
        pixels=33_177_600,
        alt=1500,
        expresses=frozenset(Extra) - {Extra.FORMAT},
        # https://docs.joinmastodon.org/entities/Instance/#polls ; in minutes, of 300 to 2,629,746 seconds.
        poll=PollLimits(options=4, option=50, minutes_min=5, minutes_max=43_829),
        # https://docs.joinmastodon.org/user/posting/#media ; the server converts whatever codec it is.
        video=VideoLimits(
            kinds=frozenset({"video/mp4", "video/quicktime", "video/webm"}),
            bytes=103_809_024,
            alt=1500,
            frame_rate=120,
            pixels=8_294_400,
        ),
        gif=GifLimits(),
    )
    needs: ClassVar[tuple[str, ...]] = ("access_token",)
    urls: ClassVar[Mapping[str, str]] = MappingProxyType({"api": ""})
    # https://docs.joinmastodon.org/methods/statuses/#headers : the key is kept for an hour; ten minutes are left
    # for clocks that differ and for the request itself.
    memory: ClassVar[timedelta] = timedelta(minutes=50)
    settles_after: ClassVar[timedelta] = timedelta(minutes=2)
    # app/services/post_status_service.rb and app/models/scheduled_status.rb
    scheduling: ClassVar[SchedulingLimits] = SchedulingLimits(timedelta(minutes=5), total=300, a_day=25)

    def __init__(self, channel: Channel, credentials: Mapping[str, Secret]) -> None:
        self._address = base_address(channel)
        self._username = channel.account.lstrip("@").partition("@")[0]
        self._limits = self.limits.for_channel(channel)
        self._token = credentials["access_token"]
        self._opened: Connection | None = None
        self._tell: Tell = lambda _file, _sent, _total: None

    def tell_progress(self, tell: "Tell") -> None:
        """`tell` hears of uploading videos."""
        self._tell = tell

    def prepare(self, part: Part) -> Prepared:
        """Upload the pictures or the video with their alternative texts."""
        from kanal.fits import refuse_misfits

        connection = self._connection()
        refuse_misfits(part, connection.server.limits(self._limits))
        uploads = [connection.upload(picture, self._tell) for picture in part.media]
        return Prepared(part, {"media_ids": ",".join(uploads)} if uploads else {})

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        """POST /api/v1/statuses, once."""
        return self._connection().publish(prepared, key, self._username)

    def repeat(self, prepared: Prepared, key: str) -> Receipt:
        """POST the same with the same key, where the server's own words say that it keeps keys.

        Raises `Uncertain` for everything but the post itself: whatever goes wrong now says nothing about the first
        attempt. Mastodon 4.6.0 to 4.7.1 even answers 500 when the post is there (mastodon/mastodon#40399).
        """
        try:
            connection = self._connection()
            if not connection.server.keeps_keys:
                raise Uncertain(
                    msg("The server at {address} is not known to recognise a repeated post.", address=self._address),
                    msg("Nothing was sent again."),
                )
            return connection.publish(prepared, key, self._username)
        except DeliveryError as error:
            raise Uncertain(error.message, error.advice, words=error.words) from error

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        """The account's own statuses, newest first, compared by text, what they answer, pictures and language."""
        from kanal.platforms.mastodon.search import find_status
        from kanal.transport.failures import only_asking

        with only_asking():
            return find_status(self._connection(), self._username, prepared, since)

    def retract(self, receipt: Receipt) -> None:
        """DELETE /api/v1/statuses/:id, with its pictures."""
        from kanal.platforms.mastodon.ownership import id_of
        from kanal.transport.failures import deleting

        with deleting():
            self._connection().delete(id_of(receipt))

    def is_gone(self, receipt: Receipt) -> bool:
        """GET /api/v1/statuses/:id: it is gone where the account's own server does not find it."""
        from kanal.platforms.mastodon.ownership import id_of, refuse_others
        from kanal.transport.failures import only_asking

        with only_asking():
            refuse_others(self._connection(), self._username, receipt)
            return self._connection().status(id_of(receipt)) is None

    @staticmethod
    def unchangeable(before: Edition, part: Part) -> Message | None:
        """Who sees it, what it answers, and its poll stay as they are."""
        from kanal.platforms.mastodon.editing import unchangeable

        return unchangeable(before, part)

    def revise(self, receipt: Receipt, part: Part, before: Edition) -> Prepared:
        """GET the status for what is to stay, and upload the pictures that are new."""
        from kanal.fits import refuse_misfits
        from kanal.platforms.mastodon.editing import revise
        from kanal.platforms.mastodon.ownership import refuse_others

        connection = self._connection()
        refuse_others(connection, self._username, receipt)
        refuse_misfits(part, connection.server.limits(self._limits))
        return revise(connection, receipt, part, before, self._tell)

    def correct(self, receipt: Receipt, prepared: Prepared) -> Receipt:
        """PUT /api/v1/statuses/:id, with everything that it says."""
        from kanal.platforms.mastodon.editing import edit

        return edit(self._connection(), self._username, receipt, prepared)

    def says(self, receipt: Receipt, prepared: Prepared) -> bool:
        """GET the status and its source, and compare all that can be edited."""
        from kanal.platforms.mastodon.editing import says
        from kanal.transport.failures import only_asking

        with only_asking():
            return says(self._connection(), receipt, prepared)

    def prepare_scheduled(self, part: Part) -> Prepared:
        """The same, on a server that is known to keep what it is to publish later."""
        from kanal.platforms.mastodon.scheduled import refuse_unknown

        refuse_unknown(self._connection(), self._username)
        return self.prepare(part)

    def schedule(self, prepared: Prepared, at: datetime) -> Receipt:
        """POST /api/v1/statuses with scheduled_at, once."""
        from kanal.platforms.mastodon.scheduled import schedule

        return schedule(self._connection(), prepared, at)

    def waiting(self, receipt: Receipt) -> Receipt | None:
        """GET /api/v1/scheduled_statuses/:id."""
        from kanal.platforms.mastodon.scheduled import waiting

        return waiting(self._connection(), self._username, receipt)

    def find_waiting(self, prepared: Prepared, at: datetime) -> Receipt | None:
        """GET /api/v1/scheduled_statuses, compared by text, warning, what they answer, pictures and language."""
        from kanal.platforms.mastodon.scheduled import find_waiting

        return find_waiting(self._connection(), self._username, prepared, at)

    def cancel(self, receipt: Receipt) -> None:
        """DELETE /api/v1/scheduled_statuses/:id."""
        from kanal.platforms.mastodon.scheduled import cancel

        cancel(self._connection(), receipt)

    def came_out(self, receipt: Receipt, prepared: Prepared) -> Receipt | None:
        """The account's own statuses since that time: one that comes out gets another id."""
        from kanal.platforms.mastodon.scheduled import came_out

        return came_out(self._connection(), self._username, receipt, prepared)

    def verify(self) -> "Verification":
        """GET what the server, the account and the app are."""
        from kanal.transport.failures import only_asking

        with only_asking():
            connection = self._connection()
            from kanal.platforms.mastodon.verifying import (
                verify,  # after the library, which `_connection` loads in turn
            )

            return verify(connection, self._username)

    def close(self) -> None:
        """Close connections."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def __repr__(self) -> str:
        return f"mastodon.Adapter({self._username} at {self._address})"

    def _connection(self) -> "Connection":
        """The connection, opened at first use with the one question what the server is."""
        if self._opened is None:
            from kanal.transport import LOADING

            with LOADING:
                from kanal.platforms.mastodon.connection import Connection

            self._opened = Connection(self._address, self._token)
        return self._opened


def base_address(channel: Channel) -> str:
    """The server of a channel's account. Raises `ConfigError` for an account that names none."""
    given = {**Adapter.urls, **channel.urls}["api"]
    if given:
        return given.rstrip("/")
    server = channel.account.lstrip("@").partition("@")[2]
    if not server:
        raise ConfigError(
            msg(
                "The account “{account}” of channel “{channel}” names no server.",
                account=channel.account,
                channel=channel.name,
            ),
            msg("Write it as user@server, for example landkreis@social.example."),
        )
    return f"https://{server}"
