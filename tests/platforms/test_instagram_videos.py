"""Reels, stories and carousels with videos on Instagram: uploaded or fetched, published once, found again."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.abilities.sending import CanContinue, TellsProgress
from kanal.errors import Rejected, Unavailable, Uncertain
from kanal.model import Part, Picture
from kanal.platforms.instagram import Adapter
from kanal.sandbox import Exchange, Fault, FaultKind
from kanal.sandbox.server import running
from kanal.testing.parts import Writer, digests, write_film
from kanal.testing.practice import PracticeNetwork, new_account

LONG = 9_000_000
TEXT = "Der Winterdienst ist unterwegs."


@pytest.fixture
def asked() -> list[Exchange]:
    return []


@pytest.fixture
def network(tmp_path: Path, asked: list[Exchange]) -> Iterator[PracticeNetwork]:
    with _network(tmp_path, asked) as found:
        yield found


@contextmanager
def _network(folder: Path, asked: list[Exchange], looks: int = 0) -> Iterator[PracticeNetwork]:
    staging = folder / "staging"
    with running(
        folder / "practice.sqlite3", staging=staging, record=asked.append, instagram_in_progress=looks
    ) as practice:
        yield new_account(practice, "instagram", staging)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "office" / ".kanal" / "uploads"


@pytest.fixture
def adapter(network: PracticeNetwork, folder: Path) -> Iterator[Adapter]:
    with closing(_adapter(network, folder)) as opened:
        yield opened


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(Adapter.limits, tmp_path)


@pytest.fixture
def reel(writer: Writer) -> Part:
    return writer.film(TEXT, bytes_=LONG)


def _adapter(network: PracticeNetwork, folder: Path) -> Adapter:
    opened = Adapter(network.channel, network.credentials, sleep=lambda _seconds: None)
    opened.continue_uploads(folder)
    return opened


def _requests(asked: list[Exchange]) -> list[str]:
    """Method and what of the path tells the kind of request."""
    return [f"{one.method} {_kind(one.path)}" for one in asked]


def _kind(path: str) -> str:
    if path.startswith("/ig-api-upload/"):
        return "bytes"
    return "…" if path[-1:].isdigit() else path.rpartition("/")[2]


def _fields(exchange: Exchange) -> str:
    return exchange.request_body.decode()


def test_the_adapter_can_do_what_a_video_needs(adapter: Adapter) -> None:
    for ability in (TellsProgress, CanContinue):
        assert isinstance(adapter, ability)


def test_a_video_by_itself_is_a_reel_whose_bytes_go_to_the_host_for_uploads(  # noqa: PLR0917 - fixtures
    network: PracticeNetwork, adapter: Adapter, reel: Part, folder: Path, asked: list[Exchange], tmp_path: Path
) -> None:
    prepared = adapter.prepare(reel)
    assert network.posts() == []
    receipt = adapter.commit(prepared, "k")
    assert _requests(asked) == ["POST media", "POST bytes", "GET …", "POST media_publish"]
    assert "media_type=REELS" in _fields(asked[0])
    headers = dict(asked[1].request_headers)
    assert (headers["offset"], headers["file_size"]) == ("0", str(reel.media[0].file.stat().st_size))
    [post] = network.posts()
    assert (post.id, post.text, post.story) == (receipt.id, TEXT, False)
    assert [media.sha256 for media in post.media] == digests(reel)
    assert list((tmp_path / "staging").iterdir()) == []
    assert list(folder.iterdir()) == []
    assert adapter.locate([receipt.id]) == {post.id: post.url}


def test_without_a_staging_place_a_reel_can_be_published_all_the_same(network: PracticeNetwork, reel: Part) -> None:
    with closing(Adapter(network.channel._replace(staging=None), network.credentials)) as adapter:
        prepared = adapter.prepare(reel)
        adapter.commit(prepared, "k")
        adapter.tidy(prepared)
    assert len(network.posts()) == 1


def _break_off(adapter: Adapter, part: Part, after: int) -> None:
    """As Ctrl-C does, once more than `after` bytes are on their way."""

    def stop(_file: str, sent: int, _total: int) -> None:
        if sent > after:
            raise KeyboardInterrupt

    adapter.tell_progress(stop)
    with pytest.raises(KeyboardInterrupt):
        adapter.prepare(part)
    adapter.close()


def test_an_interrupted_upload_goes_on_where_the_container_ends(
    network: PracticeNetwork, reel: Part, folder: Path, asked: list[Exchange]
) -> None:
    _break_off(_adapter(network, folder), reel, 6_000_000)
    with closing(_adapter(network, folder)) as again:
        again.commit(again.prepare(reel), "k")
    assert _requests(asked) == ["POST media", "GET …", "POST bytes", "GET …", "POST media_publish"]
    assert int(dict(asked[2].request_headers)["offset"]) >= 1_000_000
    assert [media.sha256 for media in network.posts()[0].media] == digests(reel)


def test_another_text_for_the_same_film_begins_anew(
    network: PracticeNetwork, reel: Part, folder: Path, asked: list[Exchange]
) -> None:
    _break_off(_adapter(network, folder), reel, 6_000_000)
    asked.clear()
    with closing(_adapter(network, folder)) as other:
        other.commit(other.prepare(reel._replace(text="Etwas anderes.")), "k")
    assert _requests(asked)[0] == "POST media"
    assert network.posts()[0].text == "Etwas anderes."


def test_a_container_of_no_use_any_more_is_made_anew(
    network: PracticeNetwork, reel: Part, folder: Path, asked: list[Exchange]
) -> None:
    _break_off(_adapter(network, folder), reel, 6_000_000)
    [file] = folder.iterdir()
    kept = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**kept, "id": "18000"}), encoding="utf-8")
    with closing(_adapter(network, folder)) as again:
        again.commit(again.prepare(reel), "k")
    assert _requests(asked).count("POST media") == 2
    assert len(network.posts()) == 1


def test_what_instagram_was_still_working_on_is_not_sent_again(
    tmp_path: Path, reel: Part, folder: Path, asked: list[Exchange]
) -> None:
    with _network(tmp_path, asked, looks=12) as network, closing(_adapter(network, folder)) as adapter:
        with pytest.raises(Unavailable, match="five minutes"):
            adapter.prepare(reel)
        adapter.commit(adapter.prepare(reel), "k")
        assert _requests(asked).count("POST bytes") == 1
        assert len(network.posts()) == 1


def test_a_video_that_instagram_cannot_use_is_rejected_with_its_reason(
    network: PracticeNetwork, adapter: Adapter, reel: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_most(), "REELS", 1000)
    with pytest.raises(Rejected, match="does not take this kind of video"):
        adapter.prepare(reel)
    assert network.posts() == []


def _most() -> dict[str, int]:
    from kanal.sandbox.instagram.containers import MAX_VIDEO

    return MAX_VIDEO


@pytest.mark.parametrize("kind", [FaultKind.CUT_AFTER, FaultKind.ERROR_BEFORE, FaultKind.TOO_MANY])
def test_bytes_that_do_not_get_through_are_harmless(
    network: PracticeNetwork, adapter: Adapter, reel: Part, kind: FaultKind
) -> None:
    def fail(_file: str, sent: int, total: int) -> None:
        if sent == total:
            network.set_fault(Fault(kind, calls="all"))

    adapter.tell_progress(fail)
    with pytest.raises(Unavailable):
        adapter.prepare(reel)
    network.heal()
    adapter.tell_progress(lambda _file, _sent, _total: None)
    adapter.commit(adapter.prepare(reel), "k")
    assert [media.sha256 for media in network.posts()[0].media] == digests(reel)


def test_an_account_without_a_host_for_uploads_lets_meta_fetch_the_video(
    network: PracticeNetwork, reel: Part, asked: list[Exchange], tmp_path: Path
) -> None:
    graph = {"graph": network.channel.urls["graph"]}
    with closing(Adapter(network.channel._replace(urls=graph), network.credentials)) as adapter:
        prepared = adapter.prepare(reel)
        [staged] = (tmp_path / "staging").iterdir()
        assert json.loads(prepared.handles["staged"]) == [staged.name]
        adapter.commit(prepared, "k")
        adapter.tidy(prepared)
    assert _requests(asked) == ["POST media", "GET …", "POST media_publish"]
    assert "video_url=" in _fields(asked[0])
    assert [media.sha256 for media in network.posts()[0].media] == digests(reel)
    assert list((tmp_path / "staging").iterdir()) == []


def test_a_carousel_shows_pictures_and_videos_in_their_order(
    network: PracticeNetwork, adapter: Adapter, writer: Writer, reel: Part, asked: list[Exchange]
) -> None:
    part = reel._replace(media=(writer.picture(1), reel.media[0], writer.picture(2)))
    receipt = adapter.commit(adapter.prepare(part), "k")
    [post] = network.posts()
    assert [media.sha256 for media in post.media] == digests(part)
    assert [media.alt for media in post.media] == [part.media[0].alt, "", part.media[2].alt]
    assert "media_type=VIDEO" in _fields(asked[1])
    found = adapter.find(adapter.prepare(part), datetime.now(UTC))
    assert found
    assert found.id == receipt.id


@pytest.mark.parametrize("kind", [FaultKind.CUT_AFTER, FaultKind.ERROR_AFTER, FaultKind.ERROR_BEFORE])
@pytest.mark.parametrize("film", [True, False])
def test_a_story_whose_answer_was_lost_is_found_by_its_container(
    network: PracticeNetwork, adapter: Adapter, writer: Writer, kind: FaultKind, film: bool
) -> None:
    part = _story(writer, film=film)
    prepared = adapter.prepare(part)
    network.set_fault(Fault(kind))
    with pytest.raises(Uncertain):
        adapter.commit(prepared, "k")
    found = adapter.find(prepared, datetime.now(UTC))
    assert ([found.id] if found else []) == [post.id for post in network.posts()]
    receipt = adapter.repeat(prepared, "k")
    assert [post.id for post in network.posts()] == [receipt.id]


def _story(writer: Writer, *, film: bool) -> Part:
    media = writer.film().media if film else (writer.picture(1),)
    return Part("", "de", media=media, story=True)


@pytest.mark.parametrize("film", [True, False])
def test_a_story_is_no_post_among_the_others(
    network: PracticeNetwork, adapter: Adapter, writer: Writer, film: bool
) -> None:
    part = _story(writer, film=film)
    receipt = adapter.commit(adapter.prepare(part), "k")
    [post] = network.posts()
    assert (post.story, post.text, [media.sha256 for media in post.media]) == (True, "", digests(part))
    assert adapter.locate([receipt.id]) == {post.id: post.url}
    adapter.retract(receipt)
    assert adapter.is_gone(receipt)


def test_of_two_stories_nobody_can_tell_which_one_is_meant(
    network: PracticeNetwork, adapter: Adapter, writer: Writer
) -> None:
    first = adapter.prepare(_story(writer, film=False))
    adapter.commit(first, "a")
    adapter.commit(adapter.prepare(_story(writer, film=False)), "b")
    with pytest.raises(Unavailable) as unclear:
        adapter.find(first, datetime.now(UTC))
    assert unclear.value.needs_person
    with pytest.raises(Uncertain):
        adapter.repeat(first, "a")
    assert len(network.posts()) == 2


def test_a_story_of_any_shape_is_taken_but_no_text_and_no_second_picture(
    network: PracticeNetwork, adapter: Adapter, writer: Writer, tmp_path: Path
) -> None:
    from PIL import Image

    tall = tmp_path / "hoch.jpg"
    Image.new("RGB", (720, 1280)).save(tall)
    shown = Picture(tall, "Ein Baum", "", "")
    adapter.commit(adapter.prepare(Part("", "de", media=(shown,), story=True)), "k")
    assert len(network.posts()) == 1
    before = network.request_count()
    for refused in (
        Part(TEXT, "de", media=(shown,), story=True),
        Part("", "de", media=(shown, writer.picture(1)), story=True),
        Part("", "de", story=True),
        Part(TEXT, "de", media=(shown,)),
    ):
        if refused.story:
            with pytest.raises(Rejected):
                adapter.prepare(refused)
            assert network.request_count() == before


def test_a_long_video_is_a_reel_and_no_story(adapter: Adapter, tmp_path: Path) -> None:
    from tests.media.films import film

    long = Picture(film(tmp_path / "lang.mp4", seconds=61, rate=24, fast=True), "Ein Film", "", "")
    with pytest.raises(Rejected, match="takes 3 to 60"):
        adapter.prepare(Part("", "de", media=(long,), story=True))
    assert adapter.prepare(Part(TEXT, "de", media=(long,)))


def test_the_token_goes_to_no_address_that_an_answer_names(
    network: PracticeNetwork, adapter: Adapter, tmp_path: Path, asked: list[Exchange]
) -> None:
    """Meta's answer names rupload.facebook.com; all that is sent goes to the channel's own hosts."""
    file = tmp_path / "kurz.mp4"
    write_film(file)
    adapter.prepare(Part(TEXT, "de", media=(Picture(file, "Ein Film", "", ""),)))
    [made] = [one for one in asked if one.path.endswith("/media")]
    assert b"https://rupload.facebook.com" in made.response_body
    assert _requests(asked)[1] == "POST bytes"
    assert network.posts() == []
