"""The numbers of the server itself decide, in both directions (docs/networks.md#mastodon-limits)."""

from pathlib import Path
from typing import Any

import pytest

from kanal.errors import Rejected
from kanal.model import Part, Picture
from kanal.platforms.mastodon import Adapter
from kanal.testing.loopback import loopback
from kanal.testing.parts import Writer
from tests.platforms.mastodon_server import MASTODON, adapter_at, answering


def saying(**media_attachments: Any) -> dict[str, Any]:
    return {**MASTODON, "configuration": {"media_attachments": media_attachments}}


def characters(limit: int) -> dict[str, Any]:
    return {**MASTODON, "configuration": {"statuses": {"max_characters": limit, "max_media_attachments": 1}}}


@pytest.fixture
def part(tmp_path: Path) -> Part:
    return Writer(Adapter.limits, tmp_path).write(pictures=2)


def test_a_server_may_take_more_characters_than_usual() -> None:
    with loopback(answering(instance=characters(5000))) as server:
        assert adapter_at(server.url).prepare(Part("a" * 5000, "de")).part.text == "a" * 5000


def test_a_server_may_take_fewer_characters_than_usual() -> None:
    with loopback(answering(instance=characters(200))) as server, pytest.raises(Rejected, match=r"201.*200"):
        adapter_at(server.url).prepare(Part("a" * 201, "de"))
    assert server.paths("POST") == []


def test_a_link_counts_23_characters() -> None:
    text = "a" * 176 + " https://www.beispiel-landkreis.de/" + "b" * 300
    with loopback(answering(instance=characters(200))) as server:
        assert adapter_at(server.url).prepare(Part(text, "de")).part.text == text


def test_a_server_may_take_fewer_pictures_than_usual(part: Part) -> None:
    with (
        loopback(answering(instance=characters(500))) as server,
        pytest.raises(Rejected, match=r"Pictures in the post: 2.* 1 at most"),
    ):
        adapter_at(server.url).prepare(part)
    assert server.paths("POST") == []


def test_the_servers_limit_for_alternative_texts_holds(part: Part) -> None:
    with loopback(answering(instance=saying(description_limit=10))) as server, pytest.raises(Rejected, match="10"):
        adapter_at(server.url).prepare(part)


def test_the_servers_limit_for_the_size_of_a_picture_holds(part: Part) -> None:
    with loopback(answering(instance=saying(image_size_limit=100))) as server, pytest.raises(Rejected, match="100"):
        adapter_at(server.url).prepare(part)


def test_a_picture_of_a_kind_that_the_server_does_not_take_is_refused(part: Part) -> None:
    only_png = saying(supported_mime_types=["image/png", "video/mp4"])
    with loopback(answering(instance=only_png)) as server, pytest.raises(Rejected, match="image/jpeg"):
        adapter_at(server.url).prepare(part)


def test_the_content_of_a_file_tells_its_kind_and_not_its_name(part: Part, tmp_path: Path) -> None:
    misnamed = tmp_path / "bild.heic"
    misnamed.write_bytes(part.media[0].file.read_bytes())
    picture = Picture(misnamed, "Ein Bild", "", "")
    with loopback(answering()) as server:
        adapter_at(server.url).prepare(Part("Hallo", "de", None, (picture,)))
    [upload] = [asked for asked in server.asked if asked.method == "POST"]
    assert b'filename="picture.jpeg"' in upload.body
    assert b"image/jpeg" in upload.body
