"""`kanal retract`: what is out is taken down, it is looked whether it is gone, and nobody sends it again."""

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Kanal

WHY = ("--reason", "Falscher Tag", "--name", "Erika Mustermann")


@pytest.fixture
def out(kanal: Kanal, practice: Practice) -> None:
    """baustelle and linden are out on practice networks."""
    assert kanal("publish").code == 0
    assert len(practice.posts()) > 1


@pytest.mark.usefixtures("out")
def test_a_draft_is_taken_down_wherever_it_is_out(kanal: Kanal, practice: Practice) -> None:
    before = {post.platform for post in practice.posts() if "Linden" not in post.text}
    answer = kanal.json("retract", "baustelle", *WHY)
    assert answer.code == 0
    assert answer.outcomes == {f"baustelle/{platform}": "retracted" for platform in before}
    assert [post.platform for post in practice.posts() if "Linden" not in post.text] == []
    assert any("Linden" in post.text for post in practice.posts()), "other drafts stay"
