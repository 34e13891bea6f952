"""Which pictures stay, told by their content: whatever else changes, no picture takes another one's place."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from kanal.editions import places_before, same_pictures
from kanal.media import digest
from kanal.model import Edition, Part, Picture, Prepared

CONTENTS = st.lists(st.sampled_from([b"a", b"b", b"c"]), max_size=4)


def _part(folder: str, name: str, contents: list[bytes]) -> Part:
    pictures = []
    for number, content in enumerate(contents):
        file = Path(folder) / f"{name}{number}.jpg"
        file.write_bytes(content)
        pictures.append(Picture(file, "", "", ""))
    return Part("", "de", media=tuple(pictures))


@given(CONTENTS, CONTENTS)
def test_each_picture_keeps_a_place_of_its_own_with_the_same_content(old: list[bytes], new: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        before, after = _part(folder, "old", old), _part(folder, "new", new)
        digests = tuple(digest(picture.file) for picture in before.media)
        found = places_before(after, Edition(Prepared(before), digests))
    kept = [place for place in found if place is not None]
    assert len(kept) == len(set(kept))
    assert all(place is None or old[place] == content for place, content in zip(found, new, strict=True))
    for content in (b"a", b"b", b"c"):
        stay = sum(place is not None for place, one in zip(found, new, strict=True) if one == content)
        assert stay == min(old.count(content), new.count(content))


def test_order_and_alternative_texts_count(tmp_path: Path) -> None:
    part = _part(str(tmp_path), "old", [b"a", b"b"])
    before = Edition(Prepared(part), tuple(digest(picture.file) for picture in part.media))
    assert same_pictures(part, before)
    assert not same_pictures(part._replace(media=part.media[::-1]), before)
    assert not same_pictures(part._replace(media=part.media[:1]), before)
    assert not same_pictures(part._replace(media=(part.media[0]._replace(alt="Neu"), part.media[1])), before)
