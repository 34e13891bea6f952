"""Calls to vote: for somebody never, at all only with the election office."""

import pytest

from kanal.model import DraftType
from kanal.rules.election.call_to_vote import check as call_to_vote
from kanal.rules.election.turnout import check as turnout
from tests.rules.drafted import found, words
from tests.rules.election.office import REGISTERS, WITHIN


@pytest.mark.parametrize(
    "text",
    [
        "Wählen Sie Max Beispiel!",
        "Wählen Sie am Sonntag die CDU.",
        "Wählt nicht die SPD!",
        "Am Sonntag wählen Sie bitte CDU.",
        "Ihre Stimme für Erika Mustermann",
        "Deine Zweitstimme für die CDU!",
        "Keine Stimme für die SPD!",
        "Jetzt CDU wählen!",
        "Stimmen Sie gegen die SPD.",
        "Stimmen Sie beim Bürgerentscheid mit Ja!",
        "Ja zum Bürgerentscheid!",
        "Keine Stimme für Extremisten!",
        "Gegen rechts wählen",
        "Wählen Sie am 25. April die CDU!",
        "Keine Stimme der SPD!",
        "Kommt alle! Wählt am Sonntag die SPD!",
        "Beide Stimmen für die CDU!",
        "Unterstützen Sie Max Beispiel mit Ihrer Stimme.",
        "Beim Bürgerentscheid mit Nein stimmen!",
        "Mit Ja stimmen: Das hilft der Schule.",
    ],
)
@pytest.mark.parametrize("kind", [DraftType.ANNOUNCEMENT, DraftType.ELECTION_INFO])
def test_no_post_tells_how_to_vote_not_even_information_about_the_vote(text: str, kind: DraftType) -> None:
    assert len(words(call_to_vote, f"Der Kreistag tagt.\n{text}", draft={"type": kind}, registers=REGISTERS)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Wählen Sie im Notfall die 112.",
        "Wählen Sie einen Termin.",
        "So wählen Sie per Brief.",
        "Stimmen Sie für Ihren Lieblingsplatz ab!",
        "Geben Sie Ihre Stimme für den schönsten Garten ab.",
        "Der Kreistag wählt am Montag einen Ausschuss, die CDU schlägt drei Mitglieder vor.",
        "Die SPD stimmt für den Haushalt.",
        "Die CDU erhielt 30 Prozent der Zweitstimmen.",
        "Sie haben drei Stimmen. Es treten an: CDU, SPD, Grüne.",
        "Max Beispiel stimmt die Gitarre.",
        "Der Bürgerentscheid ist am Sonntag. Stimmzettel kommen mit der Post.",
        "Beim Bürgerentscheid können Sie mit Ja oder Nein stimmen.",
        "Wer den Radweg will, muss mit Ja stimmen.",
        "Keine Stimme der SPD fehlte in der Sitzung.",
        "Die CDU tagt. Ihre Stimme geben Sie am 25. April ab.",
    ],
)
def test_reports_and_other_choices_are_no_calls(text: str) -> None:
    assert words(call_to_vote, text, registers=REGISTERS) == []


def test_the_call_is_marked_in_its_own_sentence() -> None:
    (one,) = found(call_to_vote, "Die CDU tagt. Wählen Sie Max Beispiel!", registers=REGISTERS)
    assert (one.field, one.words) == ("text", "Wählen Sie")


@pytest.mark.parametrize(
    "text",
    [
        "Gehen Sie wählen!",
        "Gehen Sie am Sonntag zur Wahl.",
        "Geht wählen!",
        "#GehtWählen",
        "Nutzen Sie Ihr Wahlrecht!",
        "Machen Sie von Ihrem Wahlrecht Gebrauch.",
        "Jede Stimme zählt.",
        "Wählen gehen!",
        "Nutze deine Stimme am Sonntag.",
        "Am Sonntag zur Wahl gehen!",
        "Machen Sie am 25. April von Ihrem Wahlrecht Gebrauch.",
        "Gehen Sie am 25. April wählen!",
    ],
)
def test_a_call_for_turnout_needs_the_election_office(text: str) -> None:
    assert len(words(turnout, text, draft=WITHIN, registers=REGISTERS)) == 1
    assert words(turnout, text, draft={"election_office": "Wahlamt, Mappe 3"}) == []
    assert words(turnout, text, draft={"type": DraftType.ELECTION_INFO}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Am Sonntag wird gewählt.",
        "Die Wahlräume sind von 8 bis 18 Uhr geöffnet.",
        "Die Wahlbeteiligung lag bei 60 Prozent.",
    ],
)
def test_dates_and_figures_are_no_calls(text: str) -> None:
    assert words(turnout, text, draft=WITHIN) == []
