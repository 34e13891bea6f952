"""The practice X, as https://docs.x.com/x-api and its specification describe the real one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.sandbox.clients import XApi

DUPLICATE = "You are not allowed to create a Tweet with duplicate content."


def test_a_post_is_published(practice: Practice, x: XApi) -> None:
    answer = x.post("Hallo")
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert (data["text"], data["edit_history_post_ids"]) == ("Hallo", [data["id"]])
    assert [(post.text, post.id) for post in practice.posts("x")] == [("Hallo", data["id"])]


def test_the_older_naming_can_be_chosen(tmp_path: Path) -> None:
    with running(tmp_path / "state", x_naming="tweet") as practice:
        api = XApi(practice)
        data = api.post("Hallo").json()["data"]
        assert data["edit_history_tweet_ids"] == [data["id"]]
        api.close()


def test_links_come_back_as_tco_and_signs_escaped(practice: Practice, x: XApi) -> None:
    x.post("A & B <c> https://bund.de/ä-b stadt.koeln")
    (post,) = x.own(**{"tweet.fields": "entities"})["data"]
    urls = post["entities"]["urls"]
    assert post["text"] == f"A &amp; B &lt;c&gt; {urls[0]['url']} {urls[1]['url']}"
    assert [url["expanded_url"] for url in urls] == ["https://bund.de/ä-b", "http://stadt.koeln"]
    assert all(post["text"][url["start"] : url["end"]] == url["url"] for url in urls)
    assert all(url["url"].startswith("https://t.co/") for url in urls)
    assert practice.posts()[0].text == "A & B <c> https://bund.de/ä-b stadt.koeln"


@pytest.mark.parametrize("parameter", ["tweet.fields", "post.fields"])
def test_fields_are_given_when_asked_in_either_naming(x: XApi, parameter: str) -> None:
    x.post("Hallo")
    (post,) = x.own(**{parameter: "created_at,conversation_id"})["data"]
    assert datetime.fromisoformat(post["created_at"]).tzinfo is not None
    assert post["conversation_id"] == post["id"]
    assert "created_at" not in x.own()["data"][0]


def test_own_posts_are_listed_newest_first_in_pages(x: XApi) -> None:
    for number in range(6):
        x.post(f"Nr. {number}")
    first = x.own(max_results=5)
    assert [post["text"] for post in first["data"]] == ["Nr. 5", "Nr. 4", "Nr. 3", "Nr. 2", "Nr. 1"]
    second = x.own(max_results=5, pagination_token=first["meta"]["next_token"])
    assert [post["text"] for post in second["data"]] == ["Nr. 0"]
    assert "next_token" not in second["meta"]


def test_the_list_begins_at_start_time(x: XApi) -> None:
    x.post("Hallo")
    hour = timedelta(hours=1)
    assert x.own(start_time=f"{datetime.now(UTC) - hour:%Y-%m-%dT%H:%M:%SZ}")["meta"]["result_count"] == 1
    assert x.own(start_time=f"{datetime.now(UTC) + hour:%Y-%m-%dT%H:%M:%SZ}")["meta"]["result_count"] == 0


def test_replies_can_be_left_out(x: XApi) -> None:
    first = x.post("eins").json()["data"]["id"]
    x.post("zwei", reply={"in_reply_to_tweet_id": first})
    assert [post["text"] for post in x.own(exclude="replies,retweets")["data"]] == ["eins"]
    (reply, _) = x.own(**{"tweet.fields": "conversation_id"})["data"]
    assert reply["conversation_id"] == first


@pytest.mark.parametrize("query", [{"max_results": "4"}, {"start_time": "gestern"}, {"tweet_fields": "created_at"}])
def test_wrong_query_parameters_are_refused(x: XApi, query: dict[str, str]) -> None:
    refused = x.own(**query)
    assert (refused["title"], refused["status"]) == ("Invalid Request", 400)


def test_one_post_can_be_read_and_deleted(practice: Practice, x: XApi) -> None:
    post = x.post("Hallo").json()["data"]["id"]
    assert x.call("GET", f"/2/tweets/{post}").json()["data"]["text"] == "Hallo"
    assert x.call("DELETE", f"/2/tweets/{post}").json() == {"data": {"deleted": True}}
    gone = x.call("GET", f"/2/tweets/{post}")
    assert (gone.status_code, gone.json()["errors"][0]["title"]) == (200, "Not Found Error")
    assert practice.posts() == []


@pytest.mark.parametrize(
    "body",
    [
        {"text": "a", "idempotency_key": "k"},
        {"text": "a", "media": {"media_ids": ["1"], "alt": "x"}},
        {"text": 7},
        {"text": "a", "media": {"media_ids": []}},
        {"text": "a", "media": {"media_ids": ["1", "2", "3", "4", "5"]}},
        {"text": "a", "reply": {}},
        {"text": "a", "reply_settings": "niemand"},
        {"text": ""},
    ],
)
def test_bodies_outside_the_specification_are_refused(practice: Practice, x: XApi, body: dict[str, object]) -> None:
    answer = x.call("POST", "/2/tweets", json=body)
    assert (answer.status_code, answer.json()["title"]) == (400, "Invalid Request")
    assert answer.headers["content-type"] == "application/problem+json"
    assert practice.posts() == []


def test_the_refusal_names_the_unknown_field(x: XApi) -> None:
    (error,) = x.post("a", lang="de").json()["errors"]
    assert error["message"].startswith("$.lang: is not defined in the schema")


def test_what_is_not_practised_is_refused_and_not_ignored(x: XApi) -> None:
    answer = x.post("Für Mitglieder", community_id="7")
    assert (answer.status_code, "community_id" in answer.json()["detail"]) == (501, True)


def test_a_text_is_weighed_as_x_does(x: XApi) -> None:
    assert x.post("ü" * 280).status_code == 201
    assert x.post("€" * 140).status_code == 201
    assert x.post("€" * 140 + "a").status_code == 403
    assert x.post("a" * 256 + " https://bund.de/" + "y" * 200).status_code == 201


def test_the_same_text_twice_is_a_duplicate(practice: Practice, x: XApi) -> None:
    x.post("Hallo")
    answer = x.post("Hallo")
    assert (answer.status_code, answer.json()["detail"]) == (403, DUPLICATE)
    assert len(practice.posts()) == 1


def test_a_deleted_post_may_be_made_again(x: XApi) -> None:
    post = x.post("Hallo").json()["data"]["id"]
    x.call("DELETE", f"/2/tweets/{post}")
    assert x.post("Hallo").status_code == 201


def test_another_account_may_say_the_same_but_not_reply(practice: Practice, x: XApi) -> None:
    post = x.post("Hallo").json()["data"]["id"]
    other = XApi(practice, "stadt")
    assert other.post("Hallo").status_code == 201
    assert other.post("Dazu", reply={"in_reply_to_tweet_id": post}).status_code == 403
    assert other.call("DELETE", f"/2/tweets/{post}").status_code == 403
    other.close()
