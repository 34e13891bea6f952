"""What a post on X costs, told before it is made (docs/networks.md#x-price)."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kanal.abilities.telling import HasPrice
from kanal.model import Part, Picture
from kanal.platforms import adapter_class

WITH_ALT = Picture(Path("a.jpg"), "Ein Rathaus", "", "")
WITHOUT_ALT = Picture(Path("b.jpg"), "", "", "")


@pytest.mark.parametrize(
    ("text", "media", "price"),
    [
        ("Hallo", (), "0.015"),
        ("Mehr: https://www.beispiel-landkreis.de/", (), "0.20"),
        ("Mehr auf beispiel-landkreis.de", (), "0.20"),
        ("Das ist vorbei.So ist es", (), "0.20"),
        ("Hallo", (WITH_ALT, WITH_ALT), "0.025"),
        ("Hallo", (WITH_ALT, WITHOUT_ALT), "0.020"),
    ],
)
def test_a_link_makes_a_post_dear_and_each_alternative_text_adds_to_it(
    text: str, media: tuple[Picture, ...], price: str
) -> None:
    adapter = adapter_class("x")
    assert isinstance(adapter, HasPrice)
    assert adapter.price(Part(text, "de", None, media)) == Decimal(price)


def test_mastodon_has_no_price() -> None:
    assert not isinstance(adapter_class("mastodon"), HasPrice)


def test_limits_needs_and_price_are_read_without_a_library() -> None:
    code = (
        "import sys; from kanal.model import Part; from kanal.platforms import adapter_class\n"
        "for name in ('x', 'mastodon'): adapter_class(name).limits.count('Hallo'), adapter_class(name).needs\n"
        "adapter_class('x').price(Part('Hallo', 'de'))\n"
        "print(sorted({'tweepy', 'mastodon', 'requests', 'httpx', 'PIL', 'starlette'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert run.stdout.strip() == "[]"
