"""Videos on a Facebook page: in the pieces that Facebook asks for, published by one request, found by their id."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest

from kanal.abilities.changing import CanCorrect
from kanal.abilities.sending import CanComplete, CanContinue, TellsProgress
from kanal.errors import Rejected, Unavailable, Uncertain
from kanal.media import digest
from kanal.model import Channel, Edition, Part, Prepared, Receipt, Secret
from kanal.platforms.facebook import Adapter
from kanal.sandbox import Exchange, Fault, FaultKind
from kanal.sandbox.server import running
from kanal.testing.loopback import Asked, Reply, as_json, loopback
from kanal.testing.parts import Writer, digests
from kanal.testing.practice import PracticeNetwork, new_account

LONG = 9_000_000
"""Three pieces."""
NEW = "Der Winterdienst ist jetzt überall unterwegs."


@pytest.fixture
def asked() -> list[str]:
    """What was asked, without numbers: `POST videos`."""
    return []


@pytest.fixture
def looks() -> int:
    """How often Facebook is still at work on a video."""
    return 0


@pytest.fixture
def network(tmp_path: Path, asked: list[str], looks: int) -> Iterator[PracticeNetwork]:
    def record(exchange: Exchange) -> None:
        last = exchange.path.rpartition("/")[2]
        asked.append(f"{exchange.method} {'…' if last.isdigit() else last}")

    with running(tmp_path / "practice.sqlite3", record=record, facebook_in_progress=looks) as practice:
        yield new_account(practice, "facebook", tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "office" / ".kanal" / "uploads"


@pytest.fixture
def adapter(network: PracticeNetwork, folder: Path) -> Iterator[Adapter]:
    with closing(_adapter(network, folder)) as opened:
        yield opened


@pytest.fixture
def part(tmp_path: Path) -> Part:
    return Writer(Adapter.limits, tmp_path).film("Der Winterdienst ist unterwegs.", bytes_=LONG)


def _adapter(network: PracticeNetwork, folder: Path) -> Adapter:
    opened = Adapter(network.channel, network.credentials, sleep=lambda _seconds: None)
    opened.continue_uploads(folder)
    return opened


def _published(adapter: Adapter, part: Part) -> tuple[Receipt, Prepared]:
    prepared = adapter.prepare(part)
    receipt = adapter.commit(prepared, "k")
    adapter.complete(receipt, part)
    return receipt, prepared


def _edition(prepared: Prepared) -> Edition:
    return Edition(prepared, tuple(digest(media.file) for media in prepared.part.media))


def test_the_adapter_can_do_what_a_video_needs(adapter: Adapter) -> None:
    for ability in (TellsProgress, CanContinue, CanComplete, CanCorrect):
        assert isinstance(adapter, ability)


def test_a_video_goes_out_in_pieces_with_its_captions_and_its_address(
    network: PracticeNetwork, adapter: Adapter, part: Part, folder: Path, asked: list[str]
) -> None:
    receipt, _ = _published(adapter, part)
    assert asked == ["POST videos"] * 5 + ["GET …", "POST captions"]
    [post] = network.posts()
    assert (receipt.id, receipt.url, post.text) == (post.id, post.url, part.text)
    assert [(media.sha256, list(media.captions)) for media in post.media] == [(digests(part)[0], ["DE"])]
    assert list(folder.iterdir()) == []


def test_a_link_stands_beneath_the_text_of_a_video(network: PracticeNetwork, adapter: Adapter, part: Part) -> None:
    _published(adapter, part._replace(link="https://landkreis.example/winterdienst"))
    assert network.posts()[0].text == f"{part.text}\n\nhttps://landkreis.example/winterdienst"


def _break_off(adapter: Adapter, part: Part, after: int) -> None:
    """As Ctrl-C does, once more than `after` bytes are on their way."""

    def stop(_file: str, sent: int, _total: int) -> None:
        if sent > after:
            raise KeyboardInterrupt

    adapter.tell_progress(stop)
    with pytest.raises(KeyboardInterrupt):
        adapter.prepare(part)
    adapter.close()


def test_an_interrupted_upload_goes_on_with_the_piece_that_facebook_wants(
    network: PracticeNetwork, part: Part, folder: Path, asked: list[str]
) -> None:
    _break_off(_adapter(network, folder), part, 4_500_000)
    assert asked == ["POST videos"] * 2  # the start, and one piece
    asked.clear()
    with closing(_adapter(network, folder)) as again:
        again.commit(again.prepare(part), "k")
    assert asked == ["POST videos"] * 3  # two pieces and the end
    assert [media.sha256 for media in network.posts()[0].media] == digests(part)


def test_the_same_film_in_another_post_begins_anew(
    network: PracticeNetwork, part: Part, folder: Path, asked: list[str]
) -> None:
    _break_off(_adapter(network, folder), part, 4_500_000)
    asked.clear()
    with closing(_adapter(network, folder)) as other:
        _published(other, part._replace(text="Etwas anderes."))
    assert asked.count("POST videos") == 5


def test_a_lost_answer_to_a_piece_is_made_good_by_facebooks_word_about_the_next(
    network: PracticeNetwork, adapter: Adapter, part: Part, asked: list[str]
) -> None:
    def lose(_file: str, sent: int, _total: int) -> None:
        if 4_000_000 < sent < 4_100_000:
            network.set_fault(Fault(FaultKind.ERROR_AFTER, calls="all"))

    adapter.tell_progress(lose)
    with pytest.raises(Unavailable):
        adapter.prepare(part)
    adapter.tell_progress(lambda _file, _sent, _total: None)
    asked.clear()
    adapter.commit(adapter.prepare(part), "k")
    assert asked == ["POST videos"] * 3  # the piece that is there already, the last one, the end
    assert [media.sha256 for media in network.posts()[0].media] == digests(part)


def test_an_upload_that_facebook_does_not_know_any_more_begins_anew(
    network: PracticeNetwork, part: Part, folder: Path
) -> None:
    _break_off(_adapter(network, folder), part, 4_500_000)
    [file] = folder.iterdir()
    kept = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**kept, "session": "1"}), encoding="utf-8")
    with closing(_adapter(network, folder)) as again:
        again.commit(again.prepare(part), "k")
    assert len(network.posts()) == 1


def test_nothing_of_the_token_is_kept(network: PracticeNetwork, part: Part, folder: Path) -> None:
    _break_off(_adapter(network, folder), part, 4_500_000)
    [file] = folder.iterdir()
    secrets = [secret.reveal() for secret in network.credentials.values()]
    assert not any(secret in file.read_text(encoding="utf-8") for secret in secrets)


@pytest.mark.parametrize(
    ("kind", "out"),
    [
        (FaultKind.CUT_AFTER, True),
        (FaultKind.HTML, True),
        (FaultKind.ERROR_AFTER, True),
        (FaultKind.ERROR_BEFORE, False),
    ],
)
def test_a_doubt_is_settled_by_asking_for_the_video(
    network: PracticeNetwork, adapter: Adapter, part: Part, kind: FaultKind, out: bool
) -> None:
    prepared = adapter.prepare(part)
    assert adapter.find(prepared, datetime.now(UTC)) is None
    network.set_fault(Fault(kind))
    with pytest.raises(Uncertain):
        adapter.commit(prepared, "k")
    found = adapter.find(prepared, datetime.now(UTC))
    assert ([found.id, found.url] if found else []) == [
        word for post in network.posts() for word in (post.id, post.url)
    ]
    assert (found is not None) == out


@pytest.mark.parametrize("looks", [2])
def test_a_video_that_facebook_works_on_is_neither_there_nor_not_there(
    adapter: Adapter, part: Part, looks: int
) -> None:
    prepared = adapter.prepare(part)
    adapter.commit(prepared, "k")
    for _ in range(looks):
        with pytest.raises(Unavailable, match="still working"):
            adapter.find(prepared, datetime.now(UTC))
    assert adapter.find(prepared, datetime.now(UTC))


def test_a_video_that_was_deleted_meanwhile_is_not_there(adapter: Adapter, part: Part) -> None:
    receipt, prepared = _published(adapter, part)
    adapter.retract(receipt)
    assert adapter.find(prepared, datetime.now(UTC)) is None


@pytest.mark.parametrize("looks", [3])
def test_captions_wait_until_the_video_is_processed(
    network: PracticeNetwork, adapter: Adapter, part: Part, asked: list[str], looks: int
) -> None:
    _published(adapter, part)
    assert asked[-5:] == ["GET …"] * (looks + 1) + ["POST captions"]
    assert list(network.posts()[0].media[0].captions) == ["DE"]


def test_captions_are_tried_again_when_facebook_stumbles(
    network: PracticeNetwork, adapter: Adapter, part: Part
) -> None:
    network.set_fault(Fault(FaultKind.ERROR_BEFORE, times=2, calls="correct"))
    _published(adapter, part)
    assert list(network.posts()[0].media[0].captions) == ["DE"]


def test_captions_that_cannot_be_added_are_told_with_what_to_do(
    network: PracticeNetwork, adapter: Adapter, part: Part
) -> None:
    receipt, _ = _published(adapter, part)
    network.set_fault(Fault(FaultKind.EXPIRED, times=None, calls="all"))
    with pytest.raises(Unavailable):
        adapter.complete(receipt, part)
    network.heal()
    (video,) = part.media
    assert video.captions
    video.captions.write_text("WEBVTT\n", encoding="utf-8")
    with pytest.raises(Unavailable, match=r"without its captions “film\.de\.vtt”.*Add them on the page") as told:
        adapter.complete(receipt, part)
    assert told.value.needs_person


@pytest.mark.parametrize(("content", "words"), [("WEBVTT\n", "no captions"), ("x" * 300_000, "takes 200000")])
def test_captions_that_facebook_does_not_take_stop_the_video_before_it_is_sent(
    network: PracticeNetwork, adapter: Adapter, part: Part, content: str, words: str
) -> None:
    (video,) = part.media
    assert video.captions
    said = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{content}\n" if len(content) > 10 else content
    video.captions.write_text(said, encoding="utf-8")
    with pytest.raises(Rejected, match=words):
        adapter.prepare(part)
    assert network.request_count() == 0


def test_a_video_is_taken_down_and_known_to_be_gone(network: PracticeNetwork, adapter: Adapter, part: Part) -> None:
    receipt, _ = _published(adapter, part)
    assert not adapter.is_gone(receipt)
    adapter.retract(receipt)
    assert adapter.is_gone(receipt)
    assert network.posts() == []
    adapter.retract(receipt)


def test_a_video_of_another_page_is_not_taken_for_gone(adapter: Adapter, part: Part) -> None:
    receipt, _ = _published(adapter, part)
    adapter.commit(adapter.prepare(Part("Ein Text.", "de")), "k")
    adapter.retract(receipt)
    assert receipt.url
    for elsewhere in (receipt.url.replace("104711", "999"), "https://www.facebook.com/watch/", None):
        with pytest.raises(Unavailable) as unclear:
            adapter.is_gone(receipt._replace(url=elsewhere))
        assert unclear.value.needs_person


def test_the_text_of_a_video_is_corrected_and_its_captions_stay(
    network: PracticeNetwork, adapter: Adapter, part: Part
) -> None:
    receipt, old = _published(adapter, part)
    new = adapter.revise(receipt, part._replace(text=NEW), _edition(old))
    assert (adapter.says(receipt, old), adapter.says(receipt, new)) == (True, False)
    assert adapter.correct(receipt, new) == receipt
    assert (adapter.says(receipt, old), adapter.says(receipt, new)) == (False, True)
    [post] = network.posts()
    assert (post.text, list(post.media[0].captions)) == (NEW, ["DE"])
    adapter.correct(receipt, adapter.revise(receipt, part, _edition(new)))
    assert network.posts()[0].text == part.text


def test_other_captions_cannot_be_a_correction(adapter: Adapter, part: Part) -> None:
    receipt, old = _published(adapter, part)
    (video,) = part.media
    assert video.captions
    video.captions.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n[Musik]\n", encoding="utf-8")
    for changed in (part, part._replace(media=(video._replace(captions=None),))):
        assert adapter.unchangeable(_edition(old), changed)
        with pytest.raises(Rejected, match="captions"):
            adapter.revise(receipt, changed, _edition(old))


def _odd(part: Part, answer: Callable[[Asked], Reply]) -> None:
    """The upload to a Facebook that answers like this ends as unavailable."""
    with loopback(answer) as server:
        channel = Channel("amt", "facebook", "104711", urls={"graph": f"{server.url}/v26.0"})
        with closing(Adapter(channel, {"page_access_token": Secret("EAAB" + "x" * 40)})) as adapter:
            with pytest.raises(Unavailable):
                adapter.prepare(part)
            assert len(server.paths("POST")) < 12


_BEGUN = {"video_id": "7", "upload_session_id": "8", "start_offset": "0", "end_offset": "4000000"}


@pytest.mark.parametrize(
    "begun",
    [{}, {"start_offset": "0", "end_offset": "9"}, {**_BEGUN, "end_offset": "x"}, {**_BEGUN, "video_id": ""}],
)
def test_an_upload_that_begins_oddly_is_not_gone_on_with(part: Part, begun: dict[str, str]) -> None:
    _odd(part, lambda _asked: as_json(begun))


def test_a_facebook_that_never_wants_another_piece_is_given_up(part: Part) -> None:
    _odd(part, lambda _asked: as_json(_BEGUN))


def test_a_facebook_that_sends_to_and_fro_is_given_up(part: Part) -> None:
    places = cycle(("4000000", "0"))

    def answer(asked: Asked) -> Reply:
        if b"upload_phase=start" in asked.body:
            return as_json(_BEGUN)
        place = next(places)
        wanted = json.dumps({"start_offset": place, "end_offset": str(int(place) + 4_000_000)})
        error = {
            "message": "no",
            "type": "OAuthException",
            "code": 6001,
            "error_subcode": 1363037,
            "error_data": wanted,
        }
        return as_json({"error": error}, 400)

    _odd(part, answer)
