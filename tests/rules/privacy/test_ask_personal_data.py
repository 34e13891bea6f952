"""Whoever asks for personal data names a way that is not public."""

import pytest

from kanal.rules.privacy.ask_personal_data import check
from tests.rules.drafted import found, variant, words
from tests.rules.privacy.office import REPLY


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Das klären wir gern. Bitte schicken Sie uns Ihre Anschrift.", "schicken Sie uns Ihre Anschrift"),
        ("Nennen Sie uns bitte das Aktenzeichen.", "Nennen Sie uns bitte das Aktenzeichen"),
        ("Können Sie uns Ihre Telefonnummer nennen?", "Können Sie uns Ihre Telefonnummer nennen"),
        ("Wie lautet Ihr Geburtsdatum?", "Wie lautet Ihr Geburtsdatum"),
        ("Dafür brauchen wir Ihre vollständige Anschrift.", "brauchen wir Ihre vollständige Anschrift"),
        ("Schreib uns deine Adresse.", "Schreib uns deine Adresse"),
        ("Bitte Ihre Steuer-ID angeben!", "Bitte Ihre Steuer-ID angeben"),
    ],
)
def test_a_reply_that_asks_in_public_is_found(text: str, asked: str) -> None:
    assert words(check, text, draft=REPLY) == [asked]


@pytest.mark.parametrize(
    "text",
    [
        "Wer gewinnt? Schreiben Sie uns Ihr Geburtsdatum in die Kommentare!",
        "Verratet uns eure Handynummer unter diesem Beitrag.",
        "Schicken Sie uns Ihren Namen und Ihre Telefonnummer, dann rufen wir zurück.",
        "Postet euer Geburtsdatum drunter, per E-Mail geht es auch.",
        "Teilen Sie uns Ihre neue Anschrift mit!",
    ],
)
def test_a_post_that_asks_in_public_is_found_once(text: str) -> None:
    assert len(words(check, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Bitte schicken Sie uns Ihre Anschrift per E-Mail.",
        "Teilen Sie uns Ihre neue Anschrift mit. Am schnellsten geht es im Serviceportal.",
        "Schreiben Sie uns Ihre Telefonnummer an buergerbuero@landkreis-musterland.example.",
        "Schicken Sie uns Ihre Kontonummer mit der Post.",
        "Nennen Sie uns Ihr Aktenzeichen am Telefon: 115.",
        "Bitte schicken Sie uns Ihre Anschrift als Direktnachricht.",
        "Bitte schreiben Sie hier keine persönlichen Daten.",
        "Schreiben Sie uns nie Ihre Kontonummer in die Kommentare!",
        "Betrüger bitten am Telefon: Nennen Sie uns Ihre IBAN!",
        "Die Masche: „Nennen Sie uns Ihre Kontodaten“. Legen Sie auf.",
        "Teilen Sie Ihrer Bank Ihre neue Anschrift mit.",
        "Bringen Sie bitte Ihren Ausweis und Ihre Steuer-ID mit.",
        "Wir haben Ihre Anschrift notiert und werden Ihnen Ihre Kundennummer mitteilen.",
        "Für den Antrag brauchen Sie Ihre Steuer-ID.",
        "Nennen Sie uns bitte die genaue Adresse des Schlaglochs.",
        "Wie lautet der Name des Parks? Schreiben Sie es uns in die Kommentare!",
        "Schreiben Sie uns Ihre Meinung in die Kommentare!",
        "Ihre Daten sind bei uns sicher.",
    ],
)
@pytest.mark.parametrize("draft", [{}, REPLY], ids=["post", "reply"])
def test_another_way_a_refusal_or_no_request_is_silent(text: str, draft: dict[str, object]) -> None:
    assert words(check, text, draft=draft) == []


def test_a_post_may_tell_what_an_application_needs() -> None:
    assert words(check, "Für den Antrag benötigen wir Ihre Steuer-ID und Ihre Bankverbindung.") == []
    assert words(check, "Nennen Sie dort Ihre Kundennummer.") == []


def test_whoever_mistrusts_direct_messages_says_so() -> None:
    text = "Bitte schicken Sie uns Ihre Anschrift als Direktnachricht."
    assert words(check, text, direct_message=False) == ["schicken Sie uns Ihre Anschrift"]


def test_the_variant_that_asks_is_named() -> None:
    draft = {"variants": {"x": variant("Schreiben Sie uns Ihr Geburtsdatum in die Kommentare!")}}
    assert [one.field for one in found(check, draft=draft)] == ["variants.x.text"]


def test_each_sentence_is_reported_once() -> None:
    text = "Schicken Sie uns Ihre Anschrift und Ihre Telefonnummer. Nennen Sie uns Ihr Geburtsdatum."
    assert len(words(check, text)) == 2
