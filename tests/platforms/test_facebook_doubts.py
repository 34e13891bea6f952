"""The Facebook adapter when something goes wrong: what is retried, what is searched, what needs a person."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.errors import Unavailable, Uncertain
from kanal.model import Channel, Part, Picture, Prepared, Secret
from kanal.platforms.facebook import Adapter
from kanal.sandbox import Fault, FaultKind, Practice
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


@pytest.mark.parametrize("kind", [FaultKind.ERROR_AFTER, FaultKind.CUT_AFTER, FaultKind.HTML])
def test_a_post_whose_answer_was_lost_is_found_again(
    adapter: Adapter, practice: Practice, tmp_path: Path, kind: FaultKind
) -> None:
    prepared = adapter.prepare(_part(link=LINK, media=pictures(tmp_path, 2)))
    practice.set_fault("facebook", Fault(kind))
    with pytest.raises(Uncertain):
        adapter.commit(prepared, KEY)
    receipt = adapter.find(prepared, _recently())
    (post,) = practice.posts("facebook")
    assert receipt is not None
    assert (receipt.id, receipt.url) == (post.id, post.url)
    assert receipt.at == post.at.replace(microsecond=0)


def test_a_post_that_was_never_made_is_not_found(adapter: Adapter, practice: Practice) -> None:
    adapter.commit(adapter.prepare(_part("Etwas anderes.")), KEY)
    prepared = adapter.prepare(_part())
    practice.set_fault("facebook", Fault(FaultKind.ERROR_BEFORE))
    with pytest.raises(Uncertain):
        adapter.commit(prepared, KEY)
    assert adapter.find(prepared, _recently()) is None


def test_a_link_post_is_found_again(adapter: Adapter) -> None:
    prepared = adapter.prepare(_part(link=LINK))
    receipt = adapter.commit(prepared, KEY)
    found = adapter.find(prepared, _recently())
    assert found is not None
    assert found.id == receipt.id


def test_a_post_from_long_before_is_not_taken_for_this_one(adapter: Adapter) -> None:
    prepared = adapter.prepare(_part())
    adapter.commit(prepared, KEY)
    assert adapter.find(prepared, datetime.now(UTC) + timedelta(hours=1)) is None


@pytest.mark.parametrize(("link", "count"), [("https://landkreis.example/anderes", 0), (None, 1)])
def test_the_same_text_with_something_else_needs_a_person(
    adapter: Adapter, tmp_path: Path, link: str | None, count: int
) -> None:
    adapter.commit(adapter.prepare(_part(link=link, media=pictures(tmp_path, count))), KEY)
    with pytest.raises(Unavailable) as unclear:
        adapter.find(Prepared(_part(link=LINK)), _recently())
    assert unclear.value.needs_person


def test_among_posts_with_the_same_text_the_one_with_the_same_link_is_found(adapter: Adapter) -> None:
    adapter.commit(adapter.prepare(_part(link="https://landkreis.example/anderes")), KEY)
    mine = adapter.commit(adapter.prepare(_part(link=LINK)), KEY)
    found = adapter.find(Prepared(_part(link=LINK)), _recently())
    assert found is not None
    assert found.id == mine.id


@pytest.mark.parametrize(
    ("kind", "person"), [(FaultKind.TOO_MANY, False), (FaultKind.EXPIRED, True), (FaultKind.DOWN, False)]
)
def test_what_certainly_published_nothing_is_tried_again_later(
    adapter: Adapter, practice: Practice, kind: FaultKind, person: bool
) -> None:
    prepared = adapter.prepare(_part())
    practice.set_fault("facebook", Fault(kind, seconds=120))
    with pytest.raises(Unavailable) as failed:
        adapter.commit(prepared, KEY)
    assert failed.value.channel_wide
    assert failed.value.needs_person is person
    practice.heal()
    assert practice.posts("facebook") == []
    if kind is FaultKind.TOO_MANY:
        assert failed.value.retry_at is not None
        assert timedelta(seconds=90) < failed.value.retry_at - datetime.now(UTC) < timedelta(seconds=130)


def test_a_stumbling_network_at_an_upload_is_harmless(adapter: Adapter, practice: Practice, tmp_path: Path) -> None:
    part = _part(media=pictures(tmp_path, 1))
    practice.set_fault("facebook", Fault(FaultKind.CUT_AFTER, calls="all"))
    with pytest.raises(Unavailable):
        adapter.prepare(part)
    assert adapter.commit(adapter.prepare(part), KEY).url


def test_somebody_elses_page_needs_a_person(
    channel: Channel, credentials: dict[str, Secret], practice: Practice
) -> None:
    adapter = Adapter(channel._replace(account="999"), credentials)
    with pytest.raises(Unavailable) as failed:
        adapter.commit(adapter.prepare(_part()), KEY)
    adapter.close()
    assert failed.value.needs_person
    assert practice.posts("facebook") == []


def test_addresses_of_many_posts_come_in_one_request(adapter: Adapter, practice: Practice) -> None:
    ids = [adapter.commit(adapter.prepare(_part(f"Nummer {number}")), KEY).id for number in range(5)]
    practice.reset_counts()
    assert adapter.locate(ids) == {post.id: post.url for post in practice.posts("facebook")}
    assert practice.request_counts()["facebook"] == 1


def test_an_address_of_a_post_that_is_gone_is_left_out(adapter: Adapter) -> None:
    assert adapter.locate(["104711_1"]) == {}
