"""The requests to X: posts and listings through tweepy, media by ourselves, because tweepy has none of API v2.

Imported only when X is about to be asked: tweepy costs about 270 ms. This module must not decide what an answer means;
`answers` does.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from time import sleep
from typing import Any

import requests
from tweepy import Client, OAuth1UserHandler

from kanal.abilities.sending import Tell
from kanal.errors import Rejected, Unavailable
from kanal.fits import media_type
from kanal.message import msg
from kanal.model import Picture, Prepared, Receipt, Secret
from kanal.moving import animation_of
from kanal.platforms.x.answers import (
    is_about_nothing,
    is_absent,
    read_deletion,
    read_listing,
    read_object,
    read_receipt,
    translate_answer,
)
from kanal.platforms.x.bearing import open_bearer_session
from kanal.platforms.x.captions import language_of, name_of
from kanal.platforms.x.segments import Film, Segments
from kanal.transport import Answered, Redirected
from kanal.transport.failures import redirected
from kanal.transport.unfinished import Memory
from kanal.transport.with_requests import open_session, translate_failure
from kanal.video_fits import caption_kind

HOST = "https://api.twitter.com"
"""tweepy's own, in a local variable of `BaseClient.request`; the session swaps it (docs/networks.md#x-the-library)."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0)
"""Seconds between questions whether an upload is ready: about a minute in all."""
PAGE = 100
EXPANSIONS = "attachments.media_keys"
MEDIA_FIELDS = "alt_text"
POST_FIELDS = "created_at,entities,attachments,referenced_tweets"


class Connection:
    """One account's connection. Raises the delivery errors only."""

    def __init__(self, api: str, credentials: Mapping[str, Secret], who: str = "") -> None:
        """`who` names the account where the credentials do not: those of OAuth 2.0."""
        self.address = api
        token = credentials.get("oauth2_access_token")
        keys: dict[str, str] = {} if token else {name: secret.reveal() for name, secret in credentials.items()}
        self._session = (
            open_bearer_session({HOST: api}, base_url=api, token=token)
            if token
            else open_session({HOST: api}, base_url=api)
        )
        # Responses instead of tweepy's objects: those warn about `edit_history_post_ids`, and hide what is no JSON.
        self._client = Client(**keys, return_type=requests.Response, wait_on_rate_limit=False)
        self._client.session.close()
        self._client.session = self._session
        self.signs = not token
        self._auth = OAuth1UserHandler(**keys).apply_auth() if keys else None
        # The account's number; the secret half stands behind it.
        self._who = keys["access_token"].partition("-")[0] if keys else who

    def upload(self, media: Picture, language: str, folder: Path | None, tell: Tell) -> str:
        """The id of an uploaded picture, moving GIF or video, with its alternative text or captions.

        `language` is the post's, `folder` keeps what an interrupted upload needs to go on.
        """
        with self._translated(publishing=False):
            if media.is_video:
                return self._upload_video(media, language, folder, tell)
            if animation_of(media.file):
                identity = self._upload_segments(Film(media.file, "image/gif", "tweet_gif"), folder, tell)
            else:
                identity = self._upload_picture(media)
            if media.alt:
                metadata = {"id": identity, "metadata": {"alt_text": {"text": media.alt}}}
                read_object(self._call("POST", "/2/media/metadata", json=metadata), self.address)
        return identity

    def _upload_picture(self, picture: Picture) -> str:
        """In one call (https://docs.x.com/x-api/media/upload-media)."""
        kind = media_type(picture)
        name = f"picture.{kind.partition('/')[2]}"
        files = {"media": (name, picture.file.read_bytes(), kind)}
        answer = self._call("POST", "/2/media/upload", files=files, data={"media_category": "tweet_image"})
        media = read_object(answer, self.address)
        identity = str(media["id"])
        self._await_processing(identity, media, picture.file.name)
        return identity

    def _upload_video(self, video: Picture, language: str, folder: Path | None, tell: Tell) -> str:
        """With its captions; X has no alternative text for videos."""
        code = language_of(video.captions, language) if video.captions else ""
        identity = self._upload_segments(Film(video.file, media_type(video), "tweet_video"), folder, tell)
        if video.captions:
            # In segments too: only there do both of X's specifications let one say which kind of captions they are.
            said = Film(video.captions, caption_kind(video.captions), "subtitles")
            captions = Segments(self._call, self.address, said, Memory(None), lambda _sent, _total: None).upload()
            track = {"id": captions, "language_code": code, "display_name": name_of(code)}
            body = {"id": identity, "media_category": "TweetVideo", "subtitles": track}
            self._call("POST", "/2/media/subtitles", json=body)
        return identity

    def _upload_segments(self, film: Film, folder: Path | None, tell: Tell) -> str:
        memory = Memory.of_file(folder, film.file, self.address, self._who, film.category)
        name = film.file.name
        return Segments(self._call, self.address, film, memory, partial(tell, name)).upload()

    def publish(self, prepared: Prepared, page: str) -> Receipt:
        """POST the post; `page` is the account's, for the public address."""
        media_ids, poll = prepared.handles.get("media_ids"), prepared.part.poll
        self._session.drop_connections()
        with self._translated(publishing=True):
            answer = self._client.create_tweet(
                text=prepared.part.text or None,
                in_reply_to_tweet_id=prepared.handles.get("reply_to"),
                media_ids=media_ids.split(",") if media_ids else None,
                poll_options=list(poll.options) if poll else None,
                poll_duration_minutes=poll.minutes if poll else None,
                user_auth=self.signs,
            )
        return read_receipt(answer, self.address, page)

    @cached_property
    def me(self) -> Mapping[str, Any]:
        """The account that the credentials belong to: `id` and `username`. Asked once, since X takes money for it."""
        return read_object(self.asked_who, self.address)

    @cached_property
    def asked_who(self) -> requests.Response:
        """The whole answer to that question."""
        with self._translated(publishing=False):
            answer: requests.Response = self._client.get_me(user_auth=self.signs)
        return answer

    def posts(self, user: str, since: datetime, page_token: str | None) -> Mapping[str, Any]:
        """One page of own posts since `since` (UTC), newest first, as the network's JSON.

        tweepy asks for `tweet.fields`. The specification calls them `post.fields` since 2.160; should X insist on
        that one day, it answers 400, and is asked again in its new words (docs/networks.md#x-calls).
        """
        asked: dict[str, Any] = {
            "max_results": PAGE,
            "start_time": f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "expansions": EXPANSIONS,
        }
        asked |= {"pagination_token": page_token} if page_token else {}
        with self._translated(publishing=False):
            try:
                answer = self._client.get_users_tweets(
                    user, user_auth=self.signs, tweet_fields=POST_FIELDS, media_fields=MEDIA_FIELDS, **asked
                )
            except Answered as error:
                if error.status != requests.codes.bad_request:
                    raise
                words = {"post.fields": POST_FIELDS.replace("_tweets", "_posts"), "media.fields": MEDIA_FIELDS}
                answer = self._session.get(f"{HOST}/2/users/{user}/tweets", params={**asked, **words}, auth=self._auth)
        return read_listing(answer, self.address)

    def delete(self, identity: str) -> None:
        """DELETE the post. One that X does not find may be gone already, which `has` must tell."""
        self._session.drop_connections()
        with self._translated(publishing=True):
            try:
                read_deletion(self._client.delete_tweet(identity, user_auth=self.signs))
            except Answered as error:
                if not is_absent(error):
                    raise

    def has(self, identity: str) -> bool:
        """Whether X finds the post."""
        with self._translated(publishing=False):
            try:
                answer = self._client.get_tweet(identity, user_auth=self.signs)
            except Answered as error:
                if not is_about_nothing(error.body):
                    raise
                return False
        if is_about_nothing(answer.text):
            return False
        read_object(answer, self.address)
        return True

    def close(self) -> None:
        """Close connections."""
        self._session.close()

    def _call(self, method: str, path: str, **more: Any) -> requests.Response:
        """One request past tweepy, signed or with the token that the session shows."""
        return self._session.request(method, f"{HOST}{path}", auth=self._auth, **more)

    def _await_processing(self, identity: str, media: Mapping[str, Any], file: str) -> None:
        """Ask until the picture is processed; mostly it is at once, and nothing is asked."""
        for pause in PAUSES:
            state = _state(media)
            if state == "failed":
                raise Rejected(msg("X cannot process the picture “{file}”.", file=file))
            if state in ("", "succeeded"):
                return
            sleep(pause)
            status = {"command": "STATUS", "media_id": identity}
            media = read_object(self._call("GET", "/2/media/upload", params=status), self.address)
        raise Unavailable(msg("X is still processing the picture “{file}”.", file=file))

    @contextmanager
    def _translated(self, *, publishing: bool) -> Iterator[None]:
        try:
            yield
        except Answered as error:
            raise translate_answer(error, self.address, publishing=publishing) from error
        except Redirected as error:
            raise redirected(error, self.address) from error
        except requests.RequestException as error:
            raise translate_failure(error, self.address, publishing=publishing) from error


def _state(media: Mapping[str, Any]) -> str:
    processing = media.get("processing_info")
    return str(processing.get("state", "")) if isinstance(processing, dict) else ""
