"""`config/concept.yaml`: strict, with places; and what it fulfils for the channels that it covers."""

from datetime import date
from textwrap import dedent

import pytest

from kanal.config import Project
from kanal.errors import InvalidFiles
from tests.conftest import LoadProject, WriteFile

CONCEPT = """\
purpose: Sperrungen und Termine
channels:
  mastodon: {reason: Das Netz wertet seine Leser nicht aus., hours_per_week: 4}
data_protection:
  legal_basis: Art. 6 Abs. 1 Buchst. e DSGVO
  assessment: Datenschutz, Mappe 3
  requests: Datenschutzbeauftragte
staff:
  editorial: Pressestelle
  technical: IT-Stelle
  hours_per_week: 6
budget: {per_year: 600 Euro, pays_for: Bilder}
interaction: {answers: werktags, netiquette: config/netiquette.md, moderation: Pressestelle}
alternatives: Amtsblatt und Internetseite
"""
DECISION = "decision: {by: Kreistag, number: KT/2026/041, on: 2026-03-12}\n"


@pytest.fixture
def office(write_file: WriteFile, load_project: LoadProject) -> "Office":
    return Office(write_file, load_project)


class Office:
    """Loads the office with a concept."""

    def __init__(self, write_file: WriteFile, load_project: LoadProject) -> None:
        self._write, self._load = write_file, load_project

    def with_concept(self, text: str) -> Project:
        self._write("config/concept.yaml", text)
        return self._load()

    def mistakes(self, text: str) -> list[tuple[str, int, int, str]]:
        with pytest.raises(InvalidFiles) as raised:
            self.with_concept(text)
        found = raised.value.findings
        assert {one.file for one in found} == {"config/concept.yaml"}
        return [(one.rule, one.place.line, one.place.column, str(one.message)) for one in found]


def test_an_office_without_a_concept_has_none(load_project: LoadProject) -> None:
    assert load_project().concept is None


def test_a_decided_concept_fulfils_the_duties_of_the_channels_that_it_covers(office: Office) -> None:
    project = office.with_concept(f"{CONCEPT}{DECISION}reviewed: 2026-10-01\nnext_review: 2027-10-01\n")
    duties = project.channels["mastodon"].duties
    assert (duties.concept, duties.assessment) == ("Kreistag, KT/2026/041", "Datenschutz, Mappe 3")
    assert (duties.reviewed, duties.next_review) == (date(2026, 10, 1), date(2027, 10, 1))
    assert duties.imprint is None
    assert project.channels["x"].duties.concept is None


def test_what_a_channel_says_itself_goes_before(office: Office, write_file: WriteFile) -> None:
    write_file(
        "config/channels.yaml",
        "channels:\n  mastodon:\n    platform: mastodon\n    account: a@b.example\n"
        "    duties: {concept: Verfügung 7, reviewed: 2026-01-02}\n",
    )
    duties = office.with_concept(CONCEPT + DECISION).channels["mastodon"].duties
    assert (duties.concept, duties.reviewed) == ("Verfügung 7", date(2026, 1, 2))
    assert duties.assessment == "Datenschutz, Mappe 3"


def test_the_day_of_the_decision_counts_as_the_first_review(office: Office) -> None:
    assert office.with_concept(CONCEPT + DECISION).channels["mastodon"].duties.reviewed == date(2026, 3, 12)


def test_a_proposal_fulfils_nothing(office: Office) -> None:
    assert office.with_concept(CONCEPT).channels["mastodon"].duties.concept is None


@pytest.mark.parametrize("block", ["data_protection", "staff", "budget", "interaction"])
def test_the_four_blocks_that_councils_ask_for_must_be_there(office: Office, block: str) -> None:
    kept, inside = [], False
    for line in CONCEPT.splitlines(keepends=True):
        inside = line.startswith(block) or (inside and line.startswith(" "))
        kept += [] if inside else [line]
    [(rule, at, column, said)] = office.mistakes("".join(kept))
    assert (rule, at, column) == ("format/missing-key", 1, 1)
    assert block in said


def test_mistakes_are_named_with_line_column_and_a_suggestion(office: Office) -> None:
    wrong = CONCEPT.replace("technical", "tecnical").replace("hours_per_week: 6", "hours_per_week: viele")
    found = office.mistakes(wrong)
    assert ("format/unknown-key", 10, 3) in [one[:3] for one in found]
    assert any("technical" in said for *_, said in found)
    assert 11 in [line for _, line, _, _ in found]


def test_a_channel_that_does_not_exist_is_named_at_its_key(office: Office) -> None:
    found = office.mistakes(CONCEPT.replace("  mastodon:", "  mastodn:"))
    assert found == [("references/channel", 3, 3, "There is no channel “mastodn”. Did you mean “mastodon”?")]


@pytest.mark.parametrize("where", ["/etc/netiquette", "../netiquette", "config\\netiquette.txt", "c:netiquette"])
def test_a_netiquette_outside_of_the_office_is_refused(office: Office, where: str) -> None:
    [(_, line, _, said)] = office.mistakes(CONCEPT.replace("config/netiquette.md", where))
    assert (line, said.split(",")[0]) == (13, "Write a web address")


def test_empty_words_are_no_words(office: Office) -> None:
    [(_, line, _, _)] = office.mistakes(
        CONCEPT.replace("alternatives: Amtsblatt und Internetseite", 'alternatives: " "')
    )
    assert line == len(dedent(CONCEPT).splitlines())
