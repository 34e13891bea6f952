"""A waiver silences exactly one rule in one draft, and only as long as there is something to silence."""

from collections.abc import Callable

import pytest

from kanal.drafts import parse_draft
from kanal.lint.hits import Verdict
from kanal.lint.inspecting import Inspector
from tests.conftest import LoadProject
from tests.rules.examples import NOW

Judge = Callable[[str], Verdict]
LOUD = "id: a\nchannels: [mastodn]\ntext: DAS BÜRGERBÜRO BLEIBT HEUTE LEIDER GESCHLOSSEN.\n"
WAIVER = "waivers:\n  - {{rule: {}, reason: So steht es auf dem Schild, name: Kim Muster}}\n"


@pytest.fixture
def judge(load_project: LoadProject) -> Judge:
    """What the rules say about a draft's text."""

    def run(text: str) -> Verdict:
        project = load_project()
        draft, findings = parse_draft(text, "posts/a.yaml", project.setting)
        assert findings == []
        assert draft is not None
        return Inspector(project, NOW).verdict(draft, text)

    return run


def _rules(verdict: Verdict) -> list[str]:
    return [hit.active.rule.id for hit in verdict.hits]


def test_a_waiver_silences_its_rule_and_no_other(judge: Judge) -> None:
    assert _rules(judge(LOUD)) == ["netiquette/shouting", "references/channel"]
    verdict = judge(LOUD + WAIVER.format("netiquette/shouting"))
    assert _rules(verdict) == ["references/channel"]
    [silenced] = verdict.silenced
    assert (silenced.waiver.rule, silenced.waiver.name, silenced.findings) == ("netiquette/shouting", "Kim Muster", 1)
    assert (silenced.place.line, silenced.place.column) == (5, 5)


def test_a_waiver_that_silences_nothing_is_itself_a_finding(judge: Judge) -> None:
    verdict = judge("id: a\nchannels: [mastodon]\ntext: Leise.\n" + WAIVER.format("netiquette/shouting"))
    assert _rules(verdict) == ["waivers/unused"]
    assert verdict.hits[0].stretch.place.line == 5
    assert verdict.silenced == ()


@pytest.mark.parametrize("rule", ["netiquette", "netiquette/*", "netiquette/shoutin", "format/yaml"])
def test_neither_families_nor_unknown_rules_can_be_waived(judge: Judge, rule: str) -> None:
    assert sorted(_rules(judge(LOUD + WAIVER.format(f"'{rule}'")))) == [
        "netiquette/shouting",
        "references/channel",
        "references/waiver",
    ]


def test_the_finding_about_an_unused_waiver_cannot_be_waived_by_one_more(judge: Judge) -> None:
    text = "id: a\nchannels: [mastodon]\ntext: Leise.\n" + WAIVER.format("waivers/unused")
    assert _rules(judge(text)) == ["waivers/unused"]


def test_a_waiver_of_what_is_asked_before_publishing_is_not_called_unused_while_writing(judge: Judge) -> None:
    text = "id: a\nchannels: [mastodon]\ntext: Leise.\n" + WAIVER.format("approval/missing")
    assert _rules(judge(text)) == []
