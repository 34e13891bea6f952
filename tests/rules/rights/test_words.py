"""What a post must not be: a gazette, a rumour, a newspaper, an advertisement."""

import pytest

from kanal.config.registers import Registers
from kanal.model import DraftType, Variant
from kanal.rules.rights.formal_announcement import check as formal_announcement
from kanal.rules.rights.paid_promotion import check as paid_promotion
from kanal.rules.rights.press_distance import check as press_distance
from kanal.rules.rights.unconfirmed_claim import check as unconfirmed_claim
from tests.rules.drafted import found, words

REGISTERS = Registers(domains=("landkreis-musterland.example",))
ORDER = "Für den Landkreis gilt eine Allgemeinverfügung."
CRISIS = {"type": DraftType.CRISIS, "confirmed_by": "Leitstelle"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (ORDER, "Allgemeinverfügung"),
        ("Die öffentliche Bekanntmachung erscheint am Montag.", "öffentliche Bekanntmachung"),
        ("Der Plan liegt öffentlich aus.", "öffentlich aus"),
        ("Der Entwurf wird öffentlich ausgelegt.", "öffentlich ausgelegt"),
        ("Auslegung des Bebauungsplans Nr. 12", "Auslegung des Bebauungsplans"),
        ("Die neue Hundesteuersatzung tritt in Kraft.", "Hundesteuersatzung"),
        ("Satzung über die Reinigung der Straßen", "Satzung über die"),
        ("Widmung der Lindenstraße", "Widmung der Lindenstraße"),
    ],
)
def test_formal_words_need_a_link_to_the_announcement(text: str, word: str) -> None:
    assert words(formal_announcement, text, registers=REGISTERS) == [word]
    own = {"link": "https://www.landkreis-musterland.example/a"}
    assert words(formal_announcement, text, registers=REGISTERS, draft=own) == []


@pytest.mark.parametrize(
    "text",
    [
        "Der Verein hat seine Satzung geändert.",
        "Das Buch mit einer Widmung der Autorin",
        "Das ist eine Frage der Auslegung.",
        "Die Bekanntmachung der Sieger",
        "Das Bürgerbüro ist öffentlich zugänglich.",
    ],
)
def test_the_same_words_in_their_everyday_sense_need_none(text: str) -> None:
    assert words(formal_announcement, text, registers=REGISTERS) == []


def test_a_link_to_the_gazette_will_do_and_another_link_will_not() -> None:
    for link, count in (("https://www.gazette.example/Amtsblatt/3", 0), ("https://www.news.example/a", 1)):
        assert len(words(formal_announcement, ORDER, registers=REGISTERS, draft={"link": link})) == count
    assert words(formal_announcement, f"{ORDER} https://www.gazette.example/bekanntmachungen/1") == []


def test_a_variant_may_have_the_link_of_its_own() -> None:
    said = Variant(text=ORDER, link="https://www.landkreis-musterland.example/amtsblatt")
    assert found(formal_announcement, "Kurz.", draft={"variants": {"x": said}}, registers=REGISTERS) == []
    said = Variant(text=ORDER)
    (one,) = found(formal_announcement, "Kurz.", draft={"variants": {"x": said}}, registers=REGISTERS)
    assert one.field == "variants.x.text"


def test_a_warning_names_who_confirmed_it() -> None:
    assert [one.field for one in found(unconfirmed_claim, draft={"type": DraftType.CRISIS})] == ["confirmed_by"]
    assert found(unconfirmed_claim, draft=CRISIS) == []


@pytest.mark.parametrize("word", ["mutmaßlich", "angeblich", "vermutlich", "offenbar", "Gerüchte"])
def test_what_is_presumed_must_say_so(word: str) -> None:
    text = f"Es brennt. {word} war es ein Kabel."
    assert words(unconfirmed_claim, text, draft=CRISIS) == [word]
    assert words(unconfirmed_claim, f"Nach ersten Erkenntnissen: {text}", draft=CRISIS) == []
    assert words(unconfirmed_claim, f"{text} Das ist noch nicht bestätigt.", draft=CRISIS) == []
    assert words(unconfirmed_claim, text) == []


def test_a_forecast_is_no_rumour() -> None:
    assert words(unconfirmed_claim, "Ende: voraussichtlich 6 Uhr", draft=CRISIS) == []


def test_a_story_names_its_task_and_the_office_decides_which_types_do() -> None:
    story = {"type": DraftType.STORY}
    assert [one.field for one in found(press_distance, draft=story)] == ["task"]
    assert found(press_distance, draft={**story, "task": "Winterdienst"}) == []
    assert found(press_distance) == []
    assert found(press_distance, types=("announcement",)) != []


def test_paid_reach_needs_a_legal_check() -> None:
    assert [one.field for one in found(paid_promotion, draft={"paid_promotion": True})] == ["paid_promotion"]
    assert found(paid_promotion, draft={"paid_promotion": True, "legal_check": "Rechtsamt"}) == []
    assert found(paid_promotion) == []
