"""Whatever is posted also stands on the office's own website."""

from typing import Any

import pytest

from kanal.config.registers import Registers
from kanal.model import DraftType, Variant
from kanal.rules.privacy.own_source import check
from tests.rules.drafted import found
from tests.rules.privacy.office import REGISTERS

HERE = "https://www.landkreis-musterland.example/k12"
ELSEWHERE = "https://www.zeitung.example/k12"


@pytest.mark.parametrize(
    "draft",
    [
        {"link": HERE},
        {"source": HERE},
        {"link": ELSEWHERE, "source": HERE},
        {"link": "https://landkreis-musterland.example"},
        {"link": "HTTPS://Bau.Landkreis-Musterland.EXAMPLE:8443/a"},
        {"variants": {"x": Variant(link=HERE)}},
        {"variants": {"x": Variant(text=f"Mehr: {HERE}")}},
        {"type": DraftType.REPLY},
    ],
    ids=str,
)
def test_a_link_to_the_own_website_or_a_note_of_it_is_enough(draft: dict[str, Any]) -> None:
    assert found(check, draft=draft, registers=REGISTERS) == []


def test_an_address_in_the_text_is_a_link() -> None:
    assert found(check, "Alles unter www.landkreis-musterland.example/k12.", registers=REGISTERS) == []


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({}, "text"),
        ({"link": ELSEWHERE}, "link"),
        ({"source": ELSEWHERE}, "source"),
        ({"link": "https://landkreis-musterland.example.betrug.example/"}, "link"),
        ({"link": "https://nicht-landkreis-musterland.example/"}, "link"),
        ({"type": DraftType.CRISIS}, "text"),
    ],
    ids=str,
)
def test_what_stands_on_the_network_only_is_found_at_its_field(draft: dict[str, Any], field: str) -> None:
    assert [one.field for one in found(check, draft=draft, registers=REGISTERS)] == [field]


def test_without_registered_domains_nobody_can_know() -> None:
    assert found(check, draft={"link": ELSEWHERE}) == []


@pytest.mark.parametrize("written", ["www.amt.example", "https://www.amt.example/", "Amt.Example"])
def test_domains_may_be_registered_as_people_write_them(written: str) -> None:
    registers = Registers(domains=(written,))
    assert found(check, draft={"link": "https://bau.amt.example/a"}, registers=registers) == []
