import pytest

from kanal.detect.listed_names import listed_names

NAMES = ("Max Beispiel", "Dr. Eva Anna von Muster", "Jörg Müller-Lüdenscheidt", "Zoë Großmann")


def _found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in listed_names(text, NAMES, ("Landrätin",))]


@pytest.mark.parametrize(
    "name",
    [
        "Max Beispiel",
        "Max\u00a0Beispiel",
        "Max Beispiels",
        "Max A. Beispiel",
        "M. Beispiel",
        "Max von Beispiel",
        "Beispiel, Max",
        "Herr Beispiel",
        "Kandidat Dr. Beispiel",
        "Landrätin Muster",
        "Eva von Muster",
        "#MaxBeispiel",
        "@max_beispiel",
        "MAX BEISPIEL",
        "Max BEISPIEL",
        "MAX BEISPIELS",
        "Herrn BEISPIEL",
        "Jörg Müller-Lüdenscheidts",
        "Joerg Mueller-Luedenscheidt",
        "JÖRG MÜLLER-LÜDENSCHEIDT",
        "#JörgMüllerLüdenscheidt",
        "@joerg_mueller_luedenscheidt",
        "Zoë Grossmann",
        "ZOË GROSSMANN",
        "#zoëgroßmann",
    ],
)
def test_a_name_on_the_list_is_found_however_it_is_written(name: str) -> None:
    assert _found(f"Es spricht {name}.") == [name]


def test_a_site_of_that_name_is_found() -> None:
    assert _found("https://www.max-beispiel.de/termine") == ["max-beispiel"]
    assert _found("https://beispiel.de/max-beispiele") == []


@pytest.mark.parametrize(
    "text",
    [
        "zum Beispiel",
        "Beispiel",
        "Max und ein Beispiel",
        "Das Muster",
        "#Beispiel",
        "Maximilian",
        "max beispiel",
        "#Lüdenscheidt",
    ],
)
def test_a_family_name_alone_may_be_an_ordinary_word(text: str) -> None:
    assert _found(text) == []


def test_a_name_of_one_word_is_found_as_it_stands() -> None:
    assert len(listed_names("Es spricht Momo.", ("Momo",))) == 1
    assert listed_names("Es spricht Momo.", ()) == ()
