import pytest

from kanal.rules.netiquette.generalisation import check
from tests.rules.drafted import words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Südländer sind eben laut.", "Südländer sind eben laut"),
        ("Alle Ausländer sind kriminell.", "Ausländer sind kriminell"),
        ("Die Deutschen sind immer pünktlich.", "Deutschen sind immer pünktlich"),
        ("Muslime wollen sich nicht anpassen.", "Muslime wollen sich nicht"),
        ("Ausländer*innen arbeiten einfach nicht.", "Ausländer*innen arbeiten einfach nicht"),
        ("Rumänen klauen.", "Rumänen klauen"),
        ("So sind die Ossis.", "Ossis"),
        ("Türken haben nun mal ein anderes Gefühl für Zeit.", "Türken haben nun mal"),
    ],
)
def test_a_judgement_about_a_group_is_found(text: str, said: str) -> None:
    assert words(check, text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainer haben bis März Zeit für den Antrag.",
        "Ausländer müssen sich innerhalb von zwei Wochen anmelden.",
        "Die Syrer sind in der Turnhalle untergebracht.",
        "Flüchtlinge sind willkommen. Deutsche und Franzosen feiern 60 Jahre Partnerschaft.",
        "Juden, Christen und Muslime laden gemeinsam zum Friedensgebet ein.",
        "Gegen den Satz „Ausländer sind kriminell“ hilft ein Blick in die Statistik.",
        "Das Wort polen heißt: Pole festlegen. Die Pole sind laut Anleitung vertauscht.",
    ],
)
def test_rights_duties_and_events_are_no_judgement(text: str) -> None:
    assert words(check, text) == []
