"""What the timeline shows beyond single posts: threads, polls, warnings, quotes, edits, visibility, what waits."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.sandbox import Practice
from kanal.sandbox.records import StoredPost
from kanal.sandbox.server import running
from kanal.sandbox.snapshot import save
from kanal.sandbox.timeline.threads import thread_from, threads
from tests.sandbox.clients import Graph, MastodonApi, XApi
from tests.sandbox.conftest import Jpeg
from tests.sandbox.test_timeline import Page

POLL: dict[str, Any] = {"poll[options][]": ["Ja <b>", "Nein"], "poll[expires_in]": "86400"}


class Looker:
    """Opens pages of the timeline."""

    def __init__(self, practice: Practice, browser: httpx.Client) -> None:
        self._practice, self._browser = practice, browser

    def html(self, path: str) -> str:
        url = path if path.startswith("http") else f"{self._practice.address}{path}"
        return self._browser.get(url).raise_for_status().text

    def page(self, path: str) -> Page:
        return Page(self.html(path))

    def text(self, path: str) -> str:
        return " ".join(self.page(path).text.split())


@pytest.fixture
def look(practice: Practice, browser: httpx.Client) -> Looker:
    return Looker(practice, browser)


def _thread(mastodon: MastodonApi, *texts: str) -> list[str]:
    """A chain of replies; their ids."""
    ids: list[str] = []
    for text in texts:
        parent = {"in_reply_to_id": ids[-1]} if ids else {}
        ids.append(mastodon.post(text, **parent).json()["id"])
    return ids


def test_replies_stand_beneath_their_parent_in_order(mastodon: MastodonApi, look: Looker) -> None:
    _thread(mastodon, "Teil eins", "Teil zwei", "Teil drei")
    mastodon.post("Etwas anderes")
    for path in (f"mastodon/{mastodon.account}", ""):
        text = look.text(path)
        places = [text.index(words) for words in ("Etwas anderes", "Teil eins", "Teil zwei", "Teil drei")]
        assert places == sorted(places)
        assert look.page(path).all("ol")[0]["aria-label"] == "Antworten"
        assert "Antwort auf" not in text


def test_a_thread_of_x_stands_together_too(x: XApi, look: Looker) -> None:
    first = x.post("Teil eins").json()["data"]["id"]
    x.post("Teil zwei", reply={"in_reply_to_tweet_id": first})
    assert len(look.page("x/landkreis").all("ol")) == 1


def test_the_page_of_a_post_shows_what_it_answers_and_what_answers_it(
    practice: Practice, mastodon: MastodonApi, look: Looker
) -> None:
    _thread(mastodon, "Teil eins", "Teil zwei", "Teil drei")
    head, middle, last = practice.posts()
    assert "Teil drei" in look.text(head.url)
    text = look.text(middle.url)
    assert ("Teil eins" in text, "Teil drei" in text) == (False, True)
    assert "Antwort auf einen Beitrag von Landkreis Musterland" in text
    parent = f"/{head.url.removeprefix(practice.address)}"
    assert parent in [link["href"] for link in look.page(middle.url).all("a")]
    assert look.page(last.url).all("ol") == []


def test_two_replies_to_one_post_say_whom_they_answer(mastodon: MastodonApi, look: Looker) -> None:
    first, _ = _thread(mastodon, "Teil eins", "Antwort A")
    mastodon.post("Antwort B", in_reply_to_id=first)
    assert look.text(f"mastodon/{mastodon.account}").count("Antwort auf einen Beitrag") == 1


def test_a_reply_without_its_parent_says_so(practice: Practice, mastodon: MastodonApi, look: Looker) -> None:
    first, _ = _thread(mastodon, "Teil eins", "Teil zwei")
    mastodon.http.delete(f"/api/v1/statuses/{first}")
    for path in ("", practice.posts()[0].url):
        assert "Antwort auf einen Beitrag, den es nicht mehr gibt" in look.text(path)


def test_a_warning_folds_what_it_warns_of(
    practice: Practice, mastodon: MastodonApi, look: Looker, picture: Jpeg
) -> None:
    media = mastodon.upload(picture(), description="Ein Wrack").json()["id"]
    mastodon.post("Vom Unfall", media=[media], spoiler_text="Unfall <b>")
    html = look.html(practice.posts()[0].url)
    folded = html[html.index("<details") : html.index("</details>")]
    assert "<summary><strong>Inhaltshinweis:</strong> Unfall &lt;b&gt;</summary>" in folded
    assert "Vom Unfall" in folded
    assert "Ein Wrack" in folded
    assert "open" not in look.page(practice.posts()[0].url).all("details")[0]


def test_a_post_without_a_warning_folds_nothing(practice: Practice, mastodon: MastodonApi, look: Looker) -> None:
    mastodon.post("Hallo")
    assert look.page(practice.posts()[0].url).all("details") == []


def test_a_poll_is_shown_with_options_and_end(practice: Practice, mastodon: MastodonApi, look: Looker) -> None:
    mastodon.post("Mehr Bänke?", **POLL, **{"poll[multiple]": "true"})
    text = look.text(practice.posts()[0].url)
    assert "Ja <b> Nein" in text.replace("Ja <b>Nein", "Ja <b> Nein")
    assert "mehrere Antworten möglich" in text
    assert look.page(practice.posts()[0].url).all("b") == []


def test_a_poll_of_x_is_shown_too(practice: Practice, x: XApi, look: Looker) -> None:
    x.post("Mehr Bänke?", poll={"options": ["Ja", "Nein"], "duration_minutes": 60})
    text = look.text(practice.posts()[0].url)
    assert ("Umfrage bis" in text, "eine Antwort möglich" in text) == (True, True)


def test_a_poll_that_is_over_says_so(tmp_path: Path, browser: httpx.Client) -> None:
    now = 1_800_000_000.0
    with running(tmp_path / "state", clock=lambda: now) as practice:
        api = MastodonApi(practice)
        api.post("Mehr Bänke?", **POLL)
        now += 86_400
        assert "Umfrage beendet am" in Looker(practice, browser).text("")
        api.close()


def test_an_edited_post_says_when(practice: Practice, mastodon: MastodonApi, look: Looker) -> None:
    status = mastodon.post("Montag").json()["id"]
    url = practice.posts()[0].url
    assert "bearbeitet" not in look.text(url)
    mastodon.http.put(f"/api/v1/statuses/{status}", data={"status": "Dienstag"})
    assert "bearbeitet am" in look.text(url)
    assert [len(look.page(url).all("time")), "Dienstag" in look.text(url)] == [2, True]


@pytest.mark.parametrize(
    ("visibility", "words"),
    [
        ("unlisted", "öffentlich, aber nicht gelistet"),
        ("private", "nur für Folgende"),
        ("direct", "nur für Erwähnte"),
    ],
)
def test_who_sees_a_post_is_said_when_it_is_not_everybody(
    practice: Practice, mastodon: MastodonApi, look: Looker, visibility: str, words: str
) -> None:
    mastodon.post("Hallo", visibility=visibility)
    mastodon.post("Hallo alle", visibility="public")
    assert words in look.text(practice.posts()[0].url)
    assert words not in look.text(practice.posts()[1].url)


def test_a_quote_leads_to_what_it_quotes(practice: Practice, mastodon: MastodonApi, look: Looker) -> None:
    quoted = mastodon.post("Das Original").json()["id"]
    mastodon.post("Siehe", quoted_status_id=quoted)
    original, quote = practice.posts()
    links = [link["href"] for link in look.page(quote.url).all("a")]
    assert f"/{original.url.removeprefix(practice.address)}" in links
    mastodon.http.delete(f"/api/v1/statuses/{quoted}")
    assert "Den Beitrag gibt es nicht mehr." in look.text(quote.url)


def test_what_waits_stands_apart_with_its_time(practice: Practice, facebook: Graph, look: Looker) -> None:
    at = datetime.now(UTC) + timedelta(hours=1)
    times = {"published": "false", "scheduled_publish_time": str(int(at.timestamp()))}
    facebook.post("/feed", {"message": "Später", **times})
    text = look.text(f"facebook/{facebook.account}")
    assert text.index("geplant für") < text.index("Später") < text.index("Noch kein Beitrag.")
    assert "Später" not in look.text("")
    assert practice.posts() == []


def test_pages_with_everything_can_be_used_without_eyes_and_be_saved(
    practice: Practice, mastodon: MastodonApi, look: Looker, tmp_path: Path
) -> None:
    first, _ = _thread(mastodon, "Teil eins", "Teil zwei")
    mastodon.post("Geheim", spoiler_text="Vorsicht", visibility="unlisted", quoted_status_id=first, **POLL)
    mastodon.post("Später", scheduled_at=(datetime.now(UTC) + timedelta(hours=1)).isoformat())
    for path in (f"mastodon/{mastodon.account}", "", practice.posts()[0].url):
        page = look.page(path)
        levels = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")]
        assert all(following - level <= 1 for level, following in pairwise(levels))
        identities = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(identities) == len(set(identities))
    assert "Teil zwei" in save(practice.address, tmp_path / "pages").read_text(encoding="utf-8")


def _posts(parents: list[int]) -> list[StoredPost]:
    """One post for each number, newest first, which answers the older one that the number picks, or with 0 none."""
    made: list[StoredPost] = []
    for number, pick in enumerate(parents, 1):
        details = {"reply_to": str(pick % number)} if pick % number else {}
        made.append(StoredPost(number, "x", "amt", str(number), f"Nr. {number}", 0.0, details=details))
    return made[::-1]


@given(st.lists(st.integers(min_value=0, max_value=50), max_size=30))
def test_every_post_stands_in_exactly_one_thread_after_what_it_answers(parents: list[int]) -> None:
    posts = _posts(parents)
    seen: list[str] = []
    for found in threads(posts):
        inside = [found.head, *found.replies]
        ids = [post.id for post in inside]
        assert found.head.reply_to is None
        assert all(ids.index(str(post.reply_to)) < ids.index(post.id) for post in found.replies)
        seen += ids
    assert sorted(seen) == sorted(post.id for post in posts)


@given(st.lists(st.integers(min_value=0, max_value=50), min_size=1, max_size=30), st.data())
def test_the_part_of_a_thread_that_begins_anywhere_is_all_that_hangs_on_it(
    parents: list[int], data: st.DataObject
) -> None:
    posts = _posts(parents)
    head = data.draw(st.sampled_from(posts))
    expected = {head.id}
    for post in reversed(posts):
        if post.reply_to in expected:
            expected.add(post.id)
    found = thread_from(head, posts)
    assert [found.head, {post.id for post in (found.head, *found.replies)}] == [head, expected]
