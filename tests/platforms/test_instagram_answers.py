"""The Instagram adapter and answers that the practice network does not give."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.model import Channel, Part, Prepared, Secret, StagingPlace
from kanal.platforms.instagram import Adapter
from kanal.testing.loopback import Reply
from tests.graph.scripted import Network, error, scripted
from tests.practised import pictures

TEXT = "Herbst im Kreishaus."
BEGAN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FINISHED = {"status_code": "FINISHED"}


@pytest.fixture
def network() -> Iterator[Network]:
    with scripted() as running:
        yield running


@pytest.fixture
def adapter(network: Network, tmp_path: Path) -> Iterator[Adapter]:
    place = StagingPlace(str(tmp_path / "staging"), "https://media.example.org/staged")
    channel = Channel("instagram", "instagram", "9", urls={"graph": network.url}, staging=place)
    opened = Adapter(channel, {"access_token": Secret("IGAAtoken")}, sleep=lambda _: None)
    yield opened
    opened.close()


@pytest.fixture
def one(tmp_path: Path) -> Part:
    return Part(TEXT, "de", media=pictures(tmp_path, 1))


@pytest.fixture
def claimed(one: Part) -> Prepared:
    return Prepared(one, {"container": "77", "staged": "[]", "began": BEGAN.isoformat()})


def _status(code: str, words: str = "") -> dict[str, str]:
    return {"status_code": code, "status": words, "id": "77"}


def _listed(*posts: dict[str, Any]) -> dict[str, Any]:
    basis = {"caption": TEXT, "timestamp": "2026-11-22T12:00:30+0000", "media_type": "IMAGE"}
    return {"data": [{**basis, **post} for post in posts]}


def test_a_carousel_is_made_of_ready_children_and_only_the_parent_has_the_caption(
    network: Network, adapter: Adapter, tmp_path: Path
) -> None:
    part = Part(TEXT, "de", media=pictures(tmp_path, 2))
    network.will({"id": "1"}, {"id": "2"}, FINISHED, FINISHED, {"id": "77"}, FINISHED)
    prepared = adapter.prepare(part)
    assert prepared.handles["container"] == "77"
    children, parent = network.asked[:2], network.asked[4]
    for asked, picture in zip(children, part.media, strict=True):
        assert asked.path == "/v26.0/9/media"
        assert asked.fields["image_url"].startswith("https://media.example.org/staged/kanal-")
        assert {**asked.fields, "image_url": ""} == {
            "image_url": "",
            "alt_text": picture.alt,
            "is_carousel_item": "true",
        }
    assert [asked.path for asked in network.asked[2:4]] == ["/v26.0/1", "/v26.0/2"]
    assert parent.fields == {"media_type": "CAROUSEL", "children": "1,2", "caption": TEXT}


@pytest.mark.parametrize(
    ("subcode", "raised"),
    [
        (2207004, Rejected),
        (2207005, Rejected),
        (2207009, Rejected),
        (2207010, Rejected),
        (2207026, Rejected),
        (2207028, Rejected),
        (2207003, Unavailable),
        (2207020, Unavailable),
        (2207032, Unavailable),
        (2207050, Unavailable),
        (2207051, Unavailable),
        (2207052, Unavailable),
        (2207053, Unavailable),
        (2207099, Unavailable),
    ],
)
def test_a_container_that_failed_says_why(
    network: Network, adapter: Adapter, one: Part, subcode: int, raised: type[DeliveryError]
) -> None:
    for words in (f"Error: Media upload has failed with error code {subcode}", str(subcode)):
        network.will({"id": "77"}, _status("ERROR", words))
        with pytest.raises(raised) as failed:
            adapter.prepare(one)
        assert failed.value.words == words


def test_a_container_that_failed_leaves_nothing_behind(
    network: Network, adapter: Adapter, one: Part, tmp_path: Path
) -> None:
    network.will({"id": "77"}, _status("ERROR", "2207009"))
    with pytest.raises(Rejected):
        adapter.prepare(one)
    assert list((tmp_path / "staging").iterdir()) == []


@pytest.mark.parametrize("code", ["ERROR", "EXPIRED"])
def test_a_container_that_failed_without_a_reason_is_prepared_anew(
    network: Network, adapter: Adapter, one: Part, code: str
) -> None:
    network.will({"id": "77"}, _status(code))
    with pytest.raises(Unavailable):
        adapter.prepare(one)


def test_a_look_that_fails_ends_the_preparation_and_leaves_nothing_behind(
    network: Network, adapter: Adapter, one: Part, tmp_path: Path
) -> None:
    network.will({"id": "77"}, Reply(cut=True))
    with pytest.raises(Unavailable):
        adapter.prepare(one)
    assert list((tmp_path / "staging").iterdir()) == []


@pytest.mark.parametrize("code", ["IN_PROGRESS", "", "SOMETHING_NEW"])
def test_a_container_in_an_unclear_state_leaves_the_doubt(
    network: Network, adapter: Adapter, claimed: Prepared, code: str
) -> None:
    network.will(_status(code))
    with pytest.raises(Uncertain):
        adapter.repeat(claimed, "k")
    assert [asked.method for asked in network.asked] == ["GET"]


def test_a_container_that_failed_was_not_published(network: Network, adapter: Adapter, claimed: Prepared) -> None:
    network.will(_status("ERROR", "2207001"))
    with pytest.raises(Unavailable) as failed:
        adapter.repeat(claimed, "k")
    assert failed.value.words == "2207001"


@pytest.mark.parametrize("now", ["PUBLISHED", "IN_PROGRESS"])
def test_a_refusal_that_crosses_an_earlier_success_leaves_the_doubt(
    network: Network, adapter: Adapter, claimed: Prepared, now: str
) -> None:
    network.will(FINISHED, error(24, 2207006), _status(now))
    with pytest.raises(Uncertain):
        adapter.repeat(claimed, "k")


def test_a_refusal_of_a_container_that_still_waits_is_believed(
    network: Network, adapter: Adapter, claimed: Prepared
) -> None:
    network.will(FINISHED, error(190), FINISHED)
    with pytest.raises(Unavailable) as failed:
        adapter.repeat(claimed, "k")
    assert failed.value.needs_person


def test_a_published_container_is_found_by_caption_and_time(
    network: Network, adapter: Adapter, claimed: Prepared
) -> None:
    before = {"id": "1", "timestamp": "2026-11-22T11:50:00+0000"}
    other = {"id": "2", "caption": "Etwas anderes"}
    mine = {"id": "3", "permalink": "https://www.instagram.com/p/3/"}
    network.will(_status("PUBLISHED"), _listed(other, mine, before))
    receipt = adapter.repeat(claimed, "k")
    assert (receipt.id, receipt.url) == ("3", "https://www.instagram.com/p/3/")
    assert receipt.at == datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("listing", [_listed(), error(4), Reply(cut=True), Reply(body=b"<html>")])
def test_a_published_container_without_a_listed_post_leaves_the_doubt(
    network: Network, adapter: Adapter, claimed: Prepared, listing: Any
) -> None:
    network.will(_status("PUBLISHED"), listing)
    with pytest.raises(Uncertain):
        adapter.repeat(claimed, "k")


def test_a_container_that_cannot_be_asked_proves_no_absence(
    network: Network, adapter: Adapter, claimed: Prepared
) -> None:
    network.will(_listed(), error(100, 33))
    with pytest.raises(Unavailable):
        adapter.find(claimed, BEGAN)


def test_nothing_listed_and_a_container_that_waits_prove_absence(
    network: Network, adapter: Adapter, claimed: Prepared
) -> None:
    network.will(_listed(), FINISHED)
    assert adapter.find(claimed, BEGAN) is None
    assert network.asked[0].query["fields"] == "id,caption,timestamp,permalink,media_type"


def test_an_address_that_the_list_does_not_hold_is_left_out(network: Network, adapter: Adapter) -> None:
    network.will(_listed({"id": "1", "permalink": "https://ig.example/1"}, {"id": "2"}), _listed())
    assert adapter.locate(["1", "2", "3"]) == {"1": "https://ig.example/1"}
