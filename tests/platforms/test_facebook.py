"""The Facebook adapter against the practice network: what arrives, in how many requests, and what doubts become."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from kanal.abilities.sending import CanFind, CanLocate, CanRepeat, CanTidy
from kanal.errors import Rejected
from kanal.model import Channel, Part, Picture, Secret
from kanal.platforms.facebook import Adapter
from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.practised import pictures

KEY = "facebook/entwurf/1/1"
TEXT = "Das Bürgerbüro hat am Freitag geöffnet."
LINK = "https://landkreis.example/buergerbuero"
PAGE = "104711"


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with running(tmp_path / "practice.sqlite3") as server:
        yield server


@pytest.fixture
def channel(practice: Practice) -> Channel:
    return Channel("facebook", "facebook", PAGE, urls=practice.urls("facebook"))


@pytest.fixture
def credentials(practice: Practice) -> dict[str, Secret]:
    found = practice.admit("facebook", PAGE, "Landkreis Musterhausen")
    return {name: Secret(value) for name, value in found.items()}


@pytest.fixture
def adapter(channel: Channel, credentials: dict[str, Secret], practice: Practice) -> Iterator[Adapter]:
    opened = Adapter(channel, credentials)
    practice.reset_counts()
    yield opened
    opened.close()


def _part(text: str = TEXT, link: str | None = None, media: tuple[Picture, ...] = ()) -> Part:
    return Part(text, "de", link, media)


def _recently() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


def test_text_goes_out_in_one_request_and_its_address_comes_back(adapter: Adapter, practice: Practice) -> None:
    receipt = adapter.commit(adapter.prepare(_part()), KEY)
    (post,) = practice.posts("facebook", PAGE)
    assert (post.text, post.link, post.media) == (TEXT, None, ())
    assert (receipt.id, receipt.url) == (post.id, post.url)
    assert abs(receipt.at - datetime.now(UTC)) < timedelta(seconds=30)
    assert practice.request_counts()["facebook"] == 1


def test_a_link_travels_beside_the_text(adapter: Adapter, practice: Practice) -> None:
    adapter.commit(adapter.prepare(_part(link=LINK)), KEY)
    (post,) = practice.posts("facebook")
    assert (post.text, post.link) == (TEXT, LINK)


def test_pictures_keep_their_order_and_their_alternative_texts(
    adapter: Adapter, practice: Practice, tmp_path: Path
) -> None:
    ten = pictures(tmp_path, 10)
    adapter.commit(adapter.prepare(_part(media=ten)), KEY)
    (post,) = practice.posts("facebook")
    assert [(media.sha256, media.alt) for media in post.media] == [
        (sha256(one.file.read_bytes()).hexdigest(), one.alt) for one in ten
    ]
    assert practice.request_counts()["facebook"] == 1 + 10


@pytest.mark.parametrize("kind", ["png", "gif"])
def test_other_kinds_of_pictures_are_taken_too(adapter: Adapter, practice: Practice, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"Schild.{kind}"
    Image.new("RGB", (40, 40)).save(file)
    adapter.commit(adapter.prepare(_part(media=(Picture(file, "Ein Schild", "", ""),))), KEY)
    assert practice.posts("facebook")[0].media[0].sha256 == sha256(file.read_bytes()).hexdigest()


def test_with_pictures_the_link_becomes_the_last_paragraph(
    adapter: Adapter, practice: Practice, tmp_path: Path
) -> None:
    adapter.commit(adapter.prepare(_part(link=LINK, media=pictures(tmp_path, 1))), KEY)
    (post,) = practice.posts("facebook")
    assert (post.text, post.link, len(post.media)) == (f"{TEXT}\n\n{LINK}", None, 1)


def test_a_link_that_stands_in_the_text_already_is_not_repeated(
    adapter: Adapter, practice: Practice, tmp_path: Path
) -> None:
    adapter.commit(adapter.prepare(_part(f"Mehr: {LINK}", link=LINK, media=pictures(tmp_path, 1))), KEY)
    assert practice.posts("facebook")[0].text == f"Mehr: {LINK}"


def test_the_link_in_the_message_counts_against_the_limit(adapter: Adapter, practice: Practice, tmp_path: Path) -> None:
    longest = "x" * (63_206 - len(LINK) - 2)
    adapter.prepare(_part(longest, link=LINK, media=pictures(tmp_path, 1)))
    practice.reset_counts()
    with pytest.raises(Rejected):
        adapter.prepare(_part(longest + "x", link=LINK, media=pictures(tmp_path, 1)))
    assert practice.request_counts().get("facebook", 0) == 0


def test_preparing_shows_nothing_however_often(adapter: Adapter, practice: Practice, tmp_path: Path) -> None:
    part = _part(media=pictures(tmp_path, 1))
    for _ in range(3):
        adapter.prepare(part)
    assert practice.posts("facebook") == []


def test_the_same_post_again_is_refused_in_the_networks_words(adapter: Adapter, practice: Practice) -> None:
    adapter.commit(adapter.prepare(_part()), KEY)
    with pytest.raises(Rejected) as refused:
        adapter.commit(adapter.prepare(_part()), "facebook/other/1/1")
    assert "identical" in refused.value.words
    assert len(practice.posts("facebook")) == 1


def test_the_token_is_in_no_log(
    adapter: Adapter, credentials: dict[str, Secret], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    adapter.commit(adapter.prepare(_part(media=pictures(tmp_path, 1))), KEY)
    assert credentials["page_access_token"].reveal() not in caplog.text


def test_what_facebook_cannot_do_is_absent(adapter: Adapter) -> None:
    assert isinstance(adapter, CanFind)
    assert isinstance(adapter, CanLocate)
    assert not isinstance(adapter, CanRepeat | CanTidy)


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_lint_reads_the_limits_without_loading_an_http_library(platform: str) -> None:
    code = (
        "import sys; from kanal.platforms import adapter_class;"
        f"limits = adapter_class('{platform}').limits; assert limits.count('ä😀') == 3;"
        "print([name for name in ('httpx', 'PIL', 'fsspec', 'requests') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
