from pathlib import Path
from typing import Any

import pytest

from .checking import Naming, Specs, check, specs_folder
from .exchanges import exchange, sent_as_form, sent_as_json, sent_as_parts
from .recording import Recorder

X_POSTED: dict[Naming, dict[str, Any]] = {
    "post": {"id": "1", "text": "a", "edit_history_post_ids": ["1"]},
    "tweet": {"id": "1", "text": "a"},
}
FIELDS: dict[Naming, str] = {"post": "post.fields", "tweet": "tweet.fields"}


@pytest.fixture(scope="session", params=["post", "tweet"])
def naming(request: pytest.FixtureRequest) -> Naming:
    name: Naming = request.param
    return name


@pytest.fixture(scope="session")
def specs(published: Path, naming: Naming) -> Specs:
    return Specs(published, naming)


def test_x_takes_a_text_under_both_names(specs: Specs, naming: Naming) -> None:
    answer = {"data": X_POSTED[naming]}
    sent = exchange("POST /2/tweets", platform="x", status=201, answer=answer, **sent_as_json({"text": "a"}))
    assert check(sent, specs) == []


def test_x_takes_no_field_of_its_own_making(specs: Specs) -> None:
    body = sent_as_json({"text": "a", "language": "de"})
    assert "language" in " ".join(check(exchange("POST /2/tweets", platform="x", fault="html", **body), specs))


def test_x_knows_only_one_name_for_its_fields(specs: Specs, naming: Naming) -> None:
    right, wrong = FIELDS[naming], FIELDS["tweet" if naming == "post" else "post"]
    address = "GET /2/users/1/tweets?max_results=5&{}=created_at"
    assert check(exchange(address.format(right), platform="x", answer={"meta": {}}), specs) == []
    address = "GET /2/tweets/1?{}=created_at"
    assert wrong in " ".join(check(exchange(address.format(wrong), platform="x", answer={}), specs))


def test_x_explains_a_refusal(specs: Specs) -> None:
    sent = sent_as_json({"text": "a"})
    right = {"title": "Forbidden", "detail": "no", "type": "about:blank", "status": 403}
    details: dict[str, Any] = {"platform": "x", "status": 403, "answer_kind": "application/problem+json", **sent}
    assert check(exchange("POST /2/tweets", answer=right, **details), specs) == []
    assert check(exchange("POST /2/tweets", answer={**right, "title": 403}, **details), specs)


def test_x_wants_a_picture_as_a_file(specs: Specs) -> None:
    right = sent_as_parts(("media_category", "tweet_image"), file=("media", b"1"))
    wrong = sent_as_parts(("media_category", "tweet_image"), ("media", "1"))
    assert check(exchange("POST /2/media/upload", platform="x", fault="html", **right), specs) == []
    assert check(exchange("POST /2/media/upload", platform="x", fault="html", **wrong), specs)


def test_mastodon_takes_a_status_as_a_form(published: Path) -> None:
    form = sent_as_form(("status", "a"), ("media_ids[]", "1"), ("media_ids[]", "2"), ("sensitive", "0"))
    assert check(exchange("POST /api/v1/statuses", fault="html", **form), Specs(published)) == []


def test_mastodon_takes_no_field_of_its_own_making(published: Path) -> None:
    form = sent_as_form(("status", "a"), ("schedule", "2026-11-22T10:00:00Z"))
    [words] = check(exchange("POST /api/v1/statuses", fault="html", **form), Specs(published))
    assert "schedule" in words


def test_mastodons_answer_is_a_whole_status(published: Path) -> None:
    form = sent_as_form(("status", "a"))
    found = check(exchange("POST /api/v1/statuses", answer={"id": "1"}, **form), Specs(published))
    assert "account" in " ".join(found)


def test_facebook_takes_what_its_documentation_names(published: Path) -> None:
    feed = sent_as_form(("message", "a"), ("attached_media[0]", '{"media_fbid": "1"}'))
    right = exchange("POST /v26.0/1/feed?fields=id,permalink_url", platform="facebook", answer={"id": "1_2"}, **feed)
    wrong = exchange("POST /v26.0/1/feed?fields=id,address", platform="facebook", answer={"id": "1_2"}, **feed)
    assert check(right, Specs(published)) == []
    assert check(wrong, Specs(published)) == ["field “address” of PagePost is not in the specification"]


def test_instagram_takes_a_container(published: Path) -> None:
    container = sent_as_form(("image_url", "https://a.example/1.jpg"), ("caption", "a"), ("alt_text", "b"))
    right = exchange("POST /v26.0/1/media", platform="instagram", answer={"id": "1"}, **container)
    wrong = exchange("POST /v26.0/1/media", platform="instagram", answer={"id": 1}, **container)
    assert check(right, Specs(published)) == []
    assert check(wrong, Specs(published))


def test_a_wrong_answer_is_forgiven_only_where_a_fault_shaped_it(published: Path) -> None:
    body = sent_as_form(("status", "a"))
    assert check(exchange("POST /api/v1/statuses", fault="html", answer="<html>", **body), Specs(published)) == []
    assert check(exchange("POST /api/v1/statuses", answer="<html>", **body), Specs(published))


def test_a_network_without_specification_is_a_violation(published: Path) -> None:
    [words] = check(exchange("GET /", platform="myspace"), Specs(published))
    assert "myspace" in words


def test_a_recorder_tells_every_violation_once_with_its_request(published: Path) -> None:
    recorder = Recorder(Specs(published))
    for _ in range(2):
        recorder(exchange("GET /api/v9/nothing", status=404))
    assert recorder.violations() == [
        "mastodon: GET /api/v9/nothing → 404: GET /api/v9/nothing is not in the specification"
    ]


def test_the_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KANAL_SHARED", str(tmp_path))
    assert specs_folder() is None
    (tmp_path / "specs").mkdir()
    assert specs_folder() == tmp_path / "specs"
