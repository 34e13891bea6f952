import pytest

from kanal.model import Variant
from kanal.rules.platform.unsupported import check as rule
from tests.rules.drafted import found, picture


@pytest.mark.parametrize("name", ["film.mp4", "media/FILM.MOV", "a.webm"])
def test_a_video_is_refused_once_with_all_channels_that_want_it(name: str) -> None:
    (one,) = found(rule, draft={"media": (picture(name),), "channels": ("facebook", "instagram", "x")})
    assert one.field == "media[0].file"
    assert "facebook, instagram" in one.said
    assert "x." not in one.said


def test_pictures_are_fine_and_so_is_a_variant_without_the_video() -> None:
    assert found(rule, draft={"media": (picture("a.jpg"), picture("b.gif"))}) == []
    draft = {
        "media": (picture("a.mp4"),),
        "channels": ("facebook",),
        "variants": {"facebook": Variant(media=(picture("a.jpg"),))},
    }
    assert found(rule, draft=draft) == []
