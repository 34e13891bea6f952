"""From a draft with a picture to the networks: what arrives there, what plan shows, and what stops everything."""

from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from PIL import Image

from kanal.media import has_metadata, measure
from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal
from tests.conftest import WriteFile
from tests.media.pictures import BERLIN, bomb, exif, picture

EVERYWHERE = "mastodon, x, facebook, instagram"
DRAFT = """\
id: linden-neu
channels: [{channels}]
text: Die Linden an der Allee werden nachgepflanzt.
media:
  - file: {file}
    alt: Junge Linden an einer Landstraße
    credit: Landkreis Musterland
    licence: CC BY 4.0
"""
WITHOUT_THE_RULE = "extends: plain.yaml\nrules: {privacy/picture-metadata: off}\n"


@pytest.fixture(autouse=True)
def _nothing_else(no_drafts: None) -> None:
    """One draft only."""


def arrived(practice: Practice, folder: Path) -> dict[str, Path]:
    """By network, the file that it got."""
    got = {}
    for post in practice.posts():
        (media,) = post.media
        content = httpx.get(f"{practice.address}pictures/{media.sha256}").content
        assert sha256(content).hexdigest() == media.sha256
        got[post.platform] = folder / f"{post.platform}.jpg"
        got[post.platform].write_bytes(content)
    return got


def test_a_photo_with_a_place_arrives_everywhere_without_it_and_upright(
    kanal: Kanal, practice: Practice, write_file: WriteFile, office_folder: Path, tmp_path: Path
) -> None:
    write_file("config/policy.yaml", WITHOUT_THE_RULE)
    write_file("posts/a.yaml", DRAFT.format(channels=EVERYWHERE, file="foto.jpg"))
    path = picture(office_folder / "posts" / "foto.jpg", (640, 800), exif=exif({0x0112: 6, 0x013B: "Mia"}, gps=BERLIN))
    before = path.read_bytes()
    answer = kanal("publish")
    assert answer.code == 0, answer.out
    got = arrived(practice, tmp_path)
    assert set(got) == {"mastodon", "x", "facebook", "instagram"}
    for file in got.values():
        facts = measure(file)
        assert (facts.width, facts.height, has_metadata(file)) == (800, 640, ())
    assert path.read_bytes() == before
    claims = [event for event in kanal.json("log", "--sandbox").json["events"] if event["event"] == "claimed"]
    assert [event["media"] for event in claims] == [[sha256(before).hexdigest()]] * 4


def test_with_leave_one_png_goes_to_each_network_as_it_takes_it(
    kanal: Kanal, practice: Practice, write_file: WriteFile, office_folder: Path, tmp_path: Path
) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\nadapt: true\n")
    write_file("posts/a.yaml", DRAFT.format(channels=EVERYWHERE, file="tafel.png"))
    Image.new("RGB", (7000, 5000), (120, 160, 90)).save(office_folder / "posts" / "tafel.png")
    told = kanal("lint")
    assert told.code == 0
    assert "instagram gets this picture as JPEG" in told.out
    shown = kanal("plan")
    assert shown.out.count("    sent as JPEG, 7000 × 5000 pixels, 8000000 bytes at most") == 1
    assert shown.out.count("    sent as PNG, 6815 × 4868 pixels, 16777216 bytes at most") == 1
    assert kanal("publish").code == 0
    facts = {name: measure(file) for name, file in arrived(practice, tmp_path).items()}
    assert {name: (one.media_type, one.width) for name, one in facts.items()} == {
        "mastodon": ("image/png", 6815),
        "x": ("image/png", 7000),
        "facebook": ("image/png", 7000),
        "instagram": ("image/jpeg", 7000),
    }


@pytest.mark.parametrize("kind", [FaultKind.ERROR_AFTER, FaultKind.ERROR_BEFORE])
@pytest.mark.parametrize("channel", ["mastodon", "x", "facebook", "instagram"])
def test_a_doubt_about_a_converted_picture_is_settled_with_one_post(
    kanal: Kanal, practice: Practice, write_file: WriteFile, office_folder: Path, *, channel: str, kind: FaultKind
) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\nadapt: true\n")
    write_file("posts/a.yaml", DRAFT.format(channels=channel, file="tafel.bmp"))
    Image.new("RGB", (1200, 900), (120, 160, 90)).save(office_folder / "posts" / "tafel.bmp")
    practice.set_fault(channel, Fault(kind))
    kanal("publish")
    practice.heal()
    assert kanal("publish").code == 0
    assert len(practice.posts()) == 1


def test_plan_tells_programs_what_is_made_of_a_picture(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\nadapt: true\n")
    write_file("posts/a.yaml", DRAFT.format(channels="mastodon, instagram", file="wrong.png"))
    made = {one["channel"]: one["media"][0]["sent_as"] for one in kanal.json("plan").json["deliveries"]}
    assert made == {
        "mastodon": None,
        "instagram": {"media_type": "image/jpeg", "width": 1200, "height": 900, "bytes_max": 8_000_000},
    }


def test_a_bomb_stops_everything_at_its_place_and_nothing_is_sent(
    kanal: Kanal, practice: Practice, write_file: WriteFile, office_folder: Path
) -> None:
    bomb(office_folder / "posts" / "bombe.png")
    write_file("posts/a.yaml", DRAFT.format(channels="mastodon", file="bombe.png"))
    write_file("posts/b.yaml", DRAFT.format(channels="mastodon", file="good.jpg").replace("linden-neu", "b"))
    answer = kanal("publish")
    assert answer.code == 1
    assert "posts/a.yaml:5:11: error: “bombe.png” has more than 100 million pixels. Save it smaller" in answer.out
    assert practice.posts() == []


def test_a_bomb_that_nobody_looked_at_is_rejected_alone(
    kanal: Kanal, practice: Practice, write_file: WriteFile, office_folder: Path
) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {references/media-file: off}\n")
    bomb(office_folder / "posts" / "bombe.png")
    write_file("posts/a.yaml", DRAFT.format(channels="mastodon", file="bombe.png"))
    write_file("posts/b.yaml", DRAFT.format(channels="mastodon", file="good.jpg").replace("linden-neu", "b"))
    answer = kanal.json("publish")
    assert answer.outcomes == {"linden-neu/mastodon": "rejected", "b/mastodon": "published"}
    assert len(practice.posts()) == 1
    assert "100 million pixels" in answer.out
