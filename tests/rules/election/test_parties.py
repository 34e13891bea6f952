"""Parties: an error before an election, a warning at other times, and one finding for each."""

from datetime import date

import pytest

from kanal.config.registers import Election
from kanal.model import Author, DraftType, Variant
from kanal.rules.election.party import check as party
from kanal.rules.election.party_mention import check as party_mention
from tests.rules.drafted import found, picture, words
from tests.rules.election.office import AFTER, BEFORE, ELECTION_DAY, REGISTERS, WITHIN
from tests.rules.moments import at

TEXT = "Die CDU-Fraktion und die Grünen haben zugestimmt. #SPD"
NAMED = ["CDU", "die Grünen", "SPD"]


@pytest.mark.parametrize("moment", [WITHIN, ELECTION_DAY])
def test_within_the_time_before_an_election_it_is_an_error(moment: dict[str, object]) -> None:
    assert words(party, TEXT, draft=moment, registers=REGISTERS) == NAMED
    assert words(party_mention, TEXT, draft=moment, registers=REGISTERS) == []


@pytest.mark.parametrize("moment", [BEFORE, AFTER, {}])
def test_at_other_times_it_is_a_warning(moment: dict[str, object]) -> None:
    assert words(party, TEXT, draft=moment, registers=REGISTERS) == []
    assert words(party_mention, TEXT, draft=moment, registers=REGISTERS) == NAMED


def test_variants_alternative_texts_and_links_are_looked_at_and_file_names_are_not() -> None:
    media = (picture("cdu-parteitag.jpg", alt="Ein Banner der CDU"),)
    draft = {**WITHIN, "media": media, "link": "https://www.spd.example", "variants": {"x": Variant(text="Die SPD")}}
    assert [one.field for one in found(party, draft=draft, registers=REGISTERS)] == [
        "link",
        "variants.x.text",
        "media[0].alt",
    ]


def test_neutral_information_about_the_vote_is_left_alone() -> None:
    assert words(party, TEXT, draft={**WITHIN, "type": DraftType.ELECTION_INFO}, registers=REGISTERS) == []
    assert words(party_mention, TEXT, draft={"type": DraftType.ELECTION_INFO}, registers=REGISTERS) == []


def test_the_head_of_the_office_is_left_to_another_rule() -> None:
    draft = {**WITHIN, "author": Author.OFFICE_HOLDER}
    assert words(party, TEXT, draft=draft, registers=REGISTERS) == []


def test_the_finding_names_the_election_and_its_day() -> None:
    (said,) = (one.said for one in found(party, "Die CDU", draft=WITHIN, registers=REGISTERS))
    assert "(Kreistagswahl)" in said
    assert "2027-04-25" in said


def test_where_two_elections_are_near_it_names_both_and_the_last_day() -> None:
    runoff = Election("Stichwahl", date(2027, 5, 9), date(2027, 2, 9))
    both = REGISTERS._replace(elections=(runoff, *REGISTERS.elections))
    draft = {"publish_at": at("2027-02-09 10:00")}
    (said,) = (one.said for one in found(party, "Die CDU", draft=draft, registers=both))
    assert "(Kreistagswahl, Stichwahl)" in said
    assert "2027-05-09" in said
