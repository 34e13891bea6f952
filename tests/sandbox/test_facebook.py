"""The practice Facebook page, as Meta's Pages API documentation describes the real one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from tests.sandbox.clients import Graph, codes


def test_a_text_with_a_link_is_published(practice: Practice, facebook: Graph) -> None:
    answer = facebook.post("/feed", {"message": "Hallo", "link": "https://landkreis.example/"})
    assert answer.json()["id"].startswith("100200300_")
    (post,) = practice.posts()
    assert (post.text, post.link, post.id) == ("Hallo", "https://landkreis.example/", answer.json()["id"])


def test_fields_are_read_after_the_write(practice: Practice, facebook: Graph) -> None:
    answer = facebook.post("/feed", {"message": "Hallo"}, params={"fields": "id,permalink_url"})
    assert answer.json() == {"id": practice.posts()[0].id, "permalink_url": practice.posts()[0].url}


def test_json_is_taken_as_well_as_a_form(practice: Practice, facebook: Graph, picture: Callable[..., bytes]) -> None:
    photo = facebook.photo(picture(), published="false").json()["id"]
    body = {"message": "Als JSON", "attached_media": [{"media_fbid": photo}], "published": True}
    assert facebook.post("/feed", json=body).status_code == 200
    assert len(practice.posts()[0].media) == 1


def test_several_photos_are_uploaded_first_and_attached(
    practice: Practice, facebook: Graph, picture: Callable[..., bytes]
) -> None:
    photos = [facebook.photo(picture(), published="false", alt_text_custom=alt).json()["id"] for alt in ("A", "B")]
    assert practice.posts() == []
    attached = {f"attached_media[{place}]": f'{{"media_fbid":"{photo}"}}' for place, photo in enumerate(photos)}
    facebook.post("/feed", {"message": "Zwei Bilder", **attached})
    assert [picture.alt for picture in practice.posts()[0].media] == ["A", "B"]
    again = facebook.post("/feed", {"message": "Noch einmal", **attached})
    assert codes(again)[0] == 100


def test_one_photo_can_be_a_post_by_itself(practice: Practice, facebook: Graph, picture: Callable[..., bytes]) -> None:
    answer = facebook.photo(picture(), caption="Ein Bild", alt_text_custom="Ein Haus").json()
    (post,) = practice.posts()
    assert (answer["post_id"], post.text, post.media[0].alt) == (post.id, "Ein Bild", "Ein Haus")


def test_a_photo_can_be_fetched_from_this_machine_only(
    practice: Practice, facebook: Graph, staging: Path, picture: Callable[..., bytes]
) -> None:
    (staging / "a.jpg").write_bytes(picture())
    assert facebook.post("/photos", {"url": f"{practice.address}staging/a.jpg"}).status_code == 200
    assert facebook.post("/photos", {"url": "http://192.0.2.1/a.jpg"}).status_code == 400


def test_the_same_text_again_is_506_until_something_else_was_said(practice: Practice, facebook: Graph) -> None:
    facebook.post("/feed", {"message": "Hallo"})
    refused = facebook.post("/feed", {"message": "Hallo"})
    assert codes(refused) == (506, 1455006)
    assert len(practice.posts()) == 1
    facebook.post("/feed", {"message": "Anderes"})
    assert facebook.post("/feed", {"message": "Hallo"}).status_code == 200


def test_published_posts_are_listed_by_time_in_pages(facebook: Graph) -> None:
    for text in ("eins", "zwei", "drei"):
        facebook.post("/feed", {"message": text})
    page = facebook.get("/published_posts", fields="id,message,created_time", limit=2).json()
    assert [post["message"] for post in page["data"]] == ["drei", "zwei"]
    assert page["data"][0]["created_time"].endswith("+0000")
    after = page["paging"]["cursors"]["after"]
    rest = facebook.get("/published_posts", fields="message", limit=2, after=after).json()
    assert [post["message"] for post in rest["data"]] == ["eins"]
    assert "next" in page["paging"]
    assert "next" not in rest["paging"]
    assert facebook.get("/published_posts", since="4000000000").json()["data"] == []


def test_attachments_tell_link_and_pictures(facebook: Graph, picture: Callable[..., bytes]) -> None:
    facebook.post("/feed", {"message": "Link", "link": "https://landkreis.example/"})
    facebook.photo(picture(), caption="Bild", alt_text_custom="Ein Haus")
    shown = facebook.get("/published_posts", fields="attachments").json()["data"]
    assert shown[0]["attachments"]["data"][0]["description"] == "Ein Haus"
    assert shown[1]["attachments"]["data"][0]["url"] == "https://landkreis.example/"


def test_a_post_can_be_read_and_deleted(practice: Practice, facebook: Graph) -> None:
    post = facebook.post("/feed", {"message": "Hallo"}).json()["id"]
    assert facebook.node(post, fields="message").json()["message"] == "Hallo"
    assert facebook.node(post, "DELETE").json() == {"success": True}
    assert codes(facebook.node(post)) == (100, 33)
    assert practice.posts() == []


def test_the_page_tells_its_name(facebook: Graph) -> None:
    page = {"id": "100200300", "name": "Landkreis Musterland"}
    assert facebook.get("", fields="id,name").json() == page
    assert facebook.node("me", fields="id,name").json() == page


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, 100),
        ({"message": "a" * 63_207}, 100),
        ({"message": "a", "link": "keine Adresse"}, 1609005),
        ({"message": "a", "attached_media[0]": "kein JSON"}, 100),
        ({"message": "a", "attached_media[0]": '{"media_fbid":"77"}'}, 100),
        ({"message": "a", "scheduled_publish_time": "4000000000"}, 100),
        ({"message": "a", "targeting": "{}"}, 3),
        ({"message": "a", "published": "false"}, 3),
    ],
)
def test_what_facebook_does_not_take_is_refused(
    practice: Practice, facebook: Graph, fields: dict[str, str], code: int
) -> None:
    assert codes(facebook.post("/feed", fields))[0] == code
    assert practice.posts() == []


def test_photos_are_checked_by_kind_and_size(facebook: Graph, picture: Callable[..., bytes]) -> None:
    assert facebook.photo(b"kein Bild").status_code == 400
    assert facebook.photo(picture(kind="WEBP")).status_code == 400
    assert facebook.photo(picture() + b"\0" * 5_000_000).status_code == 400
    assert facebook.photo(picture(kind="PNG"), published="false").status_code == 200


def test_an_unknown_field_fails_the_whole_request(facebook: Graph) -> None:
    answer = facebook.get("", fields="id,lieblingsfarbe")
    assert codes(answer)[0] == 100
    assert "(lieblingsfarbe) on node type (Page)" in answer.json()["error"]["message"]


def test_the_token_may_stand_in_query_or_form(practice: Practice, facebook: Graph) -> None:
    bare = {"Authorization": ""}
    in_query = facebook.http.get(f"{facebook.base}/me", params={"access_token": facebook.token}, headers=bare)
    in_form = facebook.post("/feed", {"message": "Hallo", "access_token": facebook.token}, headers=bare)
    assert (in_query.status_code, in_form.status_code) == (200, 200)
    assert len(practice.posts()) == 1


def test_wrong_tokens_permissions_and_pages_are_told_apart(practice: Practice, facebook: Graph) -> None:
    wrong = facebook.post("/feed", {"message": "a"}, headers={"Authorization": "Bearer falsch"})
    none = facebook.post("/feed", {"message": "a"}, headers={"Authorization": ""})
    reader = Graph(practice, "facebook", "4711", scopes=["pages_read_engagement"])
    forbidden = reader.post("/feed", {"message": "a"})
    foreign = facebook.http.post(f"{facebook.base}/4711/feed", data={"message": "a"})
    reader.close()
    assert [codes(answer)[0] for answer in (wrong, none, forbidden, foreign)] == [190, 104, 200, 100]
    assert "WWW-Authenticate" in wrong.headers
    assert practice.posts() == []
