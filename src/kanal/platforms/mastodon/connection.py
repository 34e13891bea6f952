"""The requests to one server, with the library's traps disarmed (docs/networks.md#mastodon-the-library).

Imported only when the server is about to be asked: Mastodon.py costs about 270 ms. This module must not decide what an
error status means; `answers` does.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from time import sleep
from typing import Any

import requests
from mastodon import Mastodon, MastodonError

from kanal.abilities.sending import Tell
from kanal.errors import Unavailable
from kanal.fits import media_type
from kanal.message import msg
from kanal.model import Picture, Poll, Prepared, Receipt, Secret
from kanal.platforms.mastodon.answers import (
    is_about_nothing,
    read_cancellation,
    read_deletion,
    read_status,
    translate,
    translate_answer,
    unreadable,
    with_id,
)
from kanal.platforms.mastodon.library import USER_AGENT, client_of
from kanal.platforms.mastodon.server import UNKNOWN, Server, read_server
from kanal.platforms.mastodon.visibility import visibility_of
from kanal.transport import Answered, Redirected
from kanal.transport.failures import token_unusable
from kanal.transport.multipart import FormWithFile
from kanal.transport.streaming import Stretch
from kanal.transport.with_requests import open_session

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0)
"""Seconds between questions whether an upload is ready: about a minute in all, where the library waits for ever."""
VIDEO_PAUSES = (*PAUSES, *(15.0 for _ in range(36)))
"""The same for a video, which the server converts: about ten minutes."""


class Connection:
    """One server and one account's token. Raises the delivery errors only."""

    def __init__(self, address: str, token: Secret) -> None:
        # A line break would make requests print the whole header in its complaint.
        if not re.fullmatch(r"[\x21-\x7e]+", token.reveal()):
            raise token_unusable()
        self.address = address
        self._token = token
        self._session = open_session(base_url=address)
        try:
            self.server = self._ask_server()
        except Exception:
            self._session.close()
            raise
        self._client = client_of(address, token, self._session, self.server)

    def upload(self, media: Picture, tell: Tell) -> str:
        """The id of the uploaded picture or video, once the server has finished processing it.

        Not through the library, which reads whole files into memory (docs/networks.md#mastodon-the-library).
        """
        with self._translated(publishing=False):
            answer = self._send_file(media, tell)
            for pause in VIDEO_PAUSES if media.is_video else PAUSES:
                found = with_id(answer, self.address)
                if found.get("url"):
                    return str(found["id"])
                sleep(pause)
                answer = self._client.media(found["id"])
        raise Unavailable(
            msg("{address} is still processing the file “{file}”.", address=self.address, file=media.file.name)
        )

    def _send_file(self, media: Picture, tell: Tell) -> object:
        """POST /api/v2/media, in pieces; the answer as plain values."""
        kind = media_type(media)
        size = media.file.stat().st_size
        body = FormWithFile(
            {"description": media.alt} if media.alt else {},
            "file",
            Stretch(media.file, 0, size),
            file_name=f"{'video' if media.is_video else 'picture'}.{kind.partition('/')[2]}",
            kind=kind,
            tell=lambda sent: tell(media.file.name, sent, size) if media.is_video else None,
        )
        with body:
            headers = {**self._headers(), "Content-Type": body.content_type}
            answer = self._session.post(f"{self.address}/api/v2/media", data=body, headers=headers)
        with suppress(ValueError):
            return answer.json()
        raise unreadable(self.address)

    def publish(self, prepared: Prepared, key: str, username: str) -> Receipt:
        """POST the status. The key is hashed, because a header takes ASCII only and a draft's id may not be."""
        status = self._post(prepared, idempotency_key=sha256(key.encode()).hexdigest())
        return read_status(status, self.address, username)

    def schedule(self, prepared: Prepared, at: datetime) -> object:
        """POST the status, to come out `at`; the answer.

        Without a key: with one that it knows, the server would look for the scheduled status among the published ones
        (mastodon/mastodon#30039), and what was cancelled could not be scheduled again.
        """
        return self._post(prepared, scheduled_at=at)

    def _post(self, prepared: Prepared, **how: Any) -> object:
        part = prepared.part
        media_ids = prepared.handles.get("media_ids")
        self._session.drop_connections()
        with self._translated(publishing=True):
            return self._client.status_post(
                part.text,
                in_reply_to_id=prepared.handles.get("reply_to"),
                quoted_status_id=prepared.handles.get("quote"),
                media_ids=media_ids.split(",") if media_ids else None,
                sensitive=part.sensitive,
                visibility=visibility_of(part),
                spoiler_text=part.warning,
                language=part.language,
                poll=self._poll(part.poll) if part.poll else None,
                **how,
            )

    def scheduled(self, identity: str) -> Mapping[str, Any] | None:
        """The scheduled status as it is now, None where the server finds none."""
        return self._found(lambda client: client.scheduled_status(identity))

    def all_scheduled(self, before: str | None, limit: int) -> Sequence[Mapping[str, Any]]:
        """Scheduled statuses older than the one with the id `before`, the last made first."""
        page = self._read(lambda client: client.scheduled_statuses(max_id=before, limit=limit))
        if not isinstance(page, list):
            raise unreadable(self.address)
        return [with_id(status, self.address) for status in page]

    def cancel(self, identity: str) -> None:
        """DELETE the scheduled status. One that is not there is no error; what `scheduled` says then counts."""
        self._session.drop_connections()
        address = f"{self.address}/api/v1/scheduled_statuses/{identity}"
        try:
            read_cancellation(self._session.delete(address, headers=_headers(self._token)), self.address)
        except (requests.RequestException, Redirected, Answered) as error:
            if not is_about_nothing(error):
                raise translate(error, self.address, publishing=True) from error

    @cached_property
    def account(self) -> Mapping[str, Any]:
        """The account that the token belongs to; asked once."""
        return with_id(self._read(lambda client: client.account_verify_credentials()), self.address)

    def get(self, path: str) -> requests.Response:
        """Ask the server something, with the token; for what the library hides (headers, newer fields)."""
        with self._translated(publishing=False):
            return self._session.get(f"{self.address}{path}", headers=self._headers())

    def statuses(self, before: str | None, limit: int) -> Sequence[Mapping[str, Any]]:
        """Own statuses older than the one with the id `before`, newest first."""
        asked = {"exclude_reblogs": True, "max_id": before, "limit": limit}
        page = self._read(lambda client: client.account_statuses(self.account["id"], **asked))
        if not isinstance(page, list):
            raise unreadable(self.address)
        return [with_id(status, self.address) for status in page]

    def delete(self, identity: str) -> None:
        """DELETE the status; its pictures at once, too, since their addresses would work for about another day.

        One that is gone already is no error. The library would put the parameter into a body, where a DELETE has none.
        """
        self._session.drop_connections()
        address, asked = f"{self.address}/api/v1/statuses/{identity}", {"delete_media": "true"}
        try:
            read_deletion(self._session.delete(address, params=asked, headers=_headers(self._token)), self.address)
        except (requests.RequestException, Redirected, Answered) as error:
            if not is_about_nothing(error):
                raise translate(error, self.address, publishing=True) from error

    def status(self, identity: str) -> Mapping[str, Any] | None:
        """The status as it is now, None where the server finds none."""
        return self._found(lambda client: client.status(identity))

    def source(self, identity: str) -> Mapping[str, Any]:
        """Its text and warning as they were written."""
        return with_id(self._read(lambda client: client.status_source(identity)), self.address)

    def edit(self, identity: str, fields: Mapping[str, Any]) -> Any:
        """PUT the status; the answer, None where the server has no such status. What `fields` leaves out is lost.

        Not with the library, which cannot send all of it (docs/networks.md#mastodon-the-library).
        """
        headers = {"Authorization": f"Bearer {self._token.reveal()}", "User-Agent": USER_AGENT}
        self._session.drop_connections()
        try:
            answer = self._session.put(f"{self.address}/api/v1/statuses/{identity}", json=fields, headers=headers)
            return answer.json()
        except Answered as error:
            if is_about_nothing(error):
                return None
            raise translate_answer(error, self.address, publishing=True) from error
        except (requests.RequestException, Redirected) as error:
            raise translate(error, self.address, publishing=True) from error

    def close(self) -> None:
        """Close connections."""
        self._session.close()

    def _poll(self, poll: Poll) -> Any:
        return self._client.make_poll(
            list(poll.options), poll.minutes * 60, multiple=poll.multiple, hide_totals=poll.hide_totals
        )

    def _found(self, question: Callable[[Mastodon], Any]) -> Mapping[str, Any] | None:
        """The answer, None where the server itself says that there is no such thing."""
        with self._translated(publishing=False):
            try:
                return with_id(question(self._client), self.address)
            except MastodonError as error:
                if not is_about_nothing(error):
                    raise
                return None

    def _read(self, question: Callable[[Mastodon], Any]) -> Any:
        with self._translated(publishing=False):
            return question(self._client)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token.reveal()}", "User-Agent": USER_AGENT}

    def _ask_server(self) -> Server:
        """One GET, so that the library need not ask: at a dead server it never ends (halcy/Mastodon.py#450)."""
        try:
            answer = self._session.get(f"{self.address}/api/v2/instance", headers=self._headers())
            instance = answer.json()
        except Answered as error:
            if error.status == requests.codes.not_found:
                return UNKNOWN
            raise translate_answer(error, self.address, publishing=False) from error
        except requests.exceptions.JSONDecodeError as error:
            raise unreadable(self.address) from error
        except (requests.RequestException, Redirected) as error:
            raise translate(error, self.address, publishing=False) from error
        if not isinstance(instance, dict):
            raise unreadable(self.address)
        return read_server(instance)

    @contextmanager
    def _translated(self, *, publishing: bool) -> Iterator[None]:
        try:
            yield
        except (MastodonError, requests.RequestException, Answered, Redirected) as error:
            raise translate(error, self.address, publishing=publishing) from error


def _headers(token: Secret) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {token.reveal()}", "User-Agent": USER_AGENT}
