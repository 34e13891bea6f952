"""Hashtags and mentions as far as they count against a limit."""

import pytest

from kanal.text import hashtags, mentions


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#Müllabfuhr, #Straßenbau. (#Köln)!", ("Müllabfuhr", "Straßenbau", "Köln")),
        ("#Müll #Müll", ("Müll", "Müll")),
        ("#Mu\u0308ll", ("Müll",)),
        ("#2026 #1", ()),
        ("#2026er", ("2026er",)),
        ("C#Dur a#b ##c &#39;", ()),
        ("https://bund.de/#oben bund.de/a#unten", ()),
        ("https://localhost:1/a,#b", ("b",)),
        ("#Bürger*innen #Bürger:innen #Bürger_innen", ("Bürger", "Bürger", "Bürger_innen")),
        ("#️⃣Taste #1️⃣", ()),
        ("#हिन्दी", ("हिन्दी",)),
        ("#Правда #العربية", ("Правда", "العربية")),
        ("und/#oder", ("oder",)),
    ],
)
def test_hashtags_end_where_the_networks_end_them(text: str, tags: tuple[str, ...]) -> None:
    assert hashtags(text) == tags


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@stadt_koeln, @amt.de. (@kreis)", ("stadt_koeln", "amt.de", "kreis")),
        ("@a @a", ("a", "a")),
        ("info@stadt.de max.@stadt.de", ()),
        ("@amt@social.bund.de!", ("amt@social.bund.de",)),
        ("@müller @mü", ()),
        ("https://social.bund.de/@amt", ()),
        ("@[1234567]", ("1234567",)),
        ("@kreis’s", ("kreis",)),
        ("@ allein", ()),
    ],
)
def test_mentions_are_handles_and_neither_addresses_nor_links(text: str, names: tuple[str, ...]) -> None:
    assert mentions(text) == names
