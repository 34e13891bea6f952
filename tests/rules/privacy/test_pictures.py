"""Pictures: hidden data, faces without a reason, children without their parents' consent."""

from pathlib import Path
from typing import Any

import pytest

from kanal.config.registers import Registers
from kanal.media.gallery import Gallery
from kanal.model import Draft, DraftType, People, Picture, Problem, Variant
from kanal.rules import Subject
from kanal.rules.privacy.children import check as children
from kanal.rules.privacy.faces import check as faces
from kanal.rules.privacy.picture_metadata import check as metadata
from kanal.rules.subject import passages_of
from tests.media.pictures import BERLIN, exif
from tests.rules.drafted import NOW, OFFICE, found
from tests.rules.privacy.office import drawn, see_faces, see_nothing, shown, with_pictures

CONSENTS = [People(consent="Mappe 7"), People(ground="§ 23 Abs. 1 Nr. 3 KUG"), People(parents="Kita, Ordner 2")]


def _picture(path: Path, **more: Any) -> Picture:
    return Picture(path, "Ein Bild", "Landkreis", "CC0", **more)


@pytest.fixture(autouse=True)
def _posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.rules.drafted.POSTS", tmp_path)


def test_the_message_lists_what_the_file_tells(tmp_path: Path) -> None:
    place = drawn(tmp_path / "a.jpg", exif=exif(gps=BERLIN))
    three = drawn(tmp_path / "b.jpg", exif=exif({0x013B: "Kim Muster"}, gps=BERLIN, photo={0xA431: "4711"}))
    draft = with_pictures(_picture(place), _picture(three))
    said = [(one.field, one.said.split(": ")[1]) for one in found(metadata, draft=draft)]
    lint = "kanal lint --fix takes it out."
    assert said == [
        ("media[0].file", f"the place where it was taken. {lint}"),
        (
            "media[1].file",
            f"the place where it was taken, the name of a person and the serial number of the camera. {lint}",
        ),
    ]
    assert "Kim" not in "".join(words for _, words in said)


def test_the_finding_offers_to_clean_the_file(tmp_path: Path) -> None:
    assert _problem(drawn(tmp_path / "a.jpg", exif=exif(gps=BERLIN)), tmp_path).cleaning


def test_a_format_that_nobody_can_clean_is_to_be_exported_anew(tmp_path: Path) -> None:
    problem = _problem(drawn(tmp_path / "a.tiff", exif=exif({0x013B: "Kim Muster"})), tmp_path)
    assert not problem.cleaning
    assert "Export it as JPEG or PNG" in str(problem.message)


def _problem(file: Path, posts: Path) -> Problem:
    draft = with_pictures(_picture(file))
    written = Draft("a", "posts/a.yaml", DraftType.STORY, ("x",), "Hallo", "de", **draft)
    subject = Subject(written, (), OFFICE, {}, Registers(), NOW, passages_of(written, posts), Gallery())
    (problem,) = metadata.check(subject)
    assert isinstance(problem, Problem)
    return problem


def test_a_file_that_several_channels_show_is_named_once(tmp_path: Path) -> None:
    shared = _picture(drawn(tmp_path / "a.jpg", exif=exif(gps=BERLIN)))
    draft = {"media": (shared,), "variants": {"x": Variant(media=(shared,))}}
    assert [one.field for one in found(metadata, draft=draft)] == ["media[0].file"]


def test_a_clean_picture_and_one_that_is_missing_are_silent(tmp_path: Path) -> None:
    draft = with_pictures(_picture(drawn(tmp_path / "a.jpg")), _picture(tmp_path / "gone.jpg"))
    assert found(metadata, draft=draft) == []


def test_faces_are_counted_in_pictures_without_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    see_faces(monkeypatch, 3)
    draft = {"variants": {"x": Variant(media=(_picture(drawn(tmp_path / "a.jpg")),))}}
    (one,) = found(faces, draft=draft)
    assert one.field == "variants.x.media[0].file"
    assert one.said.startswith("There are 3 faces in this picture.")


def test_one_face_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    see_faces(monkeypatch, 1)
    (one,) = found(faces, draft=with_pictures(_picture(drawn(tmp_path / "a.jpg"))))
    assert one.said.startswith("There is a face in this picture.")


@pytest.mark.parametrize("people", CONSENTS)
def test_a_reason_that_is_written_down_is_enough(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    see_faces(monkeypatch, 3)
    assert found(faces, draft=with_pictures(_picture(drawn(tmp_path / "a.jpg"), people=people))) == []


def test_an_empty_block_is_no_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    see_faces(monkeypatch, 1)
    assert len(found(faces, draft=with_pictures(_picture(drawn(tmp_path / "a.jpg"), people=People())))) == 1


def test_without_faces_without_the_package_or_without_a_file_it_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = with_pictures(_picture(drawn(tmp_path / "a.jpg")))
    see_faces(monkeypatch, 0)
    assert found(faces, draft=draft) == []
    assert found(faces, draft=with_pictures(_picture(tmp_path / "gone.jpg"))) == []
    see_nothing(monkeypatch)
    assert found(faces, draft=with_pictures(_picture(drawn(tmp_path / "b.jpg")))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Die Kita Sonnenblume hat einen neuen Garten.",
        "In der Kita-Gruppe wird gesungen.",
        "Kitaplätze ab August",
        "Kinderfest am Mustersee",
        "Ein Kind pflanzt einen Baum.",
        "Die Grundschule Musterbach wird 100.",
        "Schülerinnen und Schüler singen.",
        "Einschulung in Probendorf",
        "Ferienpass: jetzt anmelden",
        "Die Jugendfeuerwehr übt.",
    ],
)
def test_a_picture_of_people_about_children_needs_their_parents(text: str) -> None:
    draft = with_pictures(shown(consent="Mappe 7"))
    assert [one.field for one in found(children, text, draft=draft)] == ["media[0].file"]
    assert found(children, text, draft=with_pictures(shown(parents="Ordner 3"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Der Kreistag tagt.",
        "Die Volkshochschule lädt ein.",
        "Eine Schulung für Ehrenamtliche",
        "Anträge auf Kindergeld stellen Sie online.",
        "Wer hat Schuld?",
        "Die Hochschule forscht am Moor.",
        "Bitte horten Sie kein Wasser.",
    ],
)
def test_other_topics_are_no_matter_of_parents(text: str) -> None:
    assert found(children, text, draft=with_pictures(shown(consent="Mappe 7"))) == []


def test_the_alternative_text_can_tell_that_it_is_about_children(tmp_path: Path) -> None:
    about = Picture(drawn(tmp_path / "a.jpg"), "Zwei Mädchen lachen.", "Amt", "CC0", people=People(consent="Mappe"))
    other = _picture(drawn(tmp_path / "b.jpg"), people=People(consent="Mappe"))
    assert [one.field for one in found(children, draft=with_pictures(other, about))] == ["media[1].file"]


def test_faces_in_a_picture_without_a_block_count_as_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = with_pictures(_picture(drawn(tmp_path / "a.jpg")))
    see_faces(monkeypatch, 2)
    assert len(found(children, "Kinderfest am Mustersee", draft=draft)) == 1
    see_nothing(monkeypatch)
    draft = with_pictures(_picture(drawn(tmp_path / "b.jpg")), _picture(tmp_path / "gone.jpg"))
    assert found(children, "Kinderfest am Mustersee", draft=draft) == []


def test_a_channels_own_text_can_be_about_children(tmp_path: Path) -> None:
    people = _picture(drawn(tmp_path / "a.jpg"), people=People(consent="Mappe"))
    draft = {"media": (people,), "variants": {"x": Variant(text="Kinderfest!")}}
    assert len(found(children, "Fest!", draft=draft)) == 1
