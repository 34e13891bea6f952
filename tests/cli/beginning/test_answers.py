"""Answers are read the same way wherever they come from, and what is missing is named by its option."""

import pytest

from kanal.cli.beginning.answers import collected
from kanal.cli.beginning.question import Question
from kanal.cli.ci_files import System
from kanal.errors import UsageError

TOLD = {"office": "Amt Übersee", "land": "Bayern", "networks": "x, mastodon", "persons": "2", "forge": "keine"}


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("land", "Bayrn", "--land: There is no Land “Bayrn”. Did you mean “Bayern”?"),
        ("networks", "mastodn", "--networks: There is no network “mastodn”. Did you mean “mastodon”?"),
        ("persons", "viele", "--persons: “viele” is none of these: one, several."),
        ("forge", "gitea", "--forge: “gitea” is none of these: gitlab, github, forgejo, none."),
        ("language", "fr", "--language: “fr” is none of these: de, en."),
        ("office", " ", "--office: There is no text here."),
        ("office", "Amt\u200bÜbersee", "--office: There are invisible signs in this name. Type it anew."),
    ],
)
def test_an_option_that_cannot_be_read_is_named_with_what_is_wrong(name: str, wrong: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        collected({"language": "de", **TOLD, name: wrong}, {}, None)
    assert str(raised.value) == said


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(
        UsageError, match=r"missing: --language|missing: --office, --land, --networks, --persons, --forge\."
    ):
        collected({}, {"language": "de"}, None)


def test_what_is_told_goes_before_what_the_files_say() -> None:
    found = collected({**TOLD, "office": "Neu"}, {"language": "de", "office": "Alt", "forge": "github"}, None)
    assert (found.office, found.land, found.networks, found.several) == ("Neu", "BY", ("mastodon", "x"), True)
    assert (found.forge, found.state_authority, found.approvers, found.website) == (None, False, (), None)


def test_only_what_is_not_known_and_matters_is_asked() -> None:
    asked: list[str] = []

    def ask(question: Question) -> str:
        asked.append(question.name)
        return {"persons": "one", "forge": "github"}.get(question.name, "")

    found = collected({"office": "Amt", "land": "BB"}, {"language": "de", "networks": "x"}, ask)
    assert asked == ["persons", "website", "forge"]
    assert found.forge is System.GITHUB


def test_bavaria_is_asked_whether_it_is_the_state_and_several_who_approves() -> None:
    asked: list[str] = []

    def ask(question: Question) -> str:
        asked.append(question.name)
        return {"state-authority": "yes", "approvers": "Eva Muster,Jo Probe"}[question.name]

    found = collected({**TOLD, "website": ""}, {"language": "de"}, ask)
    assert asked == ["state-authority", "approvers"]
    assert (found.state_authority, found.approvers) == (True, ("Eva Muster", "Jo Probe"))
