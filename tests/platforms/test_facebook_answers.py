"""The Facebook adapter and answers that the practice network does not give."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kanal.errors import Unavailable
from kanal.model import Channel, Part, Picture, Prepared, Secret
from kanal.platforms.facebook import Adapter
from tests.graph.scripted import Network, scripted

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEXT = "Das Bürgerbüro hat am Freitag geöffnet."
LINK = "https://landkreis.example/bürgerbüro?a=1"


@pytest.fixture
def network() -> Iterator[Network]:
    with scripted() as running:
        yield running


@pytest.fixture
def adapter(network: Network) -> Iterator[Adapter]:
    channel = Channel("facebook", "facebook", "1", urls={"graph": network.url})
    opened = Adapter(channel, {"page_access_token": Secret("EAABtoken")})
    yield opened
    opened.close()


def _listed(**more: Any) -> dict[str, Any]:
    return {"data": [{"id": "1_2", "message": TEXT, "created_time": "2026-11-22T12:00:01+0000", **more}]}


def _pictures(count: int) -> tuple[Picture, ...]:
    from pathlib import Path

    return tuple(Picture(Path(f"{number}.jpg"), "alt", "", "") for number in range(count))


def test_the_publishing_request_asks_for_the_address_at_once(network: Network, adapter: Adapter) -> None:
    network.will({"id": "1_2", "permalink_url": "https://www.facebook.com/1/posts/2"})
    handles = {"photo00": "7", "photo01": "8"}
    receipt = adapter.commit(Prepared(Part(TEXT, "de", LINK, _pictures(2)), handles), "k")
    assert receipt.url == "https://www.facebook.com/1/posts/2"
    (asked,) = network.asked
    assert (asked.method, asked.path, asked.query) == ("POST", "/v26.0/1/feed", {"fields": "id,permalink_url"})
    assert asked.fields == {
        "message": f"{TEXT}\n\n{LINK}",
        "attached_media[0]": json.dumps({"media_fbid": "7"}),
        "attached_media[1]": json.dumps({"media_fbid": "8"}),
    }


def test_the_order_of_pictures_survives_a_store_that_sorts(network: Network, adapter: Adapter) -> None:
    network.will({"id": "1_2"})
    handles = dict(sorted({f"photo{number:02}": str(number) for number in range(10)}.items(), reverse=True))
    adapter.commit(Prepared(Part(TEXT, "de", media=_pictures(10)), handles), "k")
    sent = [json.loads(network.asked[0].fields[f"attached_media[{number}]"])["media_fbid"] for number in range(10)]
    assert sent == [str(number) for number in range(10)]


def test_an_address_that_does_not_come_is_located_afterwards(network: Network, adapter: Adapter) -> None:
    network.will({"id": "1_2"}, {"data": [{"id": "1_3"}, {"id": "1_2", "permalink_url": "https://fb.example/2"}]})
    receipt = adapter.commit(Prepared(Part(TEXT, "de")), "k")
    assert receipt.url is None
    assert adapter.locate([receipt.id]) == {"1_2": "https://fb.example/2"}


def test_locating_stops_at_the_page_with_the_last_post(network: Network, adapter: Adapter) -> None:
    network.will(
        {
            "data": [{"id": "1_2", "permalink_url": "https://fb.example/2"}],
            "paging": {"cursors": {"after": "c"}, "next": "https://graph.example/next"},
        }
    )
    assert adapter.locate(["1_2"]) == {"1_2": "https://fb.example/2"}
    assert len(network.asked) == 1


def test_the_search_asks_for_the_time_of_the_claim_with_slack_for_clocks(network: Network, adapter: Adapter) -> None:
    network.will({"data": []})
    assert adapter.find(Prepared(Part(TEXT, "de")), NOW) is None
    (asked,) = network.asked
    assert asked.path == "/v26.0/1/published_posts"
    assert int(asked.query["since"]) == int((NOW - timedelta(minutes=5)).timestamp())
    assert asked.query["fields"] == "id,message,created_time,permalink_url,attachments"


@pytest.mark.parametrize(
    "attachments",
    [
        None,
        {"data": [{"type": "share", "url": "https://landkreis.example/b%C3%BCrgerb%C3%BCro?a=1#anfang"}]},
        {"data": [{"type": "share", "url": "https://l.facebook.com/l.php?u=https%3A%2F%2Flandkreis.example"
                   "%2Fb%25C3%25BCrgerb%25C3%25BCro%3Fa%3D1&h=AT0"}]},
    ],
)  # fmt: skip
def test_a_link_is_recognised_in_the_shapes_that_facebook_gives_it(
    network: Network, adapter: Adapter, attachments: object
) -> None:
    network.will(_listed(**({"attachments": attachments} if attachments else {})))
    receipt = adapter.find(Prepared(Part(TEXT, "de", LINK)), NOW)
    assert receipt is not None
    assert receipt.id == "1_2"
    assert receipt.at == NOW + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("attachments", "count"),
    [
        ([{"type": "photo"}], 1),
        ([{"type": "album", "subattachments": {"data": [{"type": "photo"}, {"type": "photo"}]}}], 2),
        ([{"type": "photo"}, {"type": "photo"}, {"type": "photo"}], 3),
    ],
)
def test_pictures_are_counted_in_the_shapes_that_facebook_gives_them(
    network: Network, adapter: Adapter, attachments: object, count: int
) -> None:
    network.will(*[_listed(attachments={"data": attachments})] * 2)
    assert adapter.find(Prepared(Part(TEXT, "de", media=_pictures(count))), NOW) is not None
    with pytest.raises(Unavailable):
        adapter.find(Prepared(Part(TEXT, "de", media=_pictures(count + 1))), NOW)


@pytest.mark.parametrize("created", ["2026-11-22T11:54:00+0000", "yesterday", None])
def test_a_post_from_before_the_claim_or_without_a_time_is_not_this_one(
    network: Network, adapter: Adapter, created: object
) -> None:
    network.will(_listed(created_time=created))
    assert adapter.find(Prepared(Part(TEXT, "de")), NOW) is None


def test_of_two_posts_that_agree_the_older_is_taken(network: Network, adapter: Adapter) -> None:
    newer, older = _listed()["data"][0], _listed(id="1_1", created_time="2026-11-22T12:00:00+0000")["data"][0]
    network.will({"data": [newer, older]})
    receipt = adapter.find(Prepared(Part(TEXT, "de")), NOW)
    assert receipt is not None
    assert receipt.id == "1_1"
