"""Editing at Mastodon: all is named that would be lost, polls keep their votes, and a server's answers prove little."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.model import Edition, Part, Picture, Poll, Prepared, Receipt, Visibility
from kanal.platforms.mastodon import Adapter
from kanal.testing.loopback import Reply, as_json, loopback
from kanal.testing.parts import digests
from tests.platforms.mastodon_server import adapter_at, answering, status
from tests.practised import pictures

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RECEIPT = Receipt("1", "https://social.example/@landkreis/1", NOON)
PUT, SHOW, SOURCE = "PUT /api/v1/statuses/1", "GET /api/v1/statuses/1", "GET /api/v1/statuses/1/source"
NOT_FOUND = as_json({"error": "Record not found"}, 404)
OLD, NEW = Part("Am Montag.", "de"), Part("Am Dienstag.", "de")
POLL = Poll(("Ja", "Nein"), minutes=60, multiple=True, hide_totals=True)
Answers = Mapping[str, Reply]


def _corrected(new: Part, before: Edition, answers: Answers) -> dict[str, Any]:
    """What is put for `new`."""
    with loopback(answering({PUT: as_json(status()), SHOW: as_json(status()), **answers})) as server:
        adapter = adapter_at(server.url)
        assert adapter.correct(RECEIPT, adapter.revise(RECEIPT, new, before)) == RECEIPT
        (asked,) = [asked for asked in server.asked if asked.method == "PUT"]
        put: dict[str, Any] = json.loads(asked.body)
        return put


def _before(part: Part, *ids: str) -> Edition:
    return Edition(Prepared(part, {"media_ids": ",".join(ids)} if ids else {}), tuple(digests(part)))


def _attached(*ids: str) -> Reply:
    return as_json(status(media_attachments=[{"id": one, "description": "alt"} for one in ids]))


def test_warning_language_and_the_hidden_pictures_are_sent_again() -> None:
    put = _corrected(NEW._replace(warning="Baustelle", sensitive=True), _before(OLD), {})
    assert put == {
        "status": "Am Dienstag.",
        "spoiler_text": "Baustelle",
        "sensitive": True,
        "language": "de",
        "media_ids": [],
    }


def test_pictures_that_stay_keep_their_ids_and_only_new_ones_are_uploaded(tmp_path: Path) -> None:
    one, two, three = pictures(tmp_path, 3)
    old, new = OLD._replace(media=(one, two)), OLD._replace(media=(three, two._replace(alt="Anders"), one))
    put = _corrected(new, _before(old, "11", "12"), {SHOW: _attached("11", "12")})
    assert put["media_ids"] == ["55", "12", "11"]
    assert put["media_attributes"] == [
        {"id": "55", "description": three.alt},
        {"id": "12", "description": "Anders"},
        {"id": "11", "description": one.alt},
    ]


def test_a_picture_that_the_server_does_not_have_any_more_is_uploaded_again(tmp_path: Path) -> None:
    (one,) = pictures(tmp_path, 1)
    part = OLD._replace(media=(one,))
    assert _corrected(part, _before(part, "11"), {SHOW: _attached("99")})["media_ids"] == ["55"]


def test_a_poll_is_sent_as_it_is_with_the_time_that_is_left() -> None:
    part = OLD._replace(poll=POLL)
    put = _corrected(part._replace(text="Neu"), _before(part), {SHOW: as_json(status(poll=_poll(minutes=30)))})
    left = put["poll"].pop("expires_in")
    assert put["poll"] == {"options": ["Ja", "Nein"], "multiple": True, "hide_totals": True}
    assert 1790 <= left <= 1800


@pytest.mark.parametrize(
    ("poll", "words"),
    [
        ({"minutes": 4}, "would open it again"),
        ({"minutes": -60}, "would open it again"),
        ({"titles": ("Ja", "Vielleicht")}, "would discard its votes"),
        ({"multiple": False}, "would discard its votes"),
    ],
)
def test_a_poll_that_an_edit_would_change_is_left_alone(poll: dict[str, Any], words: str) -> None:
    part = OLD._replace(poll=POLL)
    with loopback(answering({SHOW: as_json(status(poll=_poll(**poll)))})) as server:
        with pytest.raises(Rejected, match=words):
            adapter_at(server.url).revise(RECEIPT, part._replace(text="Neu"), _before(part))
        assert all(asked.method == "GET" for asked in server.asked)


def _poll(
    minutes: float = 60, titles: tuple[str, ...] = ("Ja", "Nein"), *, multiple: bool = True
) -> Mapping[str, object]:
    ends = (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()
    options = [{"title": title, "votes_count": 3} for title in titles]
    return {"id": "3", "expires_at": ends, "multiple": multiple, "options": options}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (OLD._replace(visibility=Visibility.UNLISTED), "who sees a post"),
        (OLD._replace(reply_to="anderer"), "what a post answers"),
        (OLD._replace(poll=POLL), "discard the votes"),
    ],
)
def test_what_cannot_change_is_told(part: Part, words: str) -> None:
    assert words in str(Adapter.unchangeable(_before(OLD), part))
    assert Adapter.unchangeable(_before(part), part._replace(text="Neu", warning="Baustelle")) is None


def test_public_is_what_a_post_is_that_does_not_say_so() -> None:
    assert Adapter.unchangeable(_before(OLD), OLD._replace(visibility=Visibility.PUBLIC)) is None


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (as_json({"error": "Validation failed"}, 422), Rejected, "refuses to change the post"),
        (NOT_FOUND, Rejected, "does not find this post any more"),
        (Reply(404, b"<h1>Seite nicht gefunden</h1>"), Unavailable, "does not know this request"),
        (as_json({"error": "This action is not allowed"}, 403), Unavailable, "does not allow"),
        (as_json({"error": "Internal Server Error"}, 500), Uncertain, "did not say clearly"),
        (Reply(200, b"<h1>Anmeldung</h1>"), Uncertain, "did not say clearly"),
        (as_json([]), Uncertain, "did not say clearly"),
    ],
)
def test_answers_are_told_as_what_they_mean_for_an_edit(answer: Reply, error: type[DeliveryError], words: str) -> None:
    with loopback(answering({PUT: answer})) as server, pytest.raises(error, match=words):
        adapter_at(server.url).correct(RECEIPT, Prepared(NEW))


SAYS = {"text": "Am Dienstag.", "spoiler_text": "", "id": "1"}


@pytest.mark.parametrize(
    ("shown", "source", "says"),
    [
        ({}, {}, True),
        ({"language": None}, {}, True),
        ({}, {"text": "Am Dienstag.\r\n"}, True),
        ({}, {"text": "Am Montag."}, False),
        ({}, {"spoiler_text": "Baustelle"}, False),
        ({"sensitive": True}, {}, False),
        ({"language": "en"}, {}, False),
        ({"media_attachments": [{"id": "5"}]}, {}, False),
    ],
)
def test_a_post_says_it_where_all_agrees(shown: dict[str, Any], source: dict[str, Any], *, says: bool) -> None:
    answers = {SHOW: as_json(status(**shown)), SOURCE: as_json({**SAYS, **source})}
    with loopback(answering(answers)) as server:
        assert adapter_at(server.url).says(RECEIPT, Prepared(NEW)) is says


def test_pictures_and_their_alternative_texts_count() -> None:
    picture = Picture(Path("weg.jpg"), "alt", "Amt", "CC0-1.0")
    answers = {SHOW: _attached("11"), SOURCE: as_json(SAYS)}
    with loopback(answering(answers)) as server:
        adapter = adapter_at(server.url)
        for identity, alt, says in (("11", "alt", True), ("12", "alt", False), ("11", "anders", False)):
            part = NEW._replace(media=(picture._replace(alt=alt),))
            assert adapter.says(RECEIPT, Prepared(part, {"media_ids": identity})) is says


def test_what_is_not_there_says_nothing() -> None:
    with loopback(answering({SHOW: NOT_FOUND})) as server, pytest.raises(Unavailable, match="does not find this post"):
        adapter_at(server.url).says(RECEIPT, Prepared(NEW))


def test_a_post_on_another_server_is_not_edited() -> None:
    moved = RECEIPT._replace(url="https://alt.example/@landkreis/1")
    with loopback(answering({SHOW: as_json(status())})) as server, pytest.raises(Unavailable, match=r"alt\.example"):
        adapter_at(server.url).revise(moved, NEW, _before(OLD))
