"""Pictures encoded anew: upright, in colours of screens, without metadata, small enough, and always the same."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageOps

from kanal.media import UnreadableMedia, has_metadata, making, measure
from kanal.media.making import Order, made
from tests.media.pictures import BERLIN, bomb, exif, moving, picture, xmp

ANY = 10**9
LADEN = exif({0x010E: "am Rathaus", 0x013B: "Mia"}, gps=BERLIN)
RED, WHITE = (200, 30, 20), (255, 255, 255)


def _seen(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def _near(one: Any, other: tuple[int, int, int], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def _quarters(path: Path, **options: Any) -> Path:
    """Four colours, so that every way of turning it can be told apart."""
    image = Image.new("RGB", (96, 64))
    for place, colour in (((0, 0), "red"), ((48, 0), "lime"), ((0, 32), "blue"), ((48, 32), "white")):
        image.paste(Image.new("RGB", (48, 32), colour), place)
    image.save(path, **options)
    return path


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff", "bmp"])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif", "a.gif", "a.bmp"])
def test_every_kind_becomes_every_other_without_metadata(tmp_path: Path, name: str, kind: str) -> None:
    more = {"a.gif": {"comment": b"Mia"}, "a.bmp": {}}.get(
        name, {"exif": LADEN, "xmp": xmp("<dc:title>Mia</dc:title>")}
    )
    path = picture(tmp_path / name, (60, 40), **more)
    before = path.read_bytes()
    (tmp_path / "new").write_bytes(content := made(path, Order(f"image/{kind}", 60, 40, ANY)))
    facts = measure(tmp_path / "new")
    assert (facts.media_type, facts.width, facts.height) == (f"image/{kind}", 60, 40)
    assert has_metadata(tmp_path / "new") == ()
    assert b"Mia" not in content
    assert path.read_bytes() == before


@pytest.mark.parametrize("turn", range(1, 9))
def test_the_picture_is_put_upright(tmp_path: Path, turn: int) -> None:
    path = _quarters(tmp_path / "a.png", exif=exif({0x0112: turn}))
    facts = measure(path)
    with Image.open(path) as image:
        wanted = ImageOps.exif_transpose(image).convert("RGB")
    new = _seen(made(path, Order("image/png", facts.width, facts.height, ANY)))
    assert new.size == wanted.size == (facts.width, facts.height)
    assert new.tobytes() == wanted.tobytes()


def test_a_turn_that_only_xmp_tells_is_left_alone_as_viewers_do(tmp_path: Path) -> None:
    path = _quarters(tmp_path / "a.jpg", xmp=xmp("", 'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"'))
    assert _seen(made(path, Order("image/jpeg", 96, 64, ANY))).size == (96, 64)


def test_the_same_order_gives_the_same_bytes(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (300, 200))
    order = Order("image/jpeg", 150, 100, 9_000)
    assert made(path, order) == made(path, order)


@pytest.mark.parametrize("kind", ["jpeg", "webp", "png"])
@pytest.mark.parametrize("limit", [150_000, 40_000, 12_000])
def test_too_many_bytes_are_first_compressed_then_made_smaller_in_proportion(
    tmp_path: Path, kind: str, limit: int
) -> None:
    content = made(picture(tmp_path / "a.png", (480, 320)), Order(f"image/{kind}", 480, 320, limit))
    width, height = _seen(content).size
    assert len(content) <= limit
    assert width <= 480
    assert abs(width / height - 1.5) < 0.03


def test_what_cannot_be_made_small_enough_is_said_with_the_number(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMedia, match=r"“a\.png” cannot be made as small as 300 bytes"):
        made(picture(tmp_path / "a.png"), Order("image/png", 60, 40, 300))


def test_a_large_jpeg_is_scaled_to_the_pixel(tmp_path: Path) -> None:
    path = _quarters(tmp_path / "a.jpg", exif=exif({0x0112: 6}))
    with Image.open(path) as image:
        image.resize((2400, 1600)).save(path, exif=exif({0x0112: 6}))
    new = _seen(made(path, Order("image/jpeg", 200, 300, ANY)))
    assert new.size == (200, 300)
    assert _near(new.getpixel((30, 30)), (0, 0, 255), 40), "a quarter turn brings the blue to the top left"


@pytest.mark.parametrize("name", ["print.jpg", "print.tif"])
def test_colours_for_print_become_colours_for_screens(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (64, 64), RED).convert("CMYK").save(tmp_path / name)
    assert measure(tmp_path / name).mode == "CMYK"
    new = _seen(made(tmp_path / name, Order("image/jpeg", 64, 64, ANY)))
    assert new.mode == "RGB"
    assert _near(new.getpixel((9, 9)), RED)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_a_profile_is_turned_into_the_colours_that_it_means(tmp_path: Path, name: str) -> None:
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = usual.replace(b"rXYZ", b"?").replace(b"bXYZ", b"rXYZ").replace(b"?", b"bXYZ")
    assert len(swapped) == len(usual)
    Image.new("RGB", (32, 32), RED).save(tmp_path / name, icc_profile=swapped)
    new = _seen(made(tmp_path / name, Order("image/png", 32, 32, ANY)))
    assert "icc_profile" not in new.info
    assert _near(new.convert("RGB").getpixel((9, 9)), RED[::-1])


def test_colours_of_no_screen_are_converted_too(tmp_path: Path) -> None:
    swatch = ImageCms.profileToProfile(
        Image.new("RGB", (32, 32), RED), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert swatch is not None
    swatch.save(tmp_path / "a.tif")
    new = _seen(made(tmp_path / "a.tif", Order("image/png", 32, 32, ANY)))
    assert _near(new.convert("RGB").getpixel((9, 9)), RED)


def test_a_profile_that_is_no_profile_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (32, 32), RED).save(path, icc_profile=b"no profile at all")
    assert _near(_seen(made(path, Order("image/jpeg", 32, 32, ANY))).getpixel((9, 9)), RED)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_shines_through_stays_in_png_and_becomes_white_in_jpeg(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.png"
    drawn = Image.new("RGBA", (32, 32), (0, 0, 0, 0))
    drawn.paste((0, 0, 0, 255), (0, 0, 16, 32))
    drawn.convert(mode).save(path)
    assert measure(path).transparent
    kept = _seen(made(path, Order("image/png", 32, 32, ANY)))
    assert kept.convert("RGBA").getpixel((24, 9)) == (0, 0, 0, 0)
    flat = _seen(made(path, Order("image/jpeg", 32, 32, ANY)))
    assert _near(flat.getpixel((28, 9)), WHITE)
    assert _near(flat.getpixel((4, 9)), (0, 0, 0))


def test_a_grey_of_sixteen_bits_keeps_its_shades(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("I;16", (32, 32), 128 * 256).save(path)
    assert abs(int(_seen(made(path, Order("image/png", 32, 32, ANY))).convert("L").getpixel((9, 9))) - 128) <= 1  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a.webp", "a.png", "a.tif"])
def test_a_moving_picture_goes_on_moving(tmp_path: Path, name: str) -> None:
    more = {} if name == "a.tif" else {"duration": 80, "loop": 3}
    path = moving(tmp_path / name, exif=exif({0x0112: 6, 0x013B: "Mia"}), **more)
    (tmp_path / "new").write_bytes(made(path, Order(measure(path).media_type, 20, 30, ANY)))
    facts = measure(tmp_path / "new")
    assert (facts.width, facts.height, facts.animated) == (20, 30, True)
    assert has_metadata(tmp_path / "new") == ()
    with Image.open(tmp_path / "new") as image:
        assert getattr(image, "n_frames", 1) == 3
        image.load()
        if more:
            assert (image.info["loop"], image.info["duration"]) == (3, 80)


def test_a_film_of_too_many_pixels_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOVING_PIXELS_MAX", 30 * 20 * 3 - 1)
    with pytest.raises(UnreadableMedia, match="million pixels"):
        made(moving(tmp_path / "a.webp"), Order("image/webp", 30, 20, ANY))


def test_a_bomb_is_not_decoded(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMedia, match="100 million pixels"):
        made(bomb(tmp_path / "bomb.png"), Order("image/jpeg", 100, 100, ANY))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_a_picture_that_breaks_off_is_damaged(tmp_path: Path, name: str) -> None:
    path = picture(tmp_path / name, (200, 200))
    path.write_bytes(path.read_bytes()[:-3_000])
    with pytest.raises(UnreadableMedia):
        made(path, Order("image/jpeg", 200, 200, ANY))
