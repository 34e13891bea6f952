"""Polls of the practice Mastodon, from a form or JSON, with the limits that the instance tells."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kanal.sandbox import Practice
from kanal.sandbox.forms import Form
from kanal.sandbox.mastodon.polls import asked_poll, checked
from kanal.sandbox.refusal import Refused
from kanal.sandbox.server import running
from tests.sandbox.clients import MastodonApi
from tests.sandbox.conftest import Jpeg

DAY = 86_400
FORM: dict[str, Any] = {"poll[options][]": ["Ja", "Nein"], "poll[expires_in]": str(DAY)}


def test_a_poll_comes_back_with_its_options_and_its_end(practice: Practice, mastodon: MastodonApi) -> None:
    status = mastodon.post("Mehr Bänke?", **FORM).json()
    poll = status["poll"]
    assert [(option["title"], option["votes_count"]) for option in poll["options"]] == [("Ja", 0), ("Nein", 0)]
    assert (poll["multiple"], poll["expired"], poll["votes_count"]) == (False, False, 0)
    lasts = datetime.fromisoformat(poll["expires_at"]) - datetime.fromisoformat(status["created_at"])
    assert lasts == timedelta(days=1)
    assert practice.posts()[0].poll == ("Ja", "Nein")


def test_json_gives_the_same_poll(mastodon: MastodonApi) -> None:
    poll = {"options": ["Ja", "Nein", " "], "expires_in": DAY, "multiple": True, "hide_totals": True}
    answer = mastodon.http.post("/api/v1/statuses", json={"status": "Mehr Bänke?", "poll": poll}).json()["poll"]
    assert answer["multiple"] is True
    assert answer["options"] == [{"title": "Ja", "votes_count": None}, {"title": "Nein", "votes_count": None}]


def test_a_poll_ends_and_then_tells_its_hidden_totals(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    with running(tmp_path / "state", clock=lambda: now) as practice:
        api = MastodonApi(practice)
        status = api.post("Mehr Bänke?", **FORM, **{"poll[hide_totals]": "true"}).json()["id"]
        now += DAY
        poll = api.http.get(f"/api/v1/statuses/{status}").json()["poll"]
        api.close()
    assert (poll["expired"], [option["votes_count"] for option in poll["options"]]) == (True, [0, 0])


@pytest.mark.parametrize(
    ("options", "seconds", "words"),
    [
        (["Ja"], "300", "Choices must have more than one item"),
        (["1", "2", "3", "4", "5"], "300", "Choices can't contain more than 4 items"),
        (["Ja", "x" * 51], "300", "Choices cannot be longer than 50 characters each"),
        (["Ja", "Ja"], "300", "Choices contain duplicate items"),
        (["Ja", "Nein"], "299", "Deadline is too soon"),
        (["Ja", "Nein"], "2629747", "Deadline is too far into the future"),
        (["Ja", "Nein"], "", "Deadline can't be blank, Deadline is too far into the future"),
    ],
)
def test_polls_outside_the_limits_are_refused(
    practice: Practice, mastodon: MastodonApi, options: list[str], seconds: str, words: str
) -> None:
    fields: dict[str, Any] = {"poll[options][]": options, "poll[expires_in]": seconds}
    answer = mastodon.post("Wie?", **fields)
    assert (answer.status_code, answer.json()) == (422, {"error": f"Validation failed: {words}"})
    assert practice.posts() == []


@pytest.mark.parametrize(("option", "seconds"), [("👨‍👩‍👧‍👦" * 50, "300"), ("ä" * 50, "2629746")])
def test_the_limits_themselves_are_allowed(mastodon: MastodonApi, option: str, seconds: str) -> None:
    fields: dict[str, Any] = {"poll[options][]": [option, "2", "3", "4"], "poll[expires_in]": seconds}
    assert mastodon.post("Wie?", **fields).status_code == 200


def test_a_poll_does_not_go_with_media(mastodon: MastodonApi, picture: Jpeg) -> None:
    media = mastodon.upload(picture()).json()["id"]
    answer = mastodon.post("Wie?", media=[media], **FORM)
    assert (answer.status_code, answer.json()) == (422, {"error": "Cannot attach more than 4 files"})


def test_a_poll_needs_a_text(mastodon: MastodonApi) -> None:
    assert mastodon.post(" ", **FORM).json() == {"error": "Validation failed: Text can't be blank"}


def test_a_repeated_key_gives_the_same_poll(practice: Practice, mastodon: MastodonApi) -> None:
    first, second = (mastodon.post("Wie?", key="k1", **FORM).json()["poll"] for _ in range(2))
    assert first["id"] == second["id"]
    assert len(practice.posts()) == 1


OPTIONS = st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=1, max_size=6)


def _outcome(form: Form) -> object:
    """The poll that a request gives, or the words of the refusal."""
    asked = asked_poll(form)
    assert asked is not None
    try:
        return checked(asked, "1")
    except Refused as refused:
        return bytes(refused.response.body)


@given(options=OPTIONS, seconds=st.integers(-10, 3_000_000), multiple=st.booleans(), hidden=st.booleans())
@example(options=["Ja", "Nein"], seconds=300, multiple=True, hidden=False)
@example(options=["Ja", " Ja "], seconds=300, multiple=False, hidden=True)
def test_a_form_and_json_say_the_same(*, options: list[str], seconds: int, multiple: bool, hidden: bool) -> None:
    poll = {"options": options, "expires_in": seconds, "multiple": multiple, "hide_totals": hidden}
    fields = {f"poll[{name}]": [str(value).lower()] for name, value in poll.items() if name != "options"}
    assert _outcome(Form({"poll": [poll]})) == _outcome(Form({"poll[options][]": options, **fields}))


@pytest.mark.parametrize("values", [{}, {"poll": [None]}, {"poll": [{}]}, {"status": ["Hallo"]}])
def test_no_poll_is_none(values: dict[str, list[Any]]) -> None:
    assert asked_poll(Form(values)) is None
