"""The networks' own libraries at the practice networks: code by others, which knows the real ones.

Mastodon.py and tweepy are used as their manuals say, so that a request or an answer that only our own clients
understand does not pass.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError
from requests.adapters import HTTPAdapter
from tweepy import Client, Forbidden

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.sandbox.conftest import Jpeg


@pytest.fixture
def mastodon_py(practice: Practice) -> Iterator[Mastodon]:
    credentials = practice.admit("mastodon", "landkreis@social.example", "Landkreis Musterland")
    with requests.Session() as session:
        session.trust_env = False
        yield Mastodon(
            access_token=credentials["access_token"],
            api_base_url=practice.urls("mastodon")["api"],
            session=session,
            request_timeout=10,
            ratelimit_method="throw",
            mastodon_version="4.5.4",
            version_check_mode="created",
        )


class _ToLoopback(HTTPAdapter):
    """tweepy knows its host by heart; requests to it go to the practice network."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        request.url = str(request.url).replace("https://api.twitter.com", self._base, 1)
        named["proxies"] = {}
        return super().send(request, *arguments, **named)


@pytest.fixture
def tweepy_client(tmp_path: Path) -> Iterator[Client]:
    with running(tmp_path / "tweepy", x_naming="tweet") as practice:
        client = Client(**practice.admit("x", "landkreis", "Landkreis Musterland"))
        client.session.mount("https://api.twitter.com", _ToLoopback(practice.urls("x")["api"]))
        yield client
        client.session.close()


def test_mastodon_py_posts_a_thread_with_a_poll_and_takes_it_back(practice: Practice, mastodon_py: Mastodon) -> None:
    first = mastodon_py.status_post("Eins", spoiler_text="Warnung", visibility="unlisted", language="de")
    poll = mastodon_py.make_poll(["Ja", "Nein"], expires_in=300, multiple=True)
    second = mastodon_py.status_post("Zwei", in_reply_to_id=first, poll=poll, idempotency_key="k1")
    again = mastodon_py.status_post("Zwei", in_reply_to_id=first, poll=poll, idempotency_key="k1")
    assert (first.spoiler_text, first.visibility, second.in_reply_to_id) == ("Warnung", "unlisted", first.id)
    assert ([option.title for option in second.poll.options], second.poll.multiple) == (["Ja", "Nein"], True)
    assert again.id == second.id
    assert mastodon_py.status_delete(second).text == "Zwei"
    with pytest.raises(MastodonNotFoundError):
        mastodon_py.status(second)
    assert [post.text for post in practice.posts()] == ["Eins"]


def test_mastodon_py_edits_a_text_and_an_alternative_text(
    practice: Practice, mastodon_py: Mastodon, picture: Jpeg
) -> None:
    media = mastodon_py.media_post(picture(), mime_type="image/jpeg", description="Ein Haus")
    status = mastodon_py.status_post("Mit Bild", media_ids=[media])
    attributes = [mastodon_py.generate_media_edit_attributes(media, description="Ein Turm")]
    edited = mastodon_py.status_update(status, "Mit anderem Bild", media_attributes=attributes)
    assert edited.edited_at is not None
    assert [shown.description for shown in edited.media_attachments] == ["Ein Turm"]
    assert mastodon_py.status_source(status).text == "Mit anderem Bild"
    (post,) = practice.posts()
    assert (post.text, post.media[0].alt) == ("Mit anderem Bild", "Ein Turm")


def test_mastodon_py_schedules_moves_and_cancels(practice: Practice, mastodon_py: Mastodon) -> None:
    now = datetime.now(UTC)
    waiting = mastodon_py.status_post("Später", scheduled_at=now + timedelta(hours=1))
    moved = mastodon_py.scheduled_status_update(waiting, now + timedelta(hours=2))
    assert abs(moved.scheduled_at - now - timedelta(hours=2)) < timedelta(seconds=1)
    assert [status.id for status in mastodon_py.scheduled_statuses()] == [waiting.id]
    mastodon_py.scheduled_status_delete(waiting)
    assert (mastodon_py.scheduled_statuses(), practice.posts()) == ([], [])


def test_mastodon_py_is_told_why_a_poll_is_refused(practice: Practice, mastodon_py: Mastodon) -> None:
    poll = mastodon_py.make_poll(["Ja", "x" * 51], expires_in=300)
    with pytest.raises(MastodonAPIError) as caught:
        mastodon_py.status_post("Wie?", poll=poll)
    assert (caught.value.args[1], caught.value.args[3]) == (
        422,
        "Validation failed: Choices cannot be longer than 50 characters each",
    )
    assert practice.posts() == []


def test_tweepy_posts_a_thread_with_a_poll_and_takes_it_back(tweepy_client: Client) -> None:
    first = tweepy_client.create_tweet(text="eins").data["id"]
    poll = {"poll_options": ["Ja", "Nein"], "poll_duration_minutes": 60}
    second = tweepy_client.create_tweet(text="zwei", in_reply_to_tweet_id=first, **poll).data["id"]
    shown = tweepy_client.get_tweet(
        second,
        user_auth=True,
        tweet_fields=["conversation_id", "referenced_tweets", "attachments"],
        expansions=["attachments.poll_ids"],
        poll_fields=["duration_minutes", "voting_status"],
    )
    assert str(shown.data.conversation_id) == first
    assert [(one.type, str(one.id)) for one in shown.data.referenced_tweets] == [("replied_to", first)]
    (polled,) = shown.includes["polls"]
    assert ([option["label"] for option in polled.options], polled.duration_minutes) == (["Ja", "Nein"], 60)
    assert tweepy_client.delete_tweet(first).data == {"deleted": True}
    left = tweepy_client.get_tweets([first, second], user_auth=True)
    assert [str(tweet.id) for tweet in left.data] == [second]
    assert [error["resource_id"] for error in left.errors] == [first]
    with pytest.raises(Forbidden, match="deleted or not visible"):
        tweepy_client.create_tweet(text="drei", in_reply_to_tweet_id=first)


def test_tweepy_quotes_and_says_who_may_reply(tweepy_client: Client) -> None:
    first = tweepy_client.create_tweet(text="eins").data["id"]
    quote = tweepy_client.create_tweet(text="Siehe", quote_tweet_id=first, reply_settings="following").data["id"]
    shown = tweepy_client.get_tweet(quote, user_auth=True, tweet_fields=["referenced_tweets", "reply_settings"]).data
    assert [(one.type, str(one.id)) for one in shown.referenced_tweets] == [("quoted", first)]
    assert shown.reply_settings == "following"
