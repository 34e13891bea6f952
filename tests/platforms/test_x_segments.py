"""Videos go to X in segments, and what was interrupted goes on where it stopped, also in a later run."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kanal.errors import Rejected, Unavailable
from kanal.model import Part
from kanal.platforms.x import Adapter
from kanal.platforms.x.captions import language_of, name_of
from kanal.sandbox import Exchange, Fault, FaultKind
from kanal.sandbox.server import running
from kanal.testing.loopback import Asked, Loopback, Reply, as_json, loopback
from kanal.testing.parts import Writer, digests
from kanal.testing.practice import PracticeNetwork, new_account
from kanal.transport.unfinished import Memory, Unfinished
from tests.platforms.x_server import adapter_at, answering

SIZE = 10_500
SEGMENTS = 11


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanal.platforms.x.segments.SEGMENT", 1000)


@pytest.fixture
def asked() -> list[str]:
    """METHOD and what of the path is no number, of every request."""
    return []


@pytest.fixture
def network(tmp_path: Path, asked: list[str]) -> Iterator[PracticeNetwork]:
    def record(exchange: Exchange) -> None:
        asked.append(f"{exchange.method} {exchange.path.rpartition('/')[2]}")

    with running(tmp_path / "practice.sqlite3", record=record) as practice:
        yield new_account(practice, "x", tmp_path)


@pytest.fixture
def part(tmp_path: Path) -> Part:
    part = Writer(Adapter.limits, tmp_path).film(bytes_=SIZE)
    return part._replace(media=(part.media[0]._replace(captions=None),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "office" / ".kanal" / "uploads"


def _adapter(network: PracticeNetwork, folder: Path) -> Adapter:
    adapter = Adapter(network.channel, network.credentials)
    adapter.continue_uploads(folder)
    return adapter


def _break_off(adapter: Adapter, part: Part, after: int) -> None:
    """As Ctrl-C does, once more than `after` bytes are on their way."""

    def stop(_file: str, sent: int, _total: int) -> None:
        if sent > after:
            raise KeyboardInterrupt

    adapter.tell_progress(stop)
    with pytest.raises(KeyboardInterrupt):
        adapter.prepare(part)
    adapter.close()


def test_a_video_goes_out_in_segments_and_nothing_is_left_of_it(
    network: PracticeNetwork, folder: Path, part: Part, asked: list[str]
) -> None:
    adapter = _adapter(network, folder)
    adapter.commit(adapter.prepare(part), "k")
    adapter.close()
    assert asked == ["POST initialize", *["POST append"] * SEGMENTS, "POST finalize", "GET upload", "POST tweets"]
    assert [media.sha256 for media in network.posts()[0].media] == digests(part)
    assert list(folder.iterdir()) == []


def test_an_interrupted_upload_goes_on_after_a_restart(
    network: PracticeNetwork, folder: Path, part: Part, asked: list[str]
) -> None:
    _break_off(_adapter(network, folder), part, 4500)
    assert asked == ["POST initialize", *["POST append"] * 4]
    asked.clear()
    again = _adapter(network, folder)
    told: list[int] = []
    again.tell_progress(lambda _file, sent, _total: told.append(sent))
    again.commit(again.prepare(part), "k")
    again.close()
    assert asked[:-3] == ["POST append"] * (SEGMENTS - 4)
    assert told[0] > 4000
    assert [media.sha256 for media in network.posts()[0].media] == digests(part)


def test_a_failed_segment_is_the_first_one_of_the_next_try(
    network: PracticeNetwork, folder: Path, part: Part, asked: list[str]
) -> None:
    adapter = _adapter(network, folder)

    def fail_once(_file: str, sent: int, _total: int) -> None:
        if sent == 7000:
            network.set_fault(Fault(FaultKind.ERROR_BEFORE, times=1, calls="all"))

    adapter.tell_progress(fail_once)
    with pytest.raises(Unavailable):
        adapter.prepare(part)
    adapter.tell_progress(lambda _file, _sent, _total: None)
    adapter.commit(adapter.prepare(part), "k")
    adapter.close()
    assert asked.count("POST initialize") == 1
    assert asked.count("POST append") == SEGMENTS + 1
    assert [media.sha256 for media in network.posts()[0].media] == digests(part)


def test_another_film_under_the_same_name_begins_anew(
    network: PracticeNetwork, folder: Path, part: Part, asked: list[str]
) -> None:
    _break_off(_adapter(network, folder), part, 4500)
    with part.media[0].file.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"x")
    asked.clear()
    adapter = _adapter(network, folder)
    adapter.commit(adapter.prepare(part), "k")
    adapter.close()
    assert asked.count("POST initialize") == 1
    assert [media.sha256 for media in network.posts()[0].media] == digests(part)


def test_without_a_folder_an_upload_begins_anew(network: PracticeNetwork, part: Part, asked: list[str]) -> None:
    _break_off(Adapter(network.channel, network.credentials), part, 4500)
    adapter = Adapter(network.channel, network.credentials)
    adapter.prepare(part)
    adapter.close()
    assert asked.count("POST initialize") == 2


Answer = Reply | Callable[[Asked], Reply]


@contextmanager
def _served(folder: Path, **spoilt: Answer) -> Iterator[tuple[Loopback, Adapter]]:
    """X in a few lines, whose answers to one kind of request a test can spoil."""
    upload = "POST /2/media/upload/"
    good: dict[str, Answer] = {
        f"{upload}initialize": as_json({"data": {"id": "77", "expires_after_secs": 86_400}}),
        f"{upload}77/append": as_json({"data": {}}),
        f"{upload}77/finalize": as_json({"data": {"id": "77", "processing_info": _processing("pending")}}),
        "GET /2/media/upload": as_json({"data": {"id": "77", "processing_info": _processing("succeeded")}}),
    }
    names = {"append": f"{upload}77/append", "finalize": f"{upload}77/finalize", "status": "GET /2/media/upload"}
    with loopback(answering({**good, **{names[name]: reply for name, reply in spoilt.items()}})) as server:
        adapter = adapter_at(server.url)
        adapter.continue_uploads(folder)
        yield server, adapter
        adapter.close()


def _processing(state: str, **more: object) -> dict[str, object]:
    return {"state": state, "check_after_secs": 1, **more}


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr("kanal.platforms.x.segments.sleep", pauses.append)
    return pauses


def test_a_video_that_x_cannot_process_is_rejected_with_its_words(
    part: Part, folder: Path, no_pauses: list[float]
) -> None:
    failed = _processing("failed", error={"name": "InvalidMedia", "message": "Unsupported audio"})
    with _served(folder, status=as_json({"data": {"id": "77", "processing_info": failed}})) as (_, adapter):
        with pytest.raises(Rejected, match="cannot process") as caught:
            adapter.prepare(part)
        assert caught.value.words == "Unsupported audio"
    assert list(folder.iterdir()) == []
    assert no_pauses == [1]


def test_a_video_that_x_works_on_for_long_is_asked_for_again_and_not_sent_again(
    part: Part, folder: Path, no_pauses: list[float]
) -> None:
    working = as_json({"data": {"id": "77", "processing_info": {"state": "in_progress", "check_after_secs": 3600}}})
    with _served(folder, status=working) as (server, adapter):
        with pytest.raises(Unavailable, match="still processing"):
            adapter.prepare(part)
        assert max(no_pauses) <= 15
        assert 600 <= sum(no_pauses) <= 620
        sent = len(server.paths("POST"))
        with pytest.raises(Unavailable):
            adapter.prepare(part)
        assert len(server.paths("POST")) == sent


@pytest.mark.parametrize("status", [400, 404])
def test_an_upload_that_x_does_not_know_any_more_begins_anew_once(part: Part, folder: Path, status: int) -> None:
    with _served(folder, append=as_json({"title": "Invalid Request"}, status)) as (server, adapter):
        Memory.of_file(folder, part.media[0].file, server.url, "42", "tweet_video").keep(Unfinished("77", 3, 9e9))
        with pytest.raises((Rejected, Unavailable)):
            adapter.prepare(part)
        memory = [path.rpartition("/")[2] for path in server.paths("POST")]
    assert memory == ["append", "initialize", "append"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"id": 7, "next": 0, "until": 9e9}', '{"id": "7"}', '{"id": "7", "next": "2", "until": 9e9}'],
)
def test_a_spoilt_file_about_an_upload_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    memory = Memory(tmp_path, "account", "film")
    memory.keep(Unfinished("7", 2, 9e9))
    assert memory.recall() == Unfinished("7", 2, 9e9)
    [file] = tmp_path.iterdir()
    file.write_text(content, encoding="utf-8")
    assert memory.recall() is None


def test_what_x_is_about_to_forget_is_not_gone_on_with(tmp_path: Path) -> None:
    memory = Memory(tmp_path, "account", "film")
    memory.keep(Unfinished("7", 2, 1.0))
    assert memory.recall() is None
    assert list(tmp_path.iterdir()) == []
    memory.forget()


def test_nothing_of_the_credentials_is_kept(network: PracticeNetwork, folder: Path, part: Part) -> None:
    _break_off(_adapter(network, folder), part, 4500)
    [file] = folder.iterdir()
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert set(kept) == {"id", "next", "until", "sealed", "session", "end"}
    assert not any(secret.reveal() in file.name for secret in network.credentials.values())


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        ("film.vtt", "de", "DE"),
        ("film.tr.srt", "de", "TR"),
        ("film.de-AT.vtt", "en", "DE"),
        ("film.vtt", "en-GB", "EN"),
    ],
)
def test_captions_are_in_the_language_that_their_name_says(name: str, language: str, code: str) -> None:
    assert language_of(Path(name), language) == code


def test_x_knows_only_languages_of_two_letters() -> None:
    with pytest.raises(Rejected, match="two letters"):
        language_of(Path("film.vtt"), "hsb")
    assert (name_of("DE"), name_of("LA")) == ("Deutsch", "LA")
