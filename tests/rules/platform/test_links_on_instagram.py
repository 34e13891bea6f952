"""Links on Instagram: nobody can click on them, wherever they stand."""

import pytest

from kanal.model import Variant
from kanal.rules.platform.link_not_clickable import check
from tests.rules.drafted import found, words

ON_INSTAGRAM = {"channels": ("instagram", "mastodon")}
ADDRESS = "https://www.bund.de/k12"


@pytest.mark.parametrize("address", [ADDRESS, "http://bund.de", "www.bund.de/k12"])
def test_an_address_in_the_text_is_marked_there(address: str) -> None:
    assert words(check, f"Alle Termine: {address}", draft=ON_INSTAGRAM) == [address]
    assert words(check, f"Alle Termine: {address}") == []


def test_a_link_beneath_the_text_is_told_at_its_field() -> None:
    (one,) = found(check, "Alle Termine", draft={**ON_INSTAGRAM, "link": ADDRESS})
    assert (one.field, one.words) == ("link", "")


def test_a_variant_that_leaves_it_out_is_fine() -> None:
    draft = {**ON_INSTAGRAM, "link": ADDRESS, "variants": {"instagram": Variant(text="Link im Profil", link="")}}
    assert words(check, "Alle Termine", draft=draft) == []
