"""What only replies must keep to: tone, greeting, “Sie”."""

import pytest

from kanal.model import DraftType, FollowUp
from kanal.rules.netiquette.form_of_address import check as form_of_address
from kanal.rules.netiquette.greeting import check as greeting
from kanal.rules.netiquette.tone import check as tone
from tests.rules.drafted import found, words

REPLY = {"type": DraftType.REPLY}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Wie Sie wohl wissen sollten, ist montags zu.", "Wie Sie wohl wissen sollten"),
        ("Das steht, wie schon mehrfach erwähnt, im Kalender.", "wie schon mehrfach"),
        ("Das ist, wie wir bereits mehrfach erklärt haben, nicht unsere Aufgabe.", "wie wir bereits mehrfach"),
        ("Das hätten Sie auch selbst herausfinden können.", "Das hätten Sie auch selbst herausfinden können"),
        ("Noch so ein Kommentar, und wir reagieren.", "Noch so ein Kommentar"),
        ("Wer lesen kann, ist klar im Vorteil.", "Wer lesen kann"),
        ("Das sollte selbst Ihnen klar sein.", "Das sollte selbst Ihnen"),
        ("Schön für\u00a0Sie.", "Schön für\u00a0Sie"),
        ("Ist das so\nschwer?", "Ist das so\nschwer"),
        ("Überlegen Sie sich gut, was Sie schreiben.", "Überlegen Sie sich gut, was"),
        ("Löschen Sie das, sonst sperren wir Ihr Konto.", "sonst sperren wir"),
        ("Das wird Folgen für Sie haben.", "Das wird Folgen für Sie haben"),
    ],
)
def test_scorn_and_threats_are_found_in_replies_only(text: str, said: str) -> None:
    assert words(tone, text, draft=REPLY) == [said]
    assert words(tone, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag, wie Sie wissen, ist der Weg gesperrt. Er wird am Freitag frei.",
        "Danke, Sie haben recht: Das sollte nicht passieren.",
        "Wenn Sie lesen können, wie der Antrag geht, hilft das. Sonst rufen Sie uns an.",
        "Passen Sie auf sich auf und bleiben Sie im Haus.",
        "Wir löschen Kommentare mit persönlichen Daten. Ihr Beitrag ist weiter zu sehen.",
    ],
)
def test_friendly_replies_are_left_alone(text: str) -> None:
    assert words(tone, text, draft=REPLY) == []


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag, am Donnerstag. Viele Grüße, Ihr Landkreis",
        "@anna@social.example Hallo Anna, am Donnerstag. VG Lena",
        "{@feuerwehr} Vielen Dank für den Hinweis! Wir kümmern uns. /em",
        "Liebe Frau Beispiel,\n\nam Donnerstag.\n\nMit freundlichen Grüßen\nLena Beispielhaft\nLandkreis Musterland",
        "🙂 Moin! Am Donnerstag. Euer Team der Stadtreinigung",
        "Sehr geehrter Herr Muster, das klären wir. Einen schönen Tag noch!",
        "Hallo, wir geben das weiter. (sw)",
        "Danke für die netten Worte! Kommen Sie gut durch den Winter!",
    ],
)
def test_a_reply_with_greeting_and_goodbye_is_complete(text: str) -> None:
    assert found(greeting, text, draft=REPLY) == []


def test_a_missing_greeting_and_a_missing_goodbye_are_said_apart() -> None:
    assert ["greeting" in one.said for one in found(greeting, "Am Donnerstag. Viele Grüße, Ihr Amt", draft=REPLY)] == [
        True
    ]
    assert ["goodbye" in one.said for one in found(greeting, "Hallo, am Donnerstag.", draft=REPLY)] == [True]
    assert ["goodbye" in one.said for one in found(greeting, "Hallo, am 3. Mai (ab 9)", draft=REPLY)] == [True]
    assert len(found(greeting, "Am Donnerstag.", draft=REPLY)) == 2
    assert found(greeting, "Am Donnerstag.", draft=REPLY, opening=False, closing=False) == []


def test_a_thread_greets_at_its_beginning_and_says_goodbye_at_its_end() -> None:
    draft = {**REPLY, "thread": (FollowUp("Viele Grüße, Ihr Amt"),), "content_warning": "Müll"}
    assert found(greeting, "Guten Tag, die Tonnen werden am Donnerstag geleert.", draft=draft) == []
    assert [one.field for one in found(greeting, "Am Donnerstag. Viele Grüße, Ihr Amt", draft=draft)] == ["text"]
    draft |= {"thread": (FollowUp("Am Donnerstag."),)}
    assert [one.field for one in found(greeting, "Guten Tag!", draft=draft)] == ["thread[0].text"]


def test_a_post_needs_no_greeting_and_other_languages_have_their_own() -> None:
    assert found(greeting, "Am Donnerstag ist zu.") == []
    assert found(greeting, "Bonjour, jeudi.", draft={**REPLY, "language": "fr"}) == []
    assert found(greeting, "Hello, on Thursday. Kind regards", draft={**REPLY, "language": "en"}) == []


def test_a_reply_says_sie() -> None:
    assert words(form_of_address, "Hallo, hast du schon angerufen?", draft=REPLY) == ["du"]
    assert words(form_of_address, "Hallo, hast du schon angerufen?", draft=REPLY, replies="free") == []
    assert words(form_of_address, "Hallo, haben Sie schon angerufen?", draft=REPLY) == []
