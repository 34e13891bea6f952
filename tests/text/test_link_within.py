import pytest

from kanal.text.link_within import stands_in

LINK = "https://www.landkreis-musterland.example/termine"


@pytest.mark.parametrize("text", [LINK, f"Mehr: {LINK}.", f"({LINK})", f"{LINK}/", f"{LINK}, bis morgen", f"{LINK}!"])
def test_an_address_with_a_sign_behind_it_is_the_same(text: str) -> None:
    assert stands_in(text, LINK)


@pytest.mark.parametrize("text", ["", f"{LINK}-2026", f"{LINK}?id=1", f"{LINK}/mai", LINK[:-1]])
def test_a_longer_or_shorter_one_is_not(text: str) -> None:
    assert not stands_in(text, LINK)
