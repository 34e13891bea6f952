import pytest

from kanal.rules.language.gender_signs import check
from tests.rules.drafted import found, picture, words

FORMS = "Bürger*innen, Bürger:innen, Bürger_innen, Bürger·innen, BürgerInnen, Bürger/-innen"


def test_nothing_is_said_until_the_office_decides() -> None:
    assert words(check, FORMS) == []


def test_forbidden_signs_leave_the_slash_alone() -> None:
    assert words(check, FORMS, profile="forbidden") == FORMS.split(", ")[:5]
    assert words(check, FORMS, profile="forbidden", slash="forbidden") == FORMS.split(", ")
    assert words(check, FORMS, slash="forbidden") == ["Bürger/-innen"]


@pytest.mark.parametrize(
    ("sign", "fine"),
    [("star", "Bürger*innen"), ("colon", "Bürger:innen"), ("underscore", "Bürger_innen"), ("binnen-i", "BürgerInnen")],
)
def test_only_the_sign_that_was_decided_for_is_fine(sign: str, fine: str) -> None:
    assert words(check, FORMS, profile="required", sign=sign) == [
        form for form in FORMS.split(", ")[:5] if form != fine
    ]


def test_alternative_texts_are_read_too() -> None:
    [one] = found(check, draft={"media": (picture(alt="Zwei Schüler:innen am See"),)}, profile="forbidden")
    assert (one.field, one.words) == ("media[0].alt", "Schüler:innen")


def test_other_words_are_left_alone() -> None:
    text = "LinkedIn, CheckIn, Kita/in der Schule, Treffpunkt:in der Innenstadt, 8:30 Uhr"
    assert words(check, text, profile="forbidden", slash="forbidden") == []
