import pytest

from kanal.rules.netiquette.insult import check
from tests.rules.drafted import found, picture, variant, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Wer hier parkt, ist ein Idiot.", "Idiot"),
        ("So etwas tun nur Idioten.", "Idioten"),
        ("Diese Vollidiotinnen!", "Vollidiotinnen"),
        ("Liebe Trottel, räumt euren Müll weg.", "Trottel"),
        ("DER ARSCHLOCH-PREIS", "ARSCHLOCH"),
        ("Mit so einem beschissenen Antrag wird das nichts.", "beschissenen"),
        ("Sie Esel! Das steht doch da.", "Esel"),
        ("Ach, du dumme Kuh!", "Kuh"),
        ("Sie sind doch ein Querulant.", "Querulant"),
        ("Ihr seid doch alle Ratten.", "Ratten"),
        ("Diese dreckigen Ratten gehören nicht hierher.", "Ratten"),
        ("Sie sind einfach zu dumm.", "Sie sind einfach zu dumm"),
        ("Sie sind doch einfach nur dumm.", "Sie sind doch einfach nur dumm"),
        ("Halten Sie den Mund.", "Halten Sie den Mund"),
        ("Halt endlich die Klappe.", "Halt endlich die Klappe"),
        ("Verpisst euch!", "Verpisst euch"),
        ("Haben Sie nicht alle Tassen im Schrank?", "nicht alle Tassen im Schrank"),
        ("Das ist die Lu\u0308genpresse.", "L\u00fcgenpresse"),
    ],
)
def test_an_insult_is_found_in_all_its_forms(text: str, said: str) -> None:
    assert words(check, text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Die neue Müllabfuhr ist idiotensicher.",
        "Bei diesem Sauwetter bleiben die Ämter geöffnet.",
        "Ratten im Kanal: Bitte werfen Sie keine Speisereste in die Toilette.",
        "Haben Sie Ratten gesehen? Rufen Sie uns an.",
        "Zecken übertragen Krankheiten. Sie sind Parasiten und sitzen im Gras.",
        "Können Sie Esel und Ziegen streicheln? Ja, im Tierpark.",
        "Nehmen Sie Hund und Katze bei Hitze nicht mit ins Auto.",
        "Den inneren Schweinehund überwinden: Am Samstag laufen wir fünf Kilometer.",
        "Was für ein Hund passt zu mir? Die Tierärztin berät.",
        "Afrikanische Schweinepest: Wildschweine bitte melden.",
        "An Weiberfastnacht schließt das Rathaus um elf Uhr.",
        "Der Eichenprozessionsspinner ist wieder da.",
        "Sie sind krank? Dann rufen Sie die 116117 an.",
        "Halten Sie den Mund geöffnet, dann tut der Abstrich nicht weh.",
        "Gedenken an die Menschen, die von den Nazis ermordet wurden.",
        "Im Nationalsozialismus wurden Menschen als „Zigeuner“ und „Untermenschen“ verfolgt.",
        "Theater im Park: „Der Idiot“ nach Dostojewski",
        'Wer Einsatzkräfte "Idioten" nennt, wird angezeigt.',
        "Die Linde ist stumm, der Kamm der Kuh auch.",
        "Mistgabeln, Misthaufen und Saustall: Der Bauernhof hat offen.",
    ],
)
def test_harmless_words_are_left_alone(text: str) -> None:
    assert words(check, text) == []


def test_the_office_adds_and_allows_words() -> None:
    assert words(check, "Ihr Schnösel!", words=("Schnösel",)) == ["Schnösel"]
    assert words(check, "Ihr Schnösel!") == []
    assert words(check, "Das Stück heißt Trottel.", allowed=("trottel",)) == []


def test_pictures_and_variants_are_read_too() -> None:
    draft = {"media": (picture(alt="Ein Idiot auf einem Fahrrad"),), "variants": {"x": variant("Ihr Trottel!")}}
    assert [one.field for one in found(check, draft=draft)] == ["variants.x.text", "media[0].alt"]


def test_the_word_is_not_repeated_in_the_sentence() -> None:
    [one] = found(check, "So ein Trottel!")
    assert "rottel" not in one.said
