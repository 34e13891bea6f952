"""The head of the office in person: whose account, whose voice, no party."""

from datetime import date

import pytest

from kanal.model import Author, Channel, ChannelStatus, FollowUp, Owner, Variant
from kanal.rules.office.party_content import check as party_content
from kanal.rules.office.private_account import check as private_account
from kanal.rules.office.signature import check as signature
from tests.rules.drafted import found, words
from tests.rules.election.office import REGISTERS, WITHIN

IN_PERSON = {"author": Author.OFFICE_HOLDER}
THANKS = "Ich danke allen, die geholfen haben."


@pytest.mark.parametrize("moment", [{}, WITHIN])
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Danke an alle von der CDU!", "CDU"),
        ("Meine Fraktion hat zugestimmt.", "Meine Fraktion"),
        ("Bis gleich am Infostand!", "Infostand"),
        ("Der Wahlkampf beginnt.", "Wahlkampf"),
        ("Mein Wahlprogramm steht online.", "Wahlprogramm"),
        ("Gestern in unserem Ortsverein", "unserem Ortsverein"),
    ],
)
def test_no_party_speaks_through_the_head_of_the_office(text: str, word: str, moment: dict[str, object]) -> None:
    assert words(party_content, text, draft={**IN_PERSON, **moment}, registers=REGISTERS) == [word]
    assert words(party_content, text, draft=moment, registers=REGISTERS) == []


@pytest.mark.parametrize(
    "text", ["Danke an den DRK-Ortsverein!", "Heute am Infostand des Landkreises", "Infostand zur Pflege im Kreishaus"]
)
def test_local_branches_and_stands_of_others_are_no_party_content(text: str) -> None:
    assert words(party_content, text, draft=IN_PERSON, registers=REGISTERS) == []


def test_ordinary_thanks_are_no_party_content() -> None:
    assert (
        words(party_content, f"{THANKS} Die Fraktionen im Kreistag auch.", draft=IN_PERSON, registers=REGISTERS) == []
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{THANKS} Ihre Erika Mustermann",
        f"{THANKS}\n\nLandrätin",
        f"{THANKS} ^EM",
        f"{THANKS} (EM)\n\n#Ehrenamt #LandkreisMusterland",
        f"{THANKS} /EM https://www.landkreis-musterland.example 🌳",
    ],
)
def test_name_role_or_initials_sign(text: str) -> None:
    assert found(signature, text, draft=IN_PERSON, registers=REGISTERS) == []


def test_a_thread_is_signed_once() -> None:
    draft = {**IN_PERSON, "thread": (FollowUp("Bis bald! ^EM"),), "content_warning": "Hochwasser"}
    assert found(signature, THANKS, draft=draft, registers=REGISTERS) == []
    unsigned = {**draft, "thread": (FollowUp("Bis bald!"),)}
    assert [one.field for one in found(signature, THANKS, draft=unsigned, registers=REGISTERS)] == ["text"]
    variant = {**draft, "variants": {"x": Variant(text=THANKS, thread=())}}
    assert [one.field for one in found(signature, THANKS, draft=variant, registers=REGISTERS)] == ["variants.x.text"]


@pytest.mark.parametrize("text", [THANKS, f"{THANKS} (DRK) war auch dabei.", f"^EM {THANKS}"])
def test_what_is_not_signed_is_found_in_each_text(text: str) -> None:
    draft = {**IN_PERSON, "variants": {"x": Variant(text=text)}}
    assert [one.field for one in found(signature, text, draft=draft, registers=REGISTERS)] == [
        "text",
        "variants.x.text",
    ]
    assert found(signature, text, registers=REGISTERS) == []


def test_a_private_account_is_no_channel_unless_it_has_ended() -> None:
    def checked(owner: Owner, status: ChannelStatus) -> list[str]:
        channel = Channel("amt", "mastodon", "a@b.example", status, owner=owner)
        return [problem.field for problem in private_account.check(channel, date(2026, 11, 23))]

    assert checked(Owner.PRIVATE, ChannelStatus.ACTIVE) == ["owner"]
    assert checked(Owner.PRIVATE, ChannelStatus.ENDED) == []
    assert checked(Owner.OFFICE_HOLDER, ChannelStatus.ACTIVE) == []
    assert checked(Owner.OFFICE, ChannelStatus.ACTIVE) == []
