"""Ornaments that a screen reader reads sign by sign."""

import pytest

from kanal.detect.decoration import decorated
from tests.detect.finding import found


@pytest.mark.parametrize("row", ["-----", "=====", "~~~~", "****", "————", "★ ☆ ★ ☆", "★彡", "▬▬▬▬", "••••", "______"])
def test_a_row_of_signs_is_an_ornament(row: str) -> None:
    text = f"Oben\n{row}\nUnten"
    assert found(decorated, text) == [row]
    assert decorated(text)[0].kind == "row"


@pytest.mark.parametrize("art", ["/\\_/\\\n( o.o )\n > ^ <", "| a | b |\n|---|---|", "¯\\_(ツ)_/¯", "(╯°□°)╯"])
def test_pictures_and_faces_of_punctuation_are_art(art: str) -> None:
    text = f"Oben\n{art}\nUnten"
    assert found(decorated, text) == [art]
    assert decorated(text)[0].kind == "art"


@pytest.mark.parametrize(
    "text",
    [
        "+++ Eilmeldung +++", "A – B — C -- D", "8–12 Uhr", "Sehr gut!!!!", "Moment .....",
        "Tel.: (030) 23125-100\nFax: 1/2",
        "- eins\n- zwei\n- drei", "Kinder/Jugend/Familie", "https://bund.de/a--b?c==d", "* Pflichtfeld", "→ Mehr dazu",
        "1.\n2.\n3.", "(m/w/d)\n(m/w/d)", "🎉🎉🎉🎉", "a\n\n\nb",
    ],
)  # fmt: skip
def test_punctuation_that_does_its_work_is_no_ornament(text: str) -> None:
    assert found(decorated, text) == []
