"""Pictures made ready for a network: what is sent tells nothing, fits, and leaves the draft's own file alone."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kanal.errors import Rejected, Unavailable
from kanal.fits import refuse_misfits
from kanal.fitting import SUFFIXES, fit
from kanal.limits import Limits
from kanal.media import has_metadata, measure
from kanal.media.opening import FORMATS
from kanal.model import Part, Picture
from kanal.platforms import adapter_class
from tests.media.pictures import BERLIN, bomb, exif, moving, picture, with_chunk, with_segment, with_tail, xmp
from tests.optional import require_heif

PLATFORMS = ("facebook", "instagram", "mastodon", "x")
LADEN: dict[str, Any] = {
    "exif": exif({0x010E: "am Rathaus", 0x013B: "Mustermann"}, gps=BERLIN),
    "xmp": xmp("<a>Mustermann</a>"),
}


def limits_on(platform: str) -> Limits:
    return adapter_class(platform).limits


def part(*files: Path) -> Part:
    return Part("Hallo", "de", media=tuple(Picture(file, "Ein Bild", "Landkreis", "CC0") for file in files))


@pytest.fixture
def sent(tmp_path: Path) -> Callable[..., Path]:
    """The file that a network gets for another one."""

    def send(file: Path, platform: str = "mastodon", *, adapt: bool = False) -> Path:
        fitted = fit(part(file), limits_on(platform), tmp_path / "made", adapt=adapt)
        refuse_misfits(fitted, limits_on(platform))
        assert fitted == part(fitted.media[0].file), "only the file is another one"
        return fitted.media[0].file

    return send


Sent = Callable[..., Path]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("adapt", [False, True])
def test_no_network_ever_gets_metadata_and_the_original_stays(
    tmp_path: Path, sent: Sent, platform: str, *, adapt: bool
) -> None:
    path = with_tail(
        with_segment(picture(tmp_path / "a.jpg", (640, 480), **LADEN), 0xFE, b"Mustermann"), b"Mustermann behind"
    )
    before, changed = path.read_bytes(), path.stat().st_mtime_ns
    file = sent(path, platform, adapt=adapt)
    assert has_metadata(file) == ()
    assert b"Mustermann" not in file.read_bytes()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, changed)
    with Image.open(path) as one, Image.open(file) as other:
        assert one.tobytes() == other.tobytes(), "not encoded anew"


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif"])
def test_a_picture_that_tells_nothing_is_sent_byte_for_byte(tmp_path: Path, sent: Sent, name: str) -> None:
    path = picture(tmp_path / name)
    assert sent(path) == path
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
@pytest.mark.parametrize("turn", [2, 3, 6, 8])
def test_a_picture_stands_upright_and_nothing_says_how_it_was_held(
    tmp_path: Path, sent: Sent, name: str, turn: int
) -> None:
    path = picture(tmp_path / name, exif=exif({0x0112: turn}))
    wanted = measure(path)
    file = sent(path)
    facts = measure(file)
    assert (facts.width, facts.height, facts.media_type) == (wanted.width, wanted.height, wanted.media_type)
    assert (facts.turned, has_metadata(file)) == (False, ())


def test_a_turn_that_stands_behind_the_pixels_of_a_png_is_found_too(tmp_path: Path, sent: Sent) -> None:
    path = with_chunk(picture(tmp_path / "a.png"), b"eXIf", exif({0x0112: 6}).tobytes().removeprefix(b"Exif\0\0"))
    assert has_metadata(sent(path)) == ()


@pytest.mark.parametrize("name", ["a.gif", "a.webp"])
def test_a_moving_picture_goes_on_moving(tmp_path: Path, sent: Sent, name: str) -> None:
    more = {"comment": b"Mustermann"} if name == "a.gif" else LADEN
    file = sent(moving(tmp_path / name, duration=80, loop=0, **more))
    assert measure(file).animated
    assert has_metadata(file) == ()


def test_tiff_keeps_every_pixel_and_nothing_else(tmp_path: Path, sent: Sent) -> None:
    path = picture(tmp_path / "a.tif", **LADEN)
    file = sent(path, "facebook")
    assert has_metadata(file) == ()
    with Image.open(path) as one, Image.open(file) as other:
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.gif", "a.tif", "a.bmp", "a.avif"])
def test_with_leave_every_kind_goes_to_every_network(tmp_path: Path, sent: Sent, name: str, platform: str) -> None:
    file = sent(picture(tmp_path / name, (640, 480)), platform, adapt=True)
    assert has_metadata(file) == ()
    assert measure(file).expected_type == measure(file).media_type


def test_a_heic_becomes_a_jpeg(tmp_path: Path, sent: Sent) -> None:
    require_heif()
    from pillow_heif import register_heif_opener

    register_heif_opener()
    file = sent(picture(tmp_path / "IMG_0815.heic", (640, 480), exif=exif(gps=BERLIN)), "instagram", adapt=True)
    assert file.name == "IMG_0815.jpg"
    assert has_metadata(file) == ()


def test_without_leave_a_wrong_kind_is_refused_by_name(tmp_path: Path, sent: Sent) -> None:
    with pytest.raises(Rejected, match=r"“a\.png” is of the kind image/png; the network takes image/jpeg"):
        sent(picture(tmp_path / "a.png", (640, 480)), "instagram")


def test_a_moving_picture_is_refused_rather_than_stopped(tmp_path: Path, sent: Sent) -> None:
    with pytest.raises(Rejected, match="image/gif"):
        sent(moving(tmp_path / "a.gif"), "instagram", adapt=True)


def test_too_many_bytes_are_made_fewer(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg", (900, 600), quality=98)
    limits = limits_on("x")._replace(media_bytes=100_000)
    made = fit(part(path), limits, tmp_path / "made", adapt=True).media[0].file
    assert path.stat().st_size > 100_000 >= made.stat().st_size
    refuse_misfits(part(made), limits)


def test_the_same_picture_is_made_once_in_a_run_and_the_same_in_the_next(tmp_path: Path, sent: Sent) -> None:
    path = picture(tmp_path / "a.png", (640, 480))
    first = sent(path, "instagram", adapt=True)
    stat = first.stat()
    assert sent(path, "instagram", adapt=True) == first
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == (stat.st_mtime_ns, stat.st_ino)
    again = fit(part(path), limits_on("instagram"), tmp_path / "another", adapt=True).media[0].file
    assert again.read_bytes() == first.read_bytes()


def test_a_picture_that_changed_is_made_anew(tmp_path: Path, sent: Sent) -> None:
    first = sent(picture(tmp_path / "a.png", (640, 480)), "instagram", adapt=True)
    second = sent(picture(tmp_path / "a.png", (480, 480)), "instagram", adapt=True)
    assert (measure(first).width, measure(second).width) == (640, 480)


def test_what_is_called_wrongly_is_sent_under_the_right_name(tmp_path: Path, sent: Sent) -> None:
    path = picture(tmp_path / "a.png").rename(tmp_path / "a.jpg")
    file = sent(path)
    assert (file.name, file.read_bytes()) == ("a.png", path.read_bytes())


def test_a_bomb_a_broken_file_and_no_picture_are_rejected_with_advice(tmp_path: Path, sent: Sent) -> None:
    (tmp_path / "no.jpg").write_bytes(b"no picture at all")
    (tmp_path / "empty.jpg").touch()
    whole = picture(tmp_path / "cut.jpg", (200, 200)).read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[:900])
    bomb(tmp_path / "bomb.png")
    for name, said in {"no": "not a picture", "empty": "is empty", "cut": "cut off", "bomb": "million pixels"}.items():
        with pytest.raises(Rejected, match=said) as caught:
            sent(next(tmp_path.glob(f"{name}.*")), adapt=True)
        assert caught.value.advice


def test_what_this_computer_cannot_read_waits_for_a_person(
    tmp_path: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    (tmp_path / "a.heic").write_bytes(b"\0\0\0\x1cftypheic\0\0\0\0mif1heicmiaf")
    for path, said in ((tmp_path / "gone.jpg", "no file"), (tmp_path / "a.heic", "additional package")):
        with pytest.raises(Unavailable, match=said) as caught:
            sent(path)
        assert caught.value.needs_person


def test_a_folder_that_cannot_be_written_waits_for_a_person(tmp_path: Path, sent: Sent) -> None:
    path = picture(tmp_path / "a.jpg", **LADEN)
    (tmp_path / "made").touch()
    with pytest.raises(Unavailable, match=r"“a\.jpg” could not be made ready for sending: ") as caught:
        sent(path)
    assert caught.value.needs_person
    (tmp_path / "made").unlink()
    assert has_metadata(sent(path)) == ()


def test_a_part_without_pictures_and_a_film_are_left_alone(tmp_path: Path) -> None:
    film = part(tmp_path / "film.mp4")
    assert fit(film, limits_on("x"), tmp_path / "made", adapt=True) == film
    assert fit(part(), limits_on("x"), tmp_path / "made", adapt=True) == part()


def test_every_kind_that_can_be_opened_has_a_suffix() -> None:
    assert set(SUFFIXES) == set(FORMATS.values())
