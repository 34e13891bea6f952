"""Pictures that a network does not take: a finding with the numbers, or what kanal makes of them."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kanal.config import Project
from kanal.drafts import parse_draft
from kanal.lint.inspecting import Inspector
from kanal.model import Severity
from tests.conftest import LoadProject, WriteFile
from tests.media.pictures import BERLIN, bomb, exif, moving, picture
from tests.optional import require_heif
from tests.rules.drafted import NOW

DRAFT = """\
id: a
channels: [{channel}]
text: Die Linden werden nachgepflanzt.
media:
  - {{file: {file}, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}}
"""
GETS, SHOULD = "instagram gets this picture", "Should that be more than"
CAN = "kanal can do that: “adapt: true” in config/policy.yaml."
Said = list[tuple[str, Severity, str]]


@pytest.fixture
def office(write_file: WriteFile, load_project: LoadProject) -> Project:
    write_file("config/policy.yaml", "extends: plain.yaml\nadapt: true\n")
    return load_project()


def said(project: Project, file: str, channel: str = "instagram", *, adapt: bool = True) -> Said:
    """What lint says about a draft with this picture; each finding at the picture's line and column."""
    project = project._replace(policy=project.policy._replace(adapt=adapt))
    text = DRAFT.format(file=file, channel=channel)
    draft, mistakes = parse_draft(text, "posts/a.yaml", project.setting)
    assert (mistakes, draft is None) == ([], False)
    assert draft
    found = Inspector(project, NOW).draft(draft, text)
    assert {(one.place.line, one.place.column, one.field) for one in found} <= {(5, 12, "media[0].file")}
    return [(one.rule, one.severity, str(one.message)) for one in found]


def test_what_will_be_adapted_is_no_error_but_said(office: Project) -> None:
    assert said(office, "wrong.png") == [
        (
            "platform/adapted",
            Severity.INFO,
            f"{GETS} as JPEG, 1200 × 900 pixels (it has 1200 × 900). {SHOULD} 8000000 bytes, it is made smaller.",
        )
    ]


def test_without_the_policys_leave_it_is_an_error_that_names_the_way_out(office: Project) -> None:
    assert said(office, "wrong.png", adapt=False) == [
        (
            "platform/media-format",
            Severity.ERROR,
            f"instagram does not take png pictures, only: jpeg. Save it so. {CAN}",
        )
    ]


def test_a_shape_is_never_adapted_but_told_with_the_numbers(office: Project) -> None:
    ((rule, severity, words),) = said(office, "banner.jpg")
    assert (rule, severity) == ("platform/media-format", Severity.ERROR)
    assert "(width to height 6.00) do not suit instagram, which takes 0.80 to 1.91. Crop it." in words


def test_a_narrow_picture_is_never_enlarged(office: Project) -> None:
    picture(office.posts / "small.png", (200, 200))
    assert [(rule, severity) for rule, severity, _ in said(office, "small.png")] == [
        ("platform/media-format", Severity.ERROR),
        ("platform/media-format", Severity.ERROR),
    ]
    assert "is 200 pixels wide; instagram wants 320 at least" in said(office, "small.png")[1][2]


def test_a_moving_picture_is_never_stopped(office: Project) -> None:
    moving(office.posts / "moving.gif")
    (found, *_) = said(office, "moving.gif")
    assert found[:2] == ("platform/media-format", Severity.ERROR)
    assert found[2] == "The picture moves, and instagram does not take gif, only: jpeg. Save one frame of it."
    assert said(office, "moving.gif", "mastodon") == []


def test_scaling_is_told_with_both_sizes(office: Project) -> None:
    Image.new("RGB", (8000, 5000), (9, 99, 9)).save(office.posts / "huge.png")
    ((rule, _, words),) = said(office, "huge.png", "mastodon")
    assert rule == "platform/adapted"
    assert "mastodon gets this picture as PNG, 7285 × 4553 pixels (it has 8000 × 5000)" in words


def test_white_behind_what_shines_through_is_told(office: Project) -> None:
    Image.new("RGBA", (800, 800), (0, 0, 0, 0)).save(office.posts / "clear.png")
    assert ", on white." in said(office, "clear.png")[0][2]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_bytes(b""), "is empty. Copy the picture again."),
        (lambda path: path.write_bytes(b"<html>no</html>"), "not a picture that kanal can read. Save it as JPEG"),
        (
            lambda path: path.write_bytes(picture(path).read_bytes()[:700]),
            "is damaged or cut off. Copy the picture again.",
        ),
        (lambda path: bomb(path.with_suffix(".png")).rename(path), "more than 100 million pixels. Save it smaller"),
        (lambda _: None, "There is no file “x.jpg”. Check the name, capitals too, and the folder."),
        (
            lambda path: picture(path.with_suffix(".png"), (640, 480)).rename(path),
            "“x.jpg” is a PNG picture, whatever its name says. Rename it to x.png, here and in the folder.",
        ),
    ],
    ids=["empty", "no picture", "cut off", "bomb", "missing", "mislabelled"],
)
@pytest.mark.parametrize("adapt", [False, True])
def test_a_file_that_cannot_be_sent_has_its_place_and_says_what_to_do(
    office: Project, make: Any, words: str, *, adapt: bool
) -> None:
    make(office.posts / "x.jpg")
    (found,) = said(office, "x.jpg", "mastodon", adapt=adapt)
    assert found[:2] == ("references/media-file", Severity.ERROR)
    assert words in found[2]


def test_a_heic_with_its_place_is_passed_over_where_kanal_makes_a_jpeg_of_it(office: Project) -> None:
    require_heif()
    from pillow_heif import register_heif_opener

    register_heif_opener()
    picture(office.posts / "IMG_0815.heic", (1600, 1200), exif=exif(gps=BERLIN))
    assert [rule for rule, *_ in said(office, "IMG_0815.heic")] == ["platform/adapted"]
    assert {rule for rule, *_ in said(office, "IMG_0815.heic", adapt=False)} == {
        "platform/media-format",
        "privacy/picture-metadata",
    }


def test_a_crop_by_the_network_is_told_with_the_numbers(office: Project) -> None:
    picture(office.posts / "square.jpg", (800, 800))
    picture(office.posts / "almost.jpg", (1000, 751))
    more = "".join(
        f"  - {{file: {file}, alt: Linden an der Straße, credit: Landkreis, licence: CC0}}\n"
        for file in ("square.jpg", "almost.jpg")
    )
    text = DRAFT.format(file="good.jpg", channel="instagram, mastodon") + more
    draft, _ = parse_draft(text, "posts/a.yaml", office.setting)
    assert draft
    (found,) = Inspector(office, NOW, only=lambda rule: rule == "platform/cropped").draft(draft, text)
    assert (found.place.line, found.field) == (6, "media[1].file")
    assert "(width to height 1.00) to the proportions of the first (1.33): 25 % of it are lost" in str(found.message)


def test_hidden_data_that_lint_can_take_out_stay_a_finding(office: Project) -> None:
    path: Path = office.posts / "gps.jpg"
    assert path.is_file()
    assert [rule for rule, *_ in said(office, "gps.jpg")] == ["privacy/picture-metadata"]
