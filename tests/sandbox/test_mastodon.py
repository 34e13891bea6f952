"""The practice Mastodon, as https://docs.joinmastodon.org describes the real one."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kanal.sandbox import Practice
from kanal.sandbox.mastodon.html import to_html
from kanal.sandbox.server import running
from tests.sandbox.clients import MastodonApi


def test_a_status_is_published_and_comes_back_as_html(practice: Practice, mastodon: MastodonApi) -> None:
    answer = mastodon.post("Hallo & Grüße\nzweite Zeile\n\nhttps://bund.de/a #Test", language="de")
    assert answer.status_code == 200
    status = answer.json()
    assert status["content"].startswith('<p>Hallo &amp; Grüße<br />zweite Zeile</p><p><a href="https://bund.de/a"')
    assert status["language"] == "de"
    assert [post.text for post in practice.posts()] == ["Hallo & Grüße\nzweite Zeile\n\nhttps://bund.de/a #Test"]


def test_json_is_taken_as_well_as_a_form(mastodon: MastodonApi) -> None:
    answer = mastodon.http.post("/api/v1/statuses", json={"status": "Als JSON", "sensitive": True})
    assert (answer.json()["content"], answer.json()["sensitive"]) == ("<p>Als JSON</p>", True)


def test_the_raw_text_is_at_source(mastodon: MastodonApi) -> None:
    status_id = mastodon.post("Eins & zwei").json()["id"]
    assert mastodon.http.get(f"/api/v1/statuses/{status_id}/source").json()["text"] == "Eins & zwei"
    assert mastodon.http.get(f"/api/v1/statuses/{status_id}").json()["content"] == "<p>Eins &amp; zwei</p>"


def test_own_statuses_are_listed_newest_first(mastodon: MastodonApi) -> None:
    for text in ("eins", "zwei", "drei"):
        mastodon.post(text)
    assert [status["content"] for status in mastodon.own()] == ["<p>drei</p>", "<p>zwei</p>", "<p>eins</p>"]


def test_the_list_can_be_cut_by_ids(mastodon: MastodonApi) -> None:
    ids = [mastodon.post(text).json()["id"] for text in ("eins", "zwei", "drei")]
    account = mastodon.http.get("/api/v1/accounts/verify_credentials").json()["id"]

    def listed(**query: str) -> list[str]:
        answer = mastodon.http.get(f"/api/v1/accounts/{account}/statuses", params=query)
        return [status["id"] for status in answer.json()]

    assert listed(since_id=ids[0]) == [ids[2], ids[1]]
    assert listed(max_id=ids[1]) == [ids[0]]
    assert listed(min_id=ids[0], limit="1") == [ids[1]]


def test_a_deleted_status_is_gone(practice: Practice, mastodon: MastodonApi) -> None:
    status_id = mastodon.post("Zu viel").json()["id"]
    assert mastodon.http.delete(f"/api/v1/statuses/{status_id}").json()["text"] == "Zu viel"
    assert mastodon.http.get(f"/api/v1/statuses/{status_id}").status_code == 404
    assert practice.posts() == []


def test_a_repeated_key_gives_the_same_status(practice: Practice, mastodon: MastodonApi) -> None:
    first, second = mastodon.post("Einmal", key="k1").json(), mastodon.post("Einmal", key="k1").json()
    assert first["id"] == second["id"]
    assert len(practice.posts()) == 1


def test_a_key_belongs_to_one_account(practice: Practice, mastodon: MastodonApi) -> None:
    other = MastodonApi(practice, "stadt@social.example")
    assert mastodon.post("Einmal", key="k1").json()["id"] != other.post("Einmal", key="k1").json()["id"]
    other.close()


def test_a_key_is_forgotten_after_an_hour(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    with running(tmp_path / "state", clock=lambda: now) as practice:
        api = MastodonApi(practice)
        first = api.post("Einmal", key="k1").json()["id"]
        now += 3599
        assert api.post("Einmal", key="k1").json()["id"] == first
        now += 2
        assert api.post("Einmal", key="k1").json()["id"] != first
        api.close()


@pytest.mark.parametrize(("version", "status"), [("4.5.9", 200), ("4.6.0", 500), ("4.7.1", 500), ("4.7.2", 200)])
def test_a_repeated_key_makes_some_versions_fail(tmp_path: Path, version: str, status: int) -> None:
    with running(tmp_path / "state", mastodon_version=version) as practice:
        api = MastodonApi(practice)
        api.post("Einmal", key="k1")
        assert api.http.get("/api/v2/instance").json()["version"] == version
        assert api.post("Einmal", key="k1").status_code == status
        assert len(practice.posts()) == 1
        api.close()


def test_a_picture_is_uploaded_described_and_shown(
    practice: Practice, mastodon: MastodonApi, picture: Callable[..., bytes], browser: httpx.Client
) -> None:
    uploaded = mastodon.upload(picture(), description="Erster Text").json()
    changed = mastodon.http.put(f"/api/v1/media/{uploaded['id']}", data={"description": "Ein Haus"}).json()
    assert (uploaded["description"], changed["description"]) == ("Erster Text", "Ein Haus")
    assert mastodon.http.get(f"/api/v1/media/{uploaded['id']}").json()["meta"]["original"]["size"] == "80x60"
    status = mastodon.post("Mit Bild", media=[uploaded["id"]]).json()
    assert status["media_attachments"][0]["description"] == "Ein Haus"
    assert practice.posts()[0].media[0].alt == "Ein Haus"
    assert browser.get(status["media_attachments"][0]["url"]).content == picture()


def test_a_picture_is_attached_only_once(mastodon: MastodonApi, picture: Callable[..., bytes]) -> None:
    media = mastodon.upload(picture()).json()["id"]
    mastodon.post("eins", media=[media])
    refused = mastodon.post("zwei", media=[media])
    assert refused.status_code == 422
    assert "already attached" in refused.json()["error"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": " "}, "can't be blank"),
        ({"status": "ä" * 501}, "limit of 500"),
        ({"status": "kurz", "spoiler_text": "x" * 497}, "limit of 500"),
        ({"status": "a", "visibility": "geheim"}, "Visibility"),
        ({"status": "a", "media_ids[]": ["1", "2", "3", "4", "5"]}, "more than 4"),
        ({"status": "a", "media_ids[]": ["77"]}, "Media 77 not found"),
    ],
)
def test_what_mastodon_does_not_take_is_refused(
    practice: Practice, mastodon: MastodonApi, fields: dict[str, str], words: str
) -> None:
    answer = mastodon.http.post("/api/v1/statuses", data=fields)
    assert answer.status_code == 422
    assert words in answer.json()["error"]
    assert practice.posts() == []


def test_a_url_counts_23_whatever_its_length(mastodon: MastodonApi) -> None:
    assert mastodon.post("x" * 476 + " https://bund.de/" + "y" * 300).status_code == 200


def test_what_is_not_practised_is_refused_and_not_ignored(mastodon: MastodonApi) -> None:
    assert mastodon.post("Nur für euch", **{"allowed_mentions[]": "1"}).status_code == 501
    assert mastodon.post("Zitiert mich nicht", quote_approval_policy="nobody").status_code == 501


def test_a_reply_needs_the_status_it_answers(practice: Practice, mastodon: MastodonApi) -> None:
    first = mastodon.post("eins").json()
    reply = mastodon.post("zwei", in_reply_to_id=first["id"]).json()
    assert (reply["in_reply_to_id"], reply["in_reply_to_account_id"]) == (first["id"], first["account"]["id"])
    assert [post.reply_to for post in practice.posts()] == [None, first["id"]]
    refused = mastodon.post("drei", in_reply_to_id="12345")
    assert (refused.status_code, "reply to does not appear to exist" in refused.json()["error"]) == (404, True)


def test_a_reply_outlives_the_status_it_answers(mastodon: MastodonApi) -> None:
    first = mastodon.post("eins").json()["id"]
    reply = mastodon.post("zwei", in_reply_to_id=first).json()["id"]
    mastodon.http.delete(f"/api/v1/statuses/{first}")
    (left,) = mastodon.own()
    assert (left["id"], left["in_reply_to_id"], left["in_reply_to_account_id"]) == (reply, None, None)
    assert mastodon.post("drei", in_reply_to_id=first).status_code == 404


def test_a_warning_stands_before_the_text_and_makes_the_media_sensitive(
    practice: Practice, mastodon: MastodonApi
) -> None:
    status = mastodon.post("Bilder vom Unfall", spoiler_text="Unfall").json()
    assert (status["spoiler_text"], status["sensitive"]) == ("Unfall", True)
    source = mastodon.http.get(f"/api/v1/statuses/{status['id']}/source").json()
    assert (source["text"], source["spoiler_text"]) == ("Bilder vom Unfall", "Unfall")
    assert practice.posts()[0].warning == "Unfall"


def test_a_warning_alone_becomes_the_text(mastodon: MastodonApi) -> None:
    status = mastodon.post("", spoiler_text="Unfall").json()
    assert (status["content"], status["spoiler_text"], status["sensitive"]) == ("<p>Unfall</p>", "", True)


def test_others_see_what_is_public_or_unlisted(practice: Practice, mastodon: MastodonApi) -> None:
    other = MastodonApi(practice, "stadt@social.example")
    for visibility, expected in (("public", 200), ("unlisted", 200), ("private", 404), ("direct", 404)):
        status = mastodon.post(f"Für {visibility}", visibility=visibility).json()
        assert status["visibility"] == visibility
        assert other.http.get(f"/api/v1/statuses/{status['id']}").status_code == expected
        assert mastodon.http.get(f"/api/v1/statuses/{status['id']}").status_code == 200
    other.close()
    assert [post.visibility for post in practice.posts()] == ["public", "unlisted", "private", "direct"]


def test_a_status_can_quote_another_until_that_is_gone(mastodon: MastodonApi) -> None:
    quoted = mastodon.post("Das Original").json()["id"]
    quote = mastodon.post("Siehe", quoted_status_id=quoted).json()
    assert (quote["quote"]["state"], quote["quote"]["quoted_status"]["id"]) == ("accepted", quoted)
    mastodon.http.delete(f"/api/v1/statuses/{quoted}")
    left = mastodon.http.get(f"/api/v1/statuses/{quote['id']}").json()["quote"]
    assert left == {"state": "deleted", "quoted_status": None}


def test_what_cannot_be_quoted_is_not_found(mastodon: MastodonApi) -> None:
    direct = mastodon.post("Nur für dich", visibility="direct").json()["id"]
    for quoted in (direct, "12345"):
        refused = mastodon.post("Siehe", quoted_status_id=quoted)
        assert (refused.status_code, "quote does not appear" in refused.json()["error"]) == (404, True)


def test_the_media_of_a_deleted_status_can_be_used_again_unless_they_are_deleted_too(
    mastodon: MastodonApi, picture: Callable[..., bytes]
) -> None:
    media = mastodon.upload(picture(), description="Ein Haus").json()["id"]
    first = mastodon.post("eins", media=[media]).json()["id"]
    deleted = mastodon.http.delete(f"/api/v1/statuses/{first}").json()
    assert [shown["id"] for shown in deleted["media_attachments"]] == [media]
    second = mastodon.post("zwei", media=[media]).json()
    assert second["media_attachments"][0]["description"] == "Ein Haus"
    mastodon.http.delete(f"/api/v1/statuses/{second['id']}", params={"delete_media": "true"})
    assert mastodon.http.get(f"/api/v1/media/{media}").status_code == 404
    assert mastodon.post("drei", media=[media]).status_code == 422


def test_nobody_else_deletes_or_edits_a_status(practice: Practice, mastodon: MastodonApi) -> None:
    status = mastodon.post("Meins").json()["id"]
    other = MastodonApi(practice, "stadt@social.example")
    answers = [
        other.http.delete(f"/api/v1/statuses/{status}"),
        other.http.put(f"/api/v1/statuses/{status}", data={"status": "Deins"}),
    ]
    other.close()
    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, {"error": "Record not found"})] * 2
    assert [post.text for post in practice.posts()] == ["Meins"]


def test_what_is_gone_answers_404_to_everything(mastodon: MastodonApi) -> None:
    status = mastodon.post("Zu viel").json()["id"]
    mastodon.http.delete(f"/api/v1/statuses/{status}")
    path = f"/api/v1/statuses/{status}"
    answers = [
        mastodon.http.get(path),
        mastodon.http.get(f"{path}/source"),
        mastodon.http.put(path, data={"status": "Doch"}),
        mastodon.http.delete(path),
    ]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, {"error": "Record not found"})] * 4
    assert mastodon.own() == []


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
def test_other_kinds_of_pictures_are_refused(mastodon: MastodonApi, picture: Callable[..., bytes], kind: str) -> None:
    assert mastodon.upload(picture(kind=kind)).status_code == 422


def test_a_file_that_is_no_picture_is_refused_whatever_its_name(mastodon: MastodonApi) -> None:
    assert mastodon.upload(b"kein Bild").json()["error"].startswith("Validation failed: File content type is invalid")


def test_a_description_ends_at_1500_characters(mastodon: MastodonApi, picture: Callable[..., bytes]) -> None:
    assert mastodon.upload(picture(), description="ä" * 1500).status_code == 200
    assert mastodon.upload(picture(), description="ä" * 1501).status_code == 422


def test_a_wrong_token_is_401_and_a_missing_scope_403(practice: Practice, mastodon: MastodonApi) -> None:
    wrong = mastodon.http.get("/api/v1/accounts/verify_credentials", headers={"Authorization": "Bearer falsch"})
    assert (wrong.status_code, wrong.json()) == (401, {"error": "The access token is invalid"})
    reader = MastodonApi(practice, "leser@social.example", scopes=["read"])
    assert reader.own() == []
    assert reader.post("Darf nicht").status_code == 403
    reader.close()


@pytest.mark.parametrize("path", ["/api/v1/instance", "/api/v1/instance/", "/api/v2/instance", "/api/v2/instance/"])
def test_the_instance_tells_its_limits(mastodon: MastodonApi, path: str) -> None:
    limits = mastodon.http.get(path, headers={"Authorization": ""}).json()["configuration"]
    assert limits["statuses"]["max_characters"] == 500
    assert limits["media_attachments"]["description_limit"] == 1500
    polls = {"max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2_629_746}
    assert limits["polls"] == polls


def test_the_instance_has_its_newer_and_its_older_shape(mastodon: MastodonApi) -> None:
    assert mastodon.http.get("/api/v2/instance").json()["usage"]["users"]["active_month"] == 1
    mastodon.post("Hallo")
    assert mastodon.http.get("/api/v1/instance").json()["stats"]["status_count"] == 1


def test_markup_in_a_text_stays_text() -> None:
    html = to_html('<script>alert("1")</script> #a<b')
    assert "<script>" not in html
    assert "&lt;script&gt;alert(&quot;1&quot;)" in html
