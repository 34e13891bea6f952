"""The packs that kanal brings along: readable, with rules and options that exist, and as strict as they say."""

import pytest

from kanal import rules
from kanal.config.policy import PACKS, Policy, policy_from
from kanal.detect.official import is_official
from kanal.model import Severity
from kanal.rules import find

ORDER = [Severity.INFO, Severity.WARNING, Severity.ERROR]


def _policy(pack: str) -> Policy:
    policy, findings = policy_from(PACKS / f"{pack}.yaml", pack, rules)
    assert [str(finding.message) for finding in findings] == []
    assert policy is not None
    return policy


@pytest.mark.parametrize("pack", sorted(file.stem for file in PACKS.glob("*.yaml")))
def test_every_pack_names_rules_and_options_that_exist_and_brings_the_registers_of_default(pack: str) -> None:
    assert "NINA" in _policy(pack).registers.abbreviations


@pytest.mark.parametrize("number", ["0800 111 0 111", "0800/1110222", "0800 111 05 50", "08000 116016", "0800 1239900"])
def test_help_lines_for_the_whole_country_may_be_named(number: str) -> None:
    assert is_official(number, _policy("default").registers.contacts)


def test_the_strict_pack_makes_each_rule_that_it_names_more_severe_and_silences_none() -> None:
    settings = _policy("strict").settings
    assert len(settings) > 20
    for name, setting in settings.items():
        assert not setting.off
        assert setting.severity is not None
        assert ORDER.index(setting.severity) > ORDER.index(find(name).severity), name


def test_bavaria_forbids_signs_inside_words_and_leaves_the_slash() -> None:
    assert _policy("bavaria-state").options_of("language/gender-signs") == {"profile": "forbidden", "slash": "allowed"}
    assert _policy("default").options_of("language/gender-signs") == {}
