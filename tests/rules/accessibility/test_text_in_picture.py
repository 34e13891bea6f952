import pytest

from kanal.rules.accessibility.text_in_picture import check
from tests.rules.drafted import found, picture, variant

SHOWN = "Lange Nacht der Bibliotheken, 6. Februar, 18 Uhr"
POSTER = picture("plakat.jpg", "Plakat mit Mond", shows_text=SHOWN)


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("Die lange Nacht der Bibliothek ist am 6. Februar um 18 Uhr.", 0),
        ("LANGE NACHT DER BIBLIOTHEKEN am 6. Februar, ab 18 Uhr!", 0),
        ("Die Nacht beginnt bald.", 1),
        ("Wir freuen uns auf Sie!", 1),
    ],
)
def test_most_words_of_the_picture_stand_in_the_post(text: str, complaints: int) -> None:
    assert [one.field for one in found(check, text, draft={"media": (POSTER,)})] == ["media[0].shows_text"] * complaints


def test_the_text_of_each_channel_counts() -> None:
    draft = {"media": (POSTER,), "channels": ("mastodon", "x"), "variants": {"x": variant("Bald!")}}
    assert len(found(check, f"{SHOWN}.", draft=draft)) == 1
    draft["variants"] = {"x": variant(f"Neu: {SHOWN}")}
    assert found(check, f"{SHOWN}.", draft=draft) == []


def test_the_options_soften_it() -> None:
    said = picture("plakat.jpg", f"Plakat: {SHOWN}", shows_text=SHOWN)
    assert found(check, "Bald!", draft={"media": (said,)}, alt_counts=True) == []
    assert len(found(check, "Bald!", draft={"media": (said,)})) == 1
    assert found(check, "Nacht der Bibliothek", draft={"media": (POSTER,)}, share=0.3) == []


def test_pictures_without_words_are_left_alone() -> None:
    assert found(check, "Bald!", draft={"media": (picture(), picture(shows_text="!!!"))}) == []
