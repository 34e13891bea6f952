"""Editing on the practice Mastodon: what is sent counts, and what is not sent is lost, as on the real server."""

from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.sandbox.clients import MastodonApi
from tests.sandbox.conftest import Jpeg

POLL: dict[str, Any] = {"poll[options][]": ["Ja", "Nein"], "poll[expires_in]": "86400"}


def _edit(mastodon: MastodonApi, status_id: str, /, **fields: Any) -> httpx.Response:
    return mastodon.http.put(f"/api/v1/statuses/{status_id}", data=fields)


def test_a_text_is_replaced_and_the_time_of_it_shown(practice: Practice, mastodon: MastodonApi) -> None:
    status = mastodon.post("Montag geschlossen").json()
    edited = _edit(mastodon, status["id"], status="Dienstag geschlossen").json()
    assert (status["edited_at"], edited["content"]) == (None, "<p>Dienstag geschlossen</p>")
    assert datetime.fromisoformat(edited["edited_at"]) >= datetime.fromisoformat(status["created_at"])
    assert [one["content"] for one in mastodon.own()] == ["<p>Dienstag geschlossen</p>"]
    (post,) = practice.posts()
    assert (post.id, post.text, post.edited_at is not None) == (status["id"], "Dienstag geschlossen", True)


def test_an_edit_that_changes_nothing_is_none(mastodon: MastodonApi) -> None:
    status = mastodon.post("Montag geschlossen", spoiler_text="Zeiten", language="de").json()
    edited = _edit(mastodon, status["id"], status="Montag geschlossen", spoiler_text="Zeiten").json()
    assert edited == status


def test_language_and_visibility_stay_when_they_are_left_out(mastodon: MastodonApi) -> None:
    status = mastodon.post("Hallo", language="de", visibility="unlisted").json()["id"]
    edited = _edit(mastodon, status, status="Hallo!").json()
    assert (edited["language"], edited["visibility"]) == ("de", "unlisted")
    edited = _edit(mastodon, status, status="Hello!", language="en", visibility="public").json()
    assert (edited["language"], edited["visibility"]) == ("en", "unlisted")


def test_a_warning_that_is_left_out_is_lost(mastodon: MastodonApi) -> None:
    status = mastodon.post("Vom Unfall", spoiler_text="Unfall").json()["id"]
    edited = _edit(mastodon, status, status="Vom Unfall heute").json()
    assert (edited["spoiler_text"], edited["sensitive"]) == ("", False)
    edited = _edit(mastodon, status, status="Vom Unfall heute", spoiler_text="Unfall").json()
    assert (edited["spoiler_text"], edited["sensitive"]) == ("Unfall", True)


def test_a_poll_that_is_left_out_is_deleted(mastodon: MastodonApi) -> None:
    status = mastodon.post("Mehr Bänke?", **POLL).json()
    kept = _edit(mastodon, status["id"], status="Mehr Bänke im Park?", **POLL).json()
    assert kept["poll"]["id"] == status["poll"]["id"]
    assert _edit(mastodon, status["id"], status="Mehr Bänke im Park?").json()["poll"] is None


def test_the_time_of_an_edited_poll_begins_anew(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    with running(tmp_path / "state", clock=lambda: now) as practice:
        api = MastodonApi(practice)
        status = api.post("Mehr Bänke?", **POLL).json()["id"]
        now += 3600
        poll = _edit(api, status, status="Mehr Bänke?", **POLL).json()["poll"]
        api.close()
    assert datetime.fromisoformat(poll["expires_at"]).timestamp() == now + 86_400


def test_media_that_are_left_out_are_removed_and_may_come_back(mastodon: MastodonApi, picture: Jpeg) -> None:
    media = [mastodon.upload(picture(colour=colour), description=colour).json()["id"] for colour in ("red", "blue")]
    status = mastodon.post("Zwei Bilder", media=media).json()["id"]

    def shown(**fields: Any) -> list[str]:
        answer = _edit(mastodon, status, status="Bilder", **fields).json()
        return [attachment["id"] for attachment in answer["media_attachments"]]

    assert shown(**{"media_ids[]": list(reversed(media))}) == list(reversed(media))
    assert shown() == []
    assert shown(**{"media_ids[]": media[:1]}) == media[:1]
    refused = mastodon.post("Neu", media=media[1:])
    assert "already attached" in refused.json()["error"]


def test_a_new_picture_can_be_added(mastodon: MastodonApi, picture: Jpeg) -> None:
    status = mastodon.post("Ohne Bild").json()["id"]
    media = mastodon.upload(picture()).json()["id"]
    answer = _edit(mastodon, status, status="Mit Bild", **{"media_ids[]": [media]}).json()
    assert [attachment["id"] for attachment in answer["media_attachments"]] == [media]
    assert "already attached" in mastodon.post("Neu", media=[media]).json()["error"]


@pytest.mark.parametrize("as_json", [False, True])
def test_an_alternative_text_can_be_changed(
    *, practice: Practice, mastodon: MastodonApi, picture: Jpeg, as_json: bool
) -> None:
    media = [mastodon.upload(picture(colour=colour), description=colour).json()["id"] for colour in ("red", "blue")]
    status = mastodon.post("Zwei Bilder", media=media).json()["id"]
    if as_json:
        attributes = [{"id": media[1], "description": "Ein Haus"}]
        body = {"status": "Zwei Bilder", "media_ids": media, "media_attributes": attributes}
        answer = mastodon.http.put(f"/api/v1/statuses/{status}", json=body)
    else:
        one = {"media_attributes[][id]": media[1], "media_attributes[][description]": "Ein Haus"}
        answer = _edit(mastodon, status, status="Zwei Bilder", **{"media_ids[]": media}, **one)
    assert [shown["description"] for shown in answer.json()["media_attachments"]] == ["red", "Ein Haus"]
    assert answer.json()["edited_at"] is not None
    assert [shown.alt for shown in practice.posts()[0].media] == ["red", "Ein Haus"]


def test_attributes_that_are_not_practised_are_refused(mastodon: MastodonApi, picture: Jpeg) -> None:
    media = mastodon.upload(picture()).json()["id"]
    status = mastodon.post("Ein Bild", media=[media]).json()["id"]
    for attributes in ({"media_attributes[][focus]": "0,0"}, {"media_attributes[][id]": media}):
        assert _edit(mastodon, status, status="Ein Bild", **{"media_ids[]": [media]}, **attributes).status_code == 501


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": " "}, "Validation failed: Text can't be blank"),
        ({}, "Validation failed: Text can't be blank"),
        ({"status": "ä" * 501}, "Validation failed: Text character limit of 500 exceeded"),
        ({"status": "a", "spoiler_text": "x" * 500}, "Validation failed: Text character limit of 500 exceeded"),
        ({"status": "a", "media_ids[]": ["77"]}, "Media 77 not found or already attached to another post"),
        ({"status": "a", "media_ids[]": ["77"], **POLL}, "Cannot attach more than 4 files"),
        ({"status": "a", "poll[options][]": ["Ja"]}, "Validation failed: Choices must have more than one item"),
    ],
)
def test_an_edit_is_checked_like_a_new_status(
    practice: Practice, mastodon: MastodonApi, fields: dict[str, Any], words: str
) -> None:
    status = mastodon.post("Hallo").json()["id"]
    answer = _edit(mastodon, status, **fields)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(words)
    assert [(post.text, post.edited_at) for post in practice.posts()] == [("Hallo", None)]


def test_a_warning_without_a_text_becomes_the_text(mastodon: MastodonApi) -> None:
    status = mastodon.post("Vom Unfall", spoiler_text="Unfall").json()["id"]
    edited = _edit(mastodon, status, spoiler_text="Gesperrt").json()
    assert (edited["content"], edited["spoiler_text"]) == ("<p>Gesperrt</p>", "Unfall")


def test_an_edited_status_keeps_its_place_among_the_others(mastodon: MastodonApi) -> None:
    first = mastodon.post("eins").json()["id"]
    mastodon.post("zwei")
    _edit(mastodon, first, status="eins!")
    assert [status["content"] for status in mastodon.own()] == ["<p>zwei</p>", "<p>eins!</p>"]


def test_a_token_without_the_scope_may_not_edit(practice: Practice, mastodon: MastodonApi) -> None:
    status = mastodon.post("Hallo").json()["id"]
    reader = MastodonApi(practice, mastodon.account, scopes=["read"])
    assert _edit(reader, status, status="Nein").status_code == 403
    reader.close()
