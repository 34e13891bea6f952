"""The practice Instagram, as Meta's documentation of content publishing describes the real one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.sandbox.clients import Graph, codes

Make = Callable[..., str]


@pytest.fixture
def make(practice: Practice, instagram: Graph, staging: Path, picture: Callable[..., bytes]) -> Make:
    def container(data: bytes | None = None, **fields: str) -> str:
        answer = instagram.container(practice, staging, data or picture(), **fields)
        made: str = answer.json()["id"]
        return made

    return container


def test_a_picture_is_fetched_and_published(practice: Practice, instagram: Graph, make: Make) -> None:
    container = make(caption="Hallo", alt_text="Ein Haus")
    assert practice.posts() == []
    media = instagram.post("/media_publish", {"creation_id": container}).json()["id"]
    (post,) = practice.posts()
    assert (post.id, post.text, [shown.alt for shown in post.media]) == (media, "Hallo", ["Ein Haus"])


def test_a_container_is_published_once(practice: Practice, instagram: Graph, make: Make) -> None:
    container = make(caption="Hallo")
    assert instagram.node(container, fields="status_code").json()["status_code"] == "FINISHED"
    instagram.post("/media_publish", {"creation_id": container})
    assert instagram.node(container, fields="status_code").json()["status_code"] == "PUBLISHED"
    assert codes(instagram.post("/media_publish", {"creation_id": container})) == (24, 2207006)
    assert len(practice.posts()) == 1


def test_a_carousel_has_its_children_in_order(practice: Practice, instagram: Graph, make: Make) -> None:
    children = [make(is_carousel_item="true", alt_text=alt) for alt in ("A", "B", "C")]
    fields = {"media_type": "CAROUSEL", "children": ",".join(children), "caption": "Drei"}
    parent = instagram.post("/media", fields).json()["id"]
    instagram.post("/media_publish", {"creation_id": parent})
    (post,) = practice.posts()
    assert (post.text, [shown.alt for shown in post.media]) == ("Drei", ["A", "B", "C"])
    (listed,) = instagram.get("/media", fields="media_type").json()["data"]
    assert listed["media_type"] == "CAROUSEL_ALBUM"


def test_a_carousel_needs_two_to_ten_carousel_items(instagram: Graph, make: Make) -> None:
    single, plain = make(is_carousel_item="true"), make()
    for children, expected in ((single, (100, 2207028)), (f"{single},{plain}", (24, 2207006))):
        answer = instagram.post("/media", {"media_type": "CAROUSEL", "children": children})
        assert codes(answer) == expected
    assert codes(instagram.post("/media_publish", {"creation_id": single})) == (24, 2207006)


def test_an_unfinished_container_cannot_be_published_yet(
    tmp_path: Path, staging: Path, picture: Callable[..., bytes]
) -> None:
    with running(tmp_path / "other", staging=staging, instagram_in_progress=1) as practice:
        api = Graph(practice, "instagram", "178410001")
        container = api.container(practice, staging, picture()).json()["id"]
        assert codes(api.post("/media_publish", {"creation_id": container})) == (9007, 2207027)
        states = [api.node(container, fields="status_code,status").json()["status_code"] for _ in range(2)]
        assert states == ["IN_PROGRESS", "FINISHED"]
        assert api.post("/media_publish", {"creation_id": container}).status_code == 200
        api.close()


def test_a_container_expires_after_a_day(tmp_path: Path, staging: Path, picture: Callable[..., bytes]) -> None:
    now = 1_800_000_000.0
    with running(tmp_path / "other", staging=staging, clock=lambda: now) as practice:
        api = Graph(practice, "instagram", "178410001")
        container = api.container(practice, staging, picture()).json()["id"]
        now += 86_400
        assert api.node(container, fields="status_code").json()["status_code"] == "EXPIRED"
        assert codes(api.post("/media_publish", {"creation_id": container})) == (-2, 2207020)
        api.close()


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ({"kind": "PNG"}, (36001, 2207005)),
        ({"width": 70, "height": 100}, (36003, 2207009)),
        ({"width": 200, "height": 100}, (36003, 2207009)),
    ],
)
def test_pictures_must_be_jpeg_between_portrait_and_landscape(
    *,
    practice: Practice,
    instagram: Graph,
    staging: Path,
    picture: Callable[..., bytes],
    shape: dict[str, object],
    expected: tuple[int, int],
) -> None:
    assert codes(instagram.container(practice, staging, picture(**shape))) == expected


def test_the_ends_of_the_ratio_are_allowed(make: Make, picture: Callable[..., bytes]) -> None:
    assert make(picture(80, 100))
    assert make(picture(191, 100))


def test_a_picture_ends_at_8_megabytes(
    practice: Practice, instagram: Graph, staging: Path, picture: Callable[..., bytes]
) -> None:
    big = instagram.container(practice, staging, picture() + b"\0" * 8_388_608)
    assert codes(big) == (36000, 2207004)


@pytest.mark.parametrize("url", ["", "http://192.0.2.1/a.jpg", "https://127.0.0.1/a.jpg", "http://127.0.0.1:1/a.jpg"])
def test_what_cannot_be_fetched_is_refused(instagram: Graph, url: str) -> None:
    assert codes(instagram.post("/media", {"image_url": url})) == (9004, 2207052)


def test_a_missing_file_and_one_that_is_no_picture_are_refused(
    practice: Practice, instagram: Graph, staging: Path
) -> None:
    missing = instagram.post("/media", {"image_url": f"{practice.address}staging/fehlt.jpg"})
    text = instagram.container(practice, staging, b"kein Bild")
    assert (codes(missing), codes(text)) == ((9004, 2207052), (9004, 2207052))


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("ä" * 2201, (36004, 2207010)),
        (" ".join(f"#t{number}" for number in range(31)), (36004, 2207010)),
        (" ".join(f"@t{number}" for number in range(21)), (36004, 2207040)),
    ],
)
def test_captions_are_limited(
    *,
    practice: Practice,
    instagram: Graph,
    staging: Path,
    picture: Callable[..., bytes],
    caption: str,
    expected: tuple[int, int],
) -> None:
    assert codes(instagram.container(practice, staging, picture(), caption=caption)) == expected


def test_alternative_texts_end_at_1000_characters(
    practice: Practice, instagram: Graph, staging: Path, picture: Callable[..., bytes]
) -> None:
    assert codes(instagram.container(practice, staging, picture(), alt_text="ä" * 1001))[0] == 100
    assert instagram.container(practice, staging, picture(), alt_text="ä" * 1000).status_code == 200


def test_own_media_are_listed_with_their_addresses(practice: Practice, instagram: Graph, make: Make) -> None:
    for caption in ("eins", "zwei"):
        instagram.post("/media_publish", {"creation_id": make(caption=caption)})
    listed = instagram.get("/media", fields="id,caption,timestamp,permalink").json()["data"]
    assert [media["caption"] for media in listed] == ["zwei", "eins"]
    assert [media["permalink"] for media in listed] == [post.url for post in reversed(practice.posts())]
    one = instagram.node(listed[0]["id"], fields="permalink").json()
    assert one["permalink"] == listed[0]["permalink"]


def test_the_quota_counts_what_was_published(instagram: Graph, make: Make) -> None:
    instagram.post("/media_publish", {"creation_id": make()})
    answer = instagram.get("/content_publishing_limit", fields="config,quota_usage")
    assert answer.json()["data"] == [{"quota_usage": 1, "config": {"quota_total": 100, "quota_duration": 86400}}]


def test_a_full_quota_stops_publishing(practice: Practice, instagram: Graph, make: Make) -> None:
    containers = [make(caption=str(number)) for number in range(2)]
    assert instagram.post("/media_publish", {"creation_id": containers[0]}).status_code == 200
    used_up = pytest.MonkeyPatch()
    used_up.setattr("kanal.sandbox.instagram.publishing.QUOTA", 1)
    refused = instagram.post("/media_publish", {"creation_id": containers[1]})
    used_up.undo()
    assert codes(refused) == (9, 2207042)
    assert len(practice.posts()) == 1


def test_a_media_can_be_deleted(practice: Practice, instagram: Graph, make: Make) -> None:
    media = instagram.post("/media_publish", {"creation_id": make()}).json()["id"]
    assert instagram.node(media, "DELETE").json() == {"success": True, "deleted_id": media}
    assert practice.posts() == []
    assert [codes(instagram.node(media, method)) for method in ("GET", "DELETE")] == [(100, 33)] * 2
    assert instagram.get("/media").json()["data"] == []


def test_a_carousel_is_deleted_with_all_its_pictures(practice: Practice, instagram: Graph, make: Make) -> None:
    children = ",".join(make(is_carousel_item="true") for _ in range(2))
    parent = instagram.post("/media", {"media_type": "CAROUSEL", "children": children}).json()["id"]
    media = instagram.post("/media_publish", {"creation_id": parent}).json()["id"]
    assert instagram.node(media, "DELETE").status_code == 200
    assert practice.posts() == []


def test_a_container_cannot_be_deleted_nor_the_media_of_others(
    practice: Practice, instagram: Graph, make: Make
) -> None:
    container = make()
    assert codes(instagram.node(container, "DELETE")) == (-1, 2207073)
    media = instagram.post("/media_publish", {"creation_id": container}).json()["id"]
    other = Graph(practice, "instagram", "4711")
    assert codes(other.node(media, "DELETE")) == (100, 33)
    other.close()
    assert len(practice.posts()) == 1


def test_deleting_needs_a_permission_of_its_own(practice: Practice, instagram: Graph, make: Make) -> None:
    media = instagram.post("/media_publish", {"creation_id": make()}).json()["id"]
    scopes = ["instagram_basic", "instagram_content_publish"]
    writer = Graph(practice, "instagram", instagram.account, scopes=scopes)
    assert codes(writer.node(media, "DELETE"))[0] == 200
    writer.close()
    assert len(practice.posts()) == 1


def test_a_deleted_media_leaves_its_container_published(instagram: Graph, make: Make) -> None:
    container = make()
    media = instagram.post("/media_publish", {"creation_id": container}).json()["id"]
    instagram.node(media, "DELETE")
    assert instagram.node(container, fields="status_code").json()["status_code"] == "PUBLISHED"
    assert codes(instagram.post("/media_publish", {"creation_id": container})) == (24, 2207006)


def test_the_account_tells_its_name_and_needs_permission(practice: Practice, instagram: Graph) -> None:
    assert instagram.get("", fields="id,username").json() == {"id": "178410001", "username": "Landkreis Musterland"}
    reader = Graph(practice, "instagram", "4711", scopes=["instagram_basic"])
    assert codes(reader.post("/media", {"image_url": "x"}))[0] == 200
    reader.close()
