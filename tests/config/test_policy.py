"""Packs, files and options: what adds up to an office's policy, and what is refused."""

from collections.abc import Callable
from datetime import date, time

import pytest

from kanal.config import Project
from kanal.config.policy import PACKS, Policy
from kanal.config.registers import Election, OfficeHolder, Span, StaffMember
from kanal.errors import InvalidFiles
from kanal.model import Severity
from kanal.rules import discover, find, names
from tests.conftest import LoadProject, WriteFile

Said = Callable[[str], Policy]
Complaint = Callable[[str], tuple[str, int, int, str]]
POLICY = "config/policy.yaml"


@pytest.fixture
def policy(write_file: WriteFile, load_project: LoadProject) -> Said:
    """The policy that a file's text adds up to."""

    def read(text: str) -> Policy:
        write_file(POLICY, text)
        project: Project = load_project()
        return project.policy

    return read


@pytest.fixture
def complaint(write_file: WriteFile, load_project: LoadProject) -> Complaint:
    """The only mistake in a policy: file, line, column, words."""

    def read(text: str) -> tuple[str, int, int, str]:
        write_file(POLICY, text)
        with pytest.raises(InvalidFiles) as refused:
            load_project()
        [found] = refused.value.findings
        return found.file, found.place.line, found.place.column, str(found.message)

    return read


def test_without_a_policy_the_default_pack_holds(load_project: LoadProject) -> None:
    policy = load_project().policy
    assert "z. B." in policy.registers.abbreviations
    assert policy.severity_of("platform/tags", Severity.ERROR) is Severity.ERROR


def test_a_policy_that_extends_nothing_starts_from_nothing(policy: Said) -> None:
    assert policy("extends: []\n").registers.abbreviations == ()
    assert policy("rules: {}\n").registers.abbreviations != ()


def test_pictures_are_adapted_only_where_somebody_says_so_last(policy: Said, write_file: WriteFile) -> None:
    assert not policy("rules: {}\n").adapt
    assert policy("adapt: true\n").adapt
    write_file("config/land.yaml", "adapt: true\n")
    assert policy("extends: land.yaml\n").adapt
    assert not policy("extends: land.yaml\nadapt: false\n").adapt


@pytest.mark.parametrize("pack", sorted(pack.stem for pack in PACKS.glob("*.yaml")))
def test_every_pack_is_in_order_and_changes_only_what_differs_from_the_rules(policy: Said, pack: str) -> None:
    found = policy(f"extends: {pack}\n")
    for rule, setting in found.settings.items():
        assert rule in names()
        assert setting.origin == pack
        changes = setting.off or setting.options or setting.severity not in {None, find(rule).severity}
        assert changes, f"{pack} says about {rule} what it says itself"


def test_what_is_said_later_counts_and_what_is_not_said_again_stays(policy: Said, write_file: WriteFile) -> None:
    write_file("shared/land.yaml", "extends: []\nrules:\n  platform/tags: info\n  platform/text-length: warning\n")
    found = policy("extends: [default, ../shared/land.yaml]\nrules: {platform/tags: warning}\n")
    assert found.severity_of("platform/tags", Severity.ERROR) is Severity.WARNING
    assert found.settings["platform/tags"].origin == "config/policy.yaml"
    assert found.severity_of("platform/text-length", Severity.ERROR) is Severity.WARNING
    assert found.settings["platform/text-length"].origin == "shared/land.yaml"


def test_a_rule_that_is_off_somewhere_can_be_switched_on_again(policy: Said, write_file: WriteFile) -> None:
    write_file("config/land.yaml", "rules: {platform/tags: off}\n")
    assert policy("extends: land.yaml\n").severity_of("platform/tags", Severity.ERROR) is None
    on = policy("extends: land.yaml\nrules: {platform/tags: error}\n")
    assert on.severity_of("platform/tags", Severity.ERROR) is Severity.ERROR


def test_options_add_up_and_keep_the_severity_unless_one_is_given(policy: Said, write_file: WriteFile) -> None:
    write_file("config/land.yaml", "rules: {language/readability: {options: {words: 25}}}\n")
    found = policy("extends: land.yaml\nrules: {language/readability: {severity: warning, options: {wstf: 9.5}}}\n")
    assert found.options_of("language/readability") == {"words": 25, "wstf": 9.5}
    assert found.severity_of("language/readability", Severity.INFO) is Severity.WARNING
    assert found.options_of("platform/tags") == {}


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("extends: strikt", 1, 10, "There is no pack “strikt”. Did you mean “strict”?"),
        ("extends: [default, sub/none.yaml]", 1, 20, "There is no file “sub/none.yaml”. The way begins in"),
        ("extends: policy.yaml", 1, 10, "This policy extends itself. Take the line out."),
        (
            "rules: {language/readability: {options: {wrds: 20}}}",
            1,
            48,
            "This rule has no option “wrds”. Did you mean “words”?",
        ),
        ("rules: {language/readability: {options: {words: many}}}", 1, 49, "“words” must be a whole number."),
        ("rules: {language/readability: {options: {words: true}}}", 1, 49, "“words” must be a whole number."),
        ("rules: {language/readability: {option: {words: 20}}}", 1, 32, "The key “option” is unknown here."),
        ("rules: {language/gender-signs: {options: {profile: verboten}}}", 1, 52, "“profile” must be one of: free, "),
        ("registers: {elections: [{name: a, day: 2027-13-01}]}", 1, 40, "“2027-13-01” is not a day."),
        ("rules: {language/readability: {options: {words: -5}}}", 1, 49, "“words” must not be less than zero."),
        ("rules: {iban: off}", 1, 9, "There is no rule “iban”. Did you mean “privacy/iban”?"),
        ("rules: {privacy: off}", 1, 9, "“privacy” is a family of rules. Name each rule that you mean"),
        ("rules: {privacy/*: off}", 1, 9, "“privacy” is a family of rules. Name each rule that you mean"),
        ("extends: {a: b}", 1, 10, "“extends” must be text, or a list: one entry per line"),
        ("rules: {privacy/iban: [off]}", 1, 23, "“privacy/iban” must be text, or a group of lines"),
        (
            "registers: {elections: [{name: Wahl, day: 2027-04-25, from: 2027-05-01}]}",
            1,
            25,
            "The restraint before “Wahl” begins on 2027-05-01, after the election on 2027-04-25. Correct from or day.",
        ),
        ("registers: {domains: ['https://www.amt.example/']}", 1, 23, "“https://www.amt.example/” is no domain. Write"),
        ("registers: {contacts: [Pressestelle]}", 1, 24, "“Pressestelle” is neither a telephone number nor an e-mail"),
        ("registers: {hours: {mon-frei: 08:00-16:00}}", 1, 21, "Days are written mon, tue,"),
        ("registers: {hours: {fri-mon: 08:00-16:00}}", 1, 21, "Days are written mon, tue,"),
        ("registers: {hours: {mon: 16:00-08:00}}", 1, 26, "“16:00-08:00” are no hours. Write them like 09:00-16:00."),
        ("registers: {hours: {mon: 08:00-25:00}}", 1, 26, "“08:00-25:00” are no hours."),
        ("registers: {staff: [{name: A B}]}", 1, 21, "The key “consent” is missing."),
        ("registers: {bildings: []}", 1, 13, "The key “bildings” is unknown here. Did you mean “buildings”?"),
    ],
)
def test_a_mistake_is_named_at_its_place_with_the_nearest_word(
    complaint: Complaint, *, text: str, line: int, column: int, said: str
) -> None:
    file, row, place, words = complaint(f"{text}\n")
    assert (file, row, place) == (POLICY, line, column)
    assert words.startswith(said)


def test_a_mistake_in_a_shared_file_is_named_there(complaint: Complaint, write_file: WriteFile) -> None:
    write_file("config/land.yaml", "rules:\n  platform/tag: off\n")
    assert complaint("extends: land.yaml\n")[:3] == ("config/land.yaml", 2, 3)
    write_file("land/policy.yaml", "rules:\n  platform/tag: off\n")
    assert complaint("extends: ../land/policy.yaml\n")[:3] == ("land/policy.yaml", 2, 3)


def test_two_files_that_extend_each_other_are_refused(complaint: Complaint, write_file: WriteFile) -> None:
    write_file("config/land.yaml", "extends: policy.yaml\n")
    assert complaint("extends: land.yaml\n") == (
        "config/land.yaml",
        1,
        10,
        "This policy extends itself. Take the line out.",
    )


def test_registers_are_read_with_days_and_hours(policy: Said) -> None:
    registers = policy(
        "registers:\n"
        "  office_holders: [{name: Erika Mustermann, role: Landrätin, candidate: true}]\n"
        "  staff: [{name: Lena Beispielhaft, consent: Mappe 7}]\n"
        "  elections:\n"
        "    - {name: Kreistagswahl, day: 2027-04-25, from: 2027-01-25, candidates: [Max Beispiel]}\n"
        "    - {name: Stichwahl, day: 2027-05-31}\n"
        '  hours: {mon-tue: "08:00-12:00, 13:00-16:00", fri: "08:00-13:00"}\n'
    ).registers
    assert registers.office_holders == (OfficeHolder("Erika Mustermann", "Landrätin", candidate=True),)
    assert registers.staff == (StaffMember("Lena Beispielhaft", "Mappe 7"),)
    assert registers.elections == (
        Election("Kreistagswahl", date(2027, 4, 25), date(2027, 1, 25), ("Max Beispiel",)),
        Election("Stichwahl", date(2027, 5, 31), date(2027, 2, 28)),
    )
    both = (Span(time(8), time(12)), Span(time(13), time(16)))
    assert registers.hours == {0: both, 1: both, 4: (Span(time(8), time(13)),)}


def test_the_phase_before_an_election_ends_with_its_day(policy: Said) -> None:
    registers = policy("registers: {elections: [{name: a, day: 2027-04-25, from: 2027-01-25}]}\n").registers
    inside = [date(2027, 1, 25), date(2027, 3, 1), date(2027, 4, 25)]
    assert [registers.election_on(day) is not None for day in inside] == [True, True, True]
    assert registers.election_on(date(2027, 1, 24)) is None
    assert registers.election_on(date(2027, 4, 26)) is None


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2026-08-30", "2026-05-30"),
        ("2028-05-31", "2028-02-29"),
        ("2027-01-31", "2026-10-31"),
        ("2027-03-28", "2026-12-28"),
    ],
)
def test_without_a_first_day_the_phase_begins_three_months_before(policy: Said, day: str, first: str) -> None:
    (election,) = policy(f"registers: {{elections: [{{name: a, day: {day}}}]}}\n").registers.elections
    assert election.start == date.fromisoformat(first)


def test_registers_of_several_files_add_up(policy: Said, write_file: WriteFile) -> None:
    write_file("config/land.yaml", "registers: {domains: [land.example], hours: {mon: '08:00-16:00'}}\n")
    registers = policy("extends: land.yaml\nregisters: {domains: [amt.example, land.example]}\n").registers
    assert registers.domains == ("land.example", "amt.example")
    assert list(registers.hours) == [0]


def test_every_rule_explains_exactly_its_options() -> None:
    from kanal.rules import parameters

    for rule in discover():
        assert set(rule.page.options) == set(parameters(rule.id)), rule.id
