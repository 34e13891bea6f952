from collections.abc import Callable

import pytest

from kanal.config import Project
from kanal.limits import Limits
from kanal.model import Severity
from kanal.platforms import adapter_class
from kanal.platforms import names as platform_names
from kanal.rules import Rule, discover, names
from tests.rules.examples import Example, examples, findings

LoadProject = Callable[[], Project]
OF_DRAFTS = [rule for rule in discover() if rule.check]
ALL = [example for rule in OF_DRAFTS for example in examples(rule)]


def _name(example: Example) -> str:
    return f"{example.rule}-{'good' if example.good else 'bad'}"


@pytest.mark.parametrize("example", [one for one in ALL if one.good], ids=_name)
def test_a_good_example_draws_no_finding_of_its_rule(example: Example, load_project: LoadProject) -> None:
    found = findings(example, load_project())
    assert [str(finding.message) for finding in found if finding.rule == example.rule] == []


@pytest.mark.parametrize("example", [one for one in ALL if not one.good], ids=_name)
def test_a_bad_example_draws_a_finding_inside_the_file(example: Example, load_project: LoadProject) -> None:
    found = [finding for finding in findings(example, load_project()) if finding.rule == example.rule]
    assert found
    lines = example.text.splitlines()
    for finding in found:
        assert str(finding.message)
        assert finding.field
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1])


@pytest.mark.parametrize("rule", OF_DRAFTS, ids=lambda rule: rule.id)
def test_every_rule_has_a_good_and_a_bad_example_and_a_word_on_why(rule: Rule) -> None:
    assert {example.good for example in examples(rule)} == {True, False}
    assert len(rule.manual.split("Good:")[0].split()) > 10


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
