"""The timeline page: everything that was published, readable for everybody, without anything from outside."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from kanal.sandbox import PLATFORMS, Practice
from tests.sandbox.clients import Graph, MastodonApi, XApi


class Page(HTMLParser):
    """Elements with their attributes in order, and the visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def loaded(self) -> Iterator[str]:
        """Addresses that a browser asks for by itself."""
        for tag, attributes in self.elements:
            for name in ("src", "srcset", "poster", "data", "background"):
                if attributes.get(name):
                    yield str(attributes[name])
            if tag in ("link", "base", "use"):
                yield str(attributes.get("href"))


Look = Callable[[str], Page]


@pytest.fixture
def look(practice: Practice, browser: httpx.Client) -> Look:
    def page(path: str) -> Page:
        url = path if path.startswith("http") else f"{practice.address}{path}"
        return Page(browser.get(url).raise_for_status().text)

    return page


@pytest.fixture
def published(
    *,
    practice: Practice,
    mastodon: MastodonApi,
    x: XApi,
    facebook: Graph,
    instagram: Graph,
    staging: Path,
    picture: Callable[..., bytes],
) -> Practice:
    """One post on each network, some with a picture."""
    media = [mastodon.upload(picture(colour=alt), description=alt).json()["id"] for alt in ("red", "blue")]
    mastodon.post("Straße\nfrei\n\nhttps://landkreis.example/a?b=1&c=2.", media=media)
    x.post("Wir & ihr: stadt.koeln <b>")
    facebook.post("/feed", {"message": "Mit Link", "link": "https://landkreis.example/winter"})
    container = instagram.container(practice, staging, picture(), caption="Bild", alt_text="Ein “Haus” & Hof")
    instagram.post("/media_publish", {"creation_id": container.json()["id"]})
    return practice


def test_the_page_of_every_post_opens(published: Practice, look: Look) -> None:
    for post in published.posts():
        assert post.text.split()[0] in look(post.url).text


def test_links_that_clients_of_x_build_themselves_open(published: Practice, look: Look) -> None:
    (post,) = published.posts("x")
    web = published.urls("x")["web"]
    assert post.url == f"{web}/landkreis/status/{post.id}"
    assert "Wir & ihr" in look(f"{web}/i/web/status/{post.id}").text


def test_nothing_is_loaded_from_outside(published: Practice, look: Look, browser: httpx.Client) -> None:
    paths = ["", *(f"{post.platform}/{post.account}" for post in published.posts())]
    for path in [*paths, *(post.url for post in published.posts())]:
        page = look(path)
        assert all(address.startswith("/") and not address.startswith("//") for address in page.loaded())
        assert page.all("script") == page.all("style") == page.all("iframe") == []
        assert all("style" not in attributes for _, attributes in page.elements)
    style = browser.get(f"{published.address}assets/timeline.css")
    assert style.headers["content-type"].startswith("text/css")
    assert not re.search(r"url\(|@import", style.text)


def test_everything_that_a_page_loads_is_there(published: Practice, look: Look, browser: httpx.Client) -> None:
    for address in look("").loaded():
        assert browser.get(f"{published.address}{address[1:]}").status_code == 200


def test_the_browser_is_told_to_load_nothing_else(practice: Practice, browser: httpx.Client) -> None:
    policy = browser.get(practice.address).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")


def test_alternative_texts_stand_at_the_picture_and_below_it(published: Practice, look: Look) -> None:
    (post,) = published.posts("instagram")
    page = look(post.url)
    assert [image["alt"] for image in page.all("img")] == ["Ein “Haus” & Hof"]
    assert "Ein “Haus” & Hof" in page.text
    (post,) = published.posts("mastodon")
    page = look(post.url)
    assert [image["alt"] for image in page.all("img")] == ["red", "blue"]
    assert "Bild 2 von 2 – Alternativtext blue" in " ".join(page.text.split())


def test_a_missing_alternative_text_is_said(
    practice: Practice, x: XApi, picture: Callable[..., bytes], look: Look
) -> None:
    x.post("Bild", media={"media_ids": [x.upload(picture()).json()["data"]["id"]]})
    assert "Dieses Bild hat keinen Alternativtext." in look(practice.posts()[0].url).text


def test_line_breaks_umlauts_and_links_are_kept(published: Practice, look: Look) -> None:
    (post,) = published.posts("mastodon")
    page = look(post.url)
    assert "Straße\nfrei\n\nhttps://landkreis.example/a?b=1&c=2." in page.text
    assert "https://landkreis.example/a?b=1&c=2" in [link["href"] for link in page.all("a")]
    (post,) = published.posts("x")
    page = look(post.url)
    assert "http://stadt.koeln" in [link["href"] for link in page.all("a")]
    assert "Wir & ihr: stadt.koeln <b>" in page.text
    assert page.all("b") == []
    (post,) = published.posts("facebook")
    assert "https://landkreis.example/winter" in [link["href"] for link in look(post.url).all("a")]


def test_every_page_says_that_nothing_is_public(published: Practice, look: Look) -> None:
    for path in ("", "mastodon/landkreis@social.example", published.posts()[0].url):
        assert "Übungsnetz – nichts hier ist öffentlich" in look(path).text


def test_every_page_can_be_used_without_eyes_and_mouse(published: Practice, look: Look) -> None:
    for path in ("", "x/landkreis", published.posts()[0].url):
        page = look(path)
        assert page.all("html")[0]["lang"] == "de"
        assert [len(page.all(tag)) for tag in ("h1", "main", "nav", "title")] == [1, 1, 1, 1]
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
        assert all(following - level <= 1 for level, following in pairwise(levels))
        skip = page.all("a")[0]["href"]
        assert skip == f"#{page.all('main')[0]['id']}"
        assert all(time["datetime"] for time in page.all("time"))
        identities = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(identities) == len(set(identities))


def test_the_overview_shows_every_account_and_where_it_is(published: Practice, look: Look) -> None:
    page = look("")
    links = [link["href"] for link in page.all("a")]
    for post in published.posts():
        assert f"/{post.platform}/{post.account}" in links
    assert all(name in page.text for name in ("Mastodon", "X", "Facebook", "Instagram"))


def test_empty_networks_say_that_they_are_empty(practice: Practice, look: Look) -> None:
    assert "Noch ist kein Konto angemeldet." in look("").text
    practice.admit("x", "landkreis", "Landkreis <b>Muster</b>")
    page = look("x/landkreis")
    assert "Noch kein Beitrag." in page.text
    assert "Landkreis <b>Muster</b>" in page.text


def test_what_is_not_there_is_404_in_words(published: Practice, browser: httpx.Client) -> None:
    for path in ("x/niemand", "x/landkreis/status/1", "facebook/landkreis/1", "pictures/0"):
        answer = browser.get(f"{published.address}{path}")
        assert answer.status_code == 404
        assert "Nicht gefunden" in answer.text


def _luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_have_contrast_in_light_and_in_darkness(practice: Practice, browser: httpx.Client) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    style = browser.get(f"{practice.address}assets/timeline.css").text
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    pairs = [("ink", "card"), ("ink", "page"), ("soft", "card"), ("soft", "page"), ("link", "card"), ("link", "page")]
    pairs += [("notice-ink", "notice"), *(("on-brand", platform) for platform in PLATFORMS)]
    for scheme in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): #([0-9a-f]+);", scheme))
        for front, back in pairs:
            bright, dim = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, (front, back)
