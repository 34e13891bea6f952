import pytest

from kanal.rules.netiquette.form_of_address import check
from tests.rules.drafted import variant, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bringt euren Ausweis mit. Wenn Sie Fragen haben, rufen Sie an.", "euren"),
        ("Kennst du das? Schreib uns deine Meinung. Wir rufen Sie zurück.", "Sie"),
        ("Könnt ihr kommen? Wir freuen uns auf Ihre Fragen und helfen Ihnen.", "Könnt ihr"),
    ],
)
def test_two_forms_in_one_text_are_found_at_the_rarer_one(text: str, said: str) -> None:
    assert words(check, text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Kommt vorbei, wir freuen uns auf euch! Die Guides sind nett. Sie zeigen euch alles.",
        "Für euch da: Sie heißen Mia und Ben.\n- Sie lesen euch vor.\n\nIhnen macht das Spaß.",
        "Die Stadt und ihr Park: Bitte bringen Sie Ihren Hund an die Leine.",
        "Bei der Aktion „Du hast die Wahl“ lernen Sie den Kreistag kennen.",
        "Wir sind per Du, aber Sie dürfen gern fragen. #DeinLandkreis #FürEuch",
        "Rufen Sie uns an. Die Nummer steht in ihren Unterlagen und ihr Antrag liegt vor.",
    ],
)
def test_they_her_titles_and_hashtags_are_no_address(text: str) -> None:
    assert words(check, text) == []


def test_each_variant_may_choose_its_own_form() -> None:
    draft = {"variants": {"instagram": variant("Kommt vorbei, wir freuen uns auf euch!")}}
    assert words(check, "Kommen Sie vorbei, wir freuen uns auf Sie.", draft=draft) == []


def test_other_languages_are_left_alone() -> None:
    assert words(check, "Du coup, Sie du", draft={"language": "fr"}) == []
