"""Threads, quotes, polls and deletions on the practice X."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.sandbox.clients import XApi
from tests.sandbox.conftest import Jpeg

FIELDS = {"tweet.fields": "conversation_id,referenced_tweets,attachments,reply_settings"}


def _post(x: XApi, text: str, **fields: Any) -> str:
    posted: str = x.post(text, **fields).json()["data"]["id"]
    return posted


def _reply(x: XApi, text: str, to: str) -> str:
    return _post(x, text, reply={"in_reply_to_tweet_id": to})


def _one(x: XApi, post: str, **query: str) -> Any:
    return x.call("GET", f"/2/tweets/{post}", params={**FIELDS, **query}).json()


def _poll(options: list[Any], minutes: Any = 60, **more: Any) -> dict[str, Any]:
    return {"poll": {"options": options, "duration_minutes": minutes, **more}}


def test_a_thread_is_one_conversation(practice: Practice, x: XApi) -> None:
    first = _post(x, "eins")
    second = _reply(x, "zwei", first)
    third = _reply(x, "drei", second)
    shown = _one(x, third)["data"]
    assert shown["conversation_id"] == first
    assert shown["referenced_posts"] == [{"type": "replied_to", "id": second}]
    assert [post.reply_to for post in practice.posts("x")] == [None, first, second]


def test_references_have_the_older_name_in_the_older_naming(tmp_path: Path) -> None:
    with running(tmp_path / "state", x_naming="tweet") as practice:
        api = XApi(practice)
        first = _post(api, "eins")
        shown = _one(api, _reply(api, "zwei", first))["data"]
        api.close()
    assert shown["referenced_tweets"] == [{"type": "replied_to", "id": first}]


def test_the_same_text_may_answer_another_post(x: XApi) -> None:
    first = _post(x, "eins")
    second = _reply(x, "Mehr dazu", first)
    assert x.post("Mehr dazu", reply={"in_reply_to_tweet_id": first}).status_code == 403
    assert x.post("Mehr dazu", reply={"in_reply_to_tweet_id": second}).status_code == 201


@pytest.mark.parametrize("deleted", [True, False])
def test_nobody_replies_to_what_is_gone_or_never_was(practice: Practice, x: XApi, *, deleted: bool) -> None:
    post = _post(x, "eins") if deleted else "12345"
    if deleted:
        x.call("DELETE", f"/2/tweets/{post}")
    answer = x.post("zwei", reply={"in_reply_to_tweet_id": post})
    words = "You attempted to reply to a Tweet that is deleted or not visible to you."
    assert (answer.status_code, answer.json()["detail"]) == (403, words)
    assert practice.posts() == []


def test_a_reply_outlives_its_parent_and_still_names_it(x: XApi) -> None:
    first = _post(x, "eins")
    second = _reply(x, "zwei", first)
    x.call("DELETE", f"/2/tweets/{first}")
    assert [post["id"] for post in x.own()["data"]] == [second]
    assert _one(x, second)["data"]["referenced_posts"] == [{"type": "replied_to", "id": first}]


def test_an_own_post_can_be_quoted(practice: Practice, x: XApi) -> None:
    first = _post(x, "eins")
    quote = _post(x, "Siehe", quote_tweet_id=first)
    assert _one(x, quote)["data"]["referenced_posts"] == [{"type": "quoted", "id": first}]
    other = XApi(practice, "stadt")
    assert other.post("Siehe", quote_tweet_id=first).status_code == 403
    other.close()
    assert x.post("Siehe", quote_tweet_id="12345").status_code == 403


def test_a_poll_is_told_when_it_is_expanded(practice: Practice, x: XApi) -> None:
    post = _post(x, "Mehr Bänke?", **_poll(["Ja", "Nein"], reply_settings="following"))
    fields = {"poll.fields": "duration_minutes,end_datetime,voting_status", "tweet.fields": "created_at"}
    shown = _one(x, post, expansions="attachments.poll_ids", **fields)
    (poll,) = shown["includes"]["polls"]
    assert [(option["position"], option["label"]) for option in poll["options"]] == [(1, "Ja"), (2, "Nein")]
    assert (poll["duration_minutes"], poll["voting_status"]) == (60, "open")
    lasts = datetime.fromisoformat(poll["end_datetime"]) - datetime.fromisoformat(shown["data"]["created_at"])
    assert lasts == timedelta(hours=1)
    plain = _one(x, post)
    assert plain["data"]["attachments"] == {"poll_ids": [poll["id"]]}
    assert plain["data"]["reply_settings"] == "following"
    assert "includes" not in plain
    assert practice.posts()[0].poll == ("Ja", "Nein")


def test_a_poll_closes_at_its_end(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    with running(tmp_path / "state", clock=lambda: now) as practice:
        api = XApi(practice, timestamp="1800000000")
        _post(api, "Mehr Bänke?", **_poll(["Ja", "Nein"], 5))
        now += 300
        listed = api.own(expansions="attachments.poll_ids", **{"poll.fields": "voting_status"})
        api.close()
    assert listed["includes"]["polls"][0]["voting_status"] == "closed"


@pytest.mark.parametrize(
    ("poll", "words"),
    [
        (_poll(["Ja"]), "$.poll.options: there must be a minimum of 2"),
        (_poll(["1", "2", "3", "4", "5"]), "$.poll.options: there must be a minimum of 2 and a maximum of 4"),
        (_poll(["Ja", ""]), "$.poll.options[1]: must be at least 1"),
        (_poll(["Ja", "ä" * 26]), "$.poll.options[1]: may only be 25 characters long"),
        (_poll(["Ja", 7]), "$.poll.options[1]: int found, string expected"),
        (_poll(["Ja", "Nein"], 4), "$.poll.duration_minutes: must have a minimum value of 5"),
        (_poll(["Ja", "Nein"], 10_081), "$.poll.duration_minutes: must have a maximum value of 10080"),
        (_poll(["Ja", "Nein"], reply_settings="niemand"), "$.poll.reply_settings: does not have a value"),
        ({"poll": {"options": ["Ja", "Nein"]}}, "$.poll.duration_minutes: is missing"),
    ],
)
def test_polls_outside_the_specification_are_refused(
    practice: Practice, x: XApi, poll: dict[str, Any], words: str
) -> None:
    answer = x.post("Wie?", **poll)
    assert (answer.status_code, answer.json()["title"]) == (400, "Invalid Request")
    assert answer.json()["errors"][0]["message"].startswith(words)
    assert practice.posts() == []


@pytest.mark.parametrize("minutes", [5, 10_080])
def test_the_limits_themselves_are_allowed(x: XApi, minutes: int) -> None:
    assert x.post("Wie?", **_poll(["ä" * 25, "2", "3", "4"], minutes)).status_code == 201


def test_a_poll_needs_a_text_and_goes_with_nothing_else(practice: Practice, x: XApi, picture: Jpeg) -> None:
    media = {"media_ids": [x.upload(picture()).json()["data"]["id"]]}
    assert x.call("POST", "/2/tweets", json=_poll(["Ja", "Nein"])).status_code == 400
    for more in ({"media": media}, {"quote_tweet_id": "1"}):
        refused = x.post("Wie?", **_poll(["Ja", "Nein"]), **more)
        assert refused.status_code == 400
        assert "mutually exclusive" in refused.json()["errors"][0]["message"]
    assert practice.posts() == []


def test_several_posts_are_read_at_once_and_the_missing_named(x: XApi) -> None:
    posts = [_post(x, text) for text in ("eins", "zwei", "drei")]
    x.call("DELETE", f"/2/tweets/{posts[1]}")
    answer = x.call("GET", "/2/tweets", params={"ids": ",".join(posts)})
    assert answer.status_code == 200
    assert [post["text"] for post in answer.json()["data"]] == ["eins", "drei"]
    (missing,) = answer.json()["errors"]
    assert (missing["title"], missing["resource_id"]) == ("Not Found Error", posts[1])


@pytest.mark.parametrize("ids", ["", "eins", ",".join(map(str, range(101)))])
def test_ids_that_are_none_or_too_many_are_refused(x: XApi, ids: str) -> None:
    assert x.call("GET", "/2/tweets", params={"ids": ids}).status_code == 400


def test_deleting_twice_is_not_found(x: XApi) -> None:
    post = _post(x, "Hallo")
    assert x.call("DELETE", f"/2/tweets/{post}").json() == {"data": {"deleted": True}}
    assert x.call("DELETE", f"/2/tweets/{post}").status_code == 404
