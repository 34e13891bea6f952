"""Whatever is answered, the files that follow are valid, complete, in one language, and pass lint."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder
from hypothesis import given, settings
from hypothesis import strategies as st

from kanal import platforms, rules
from kanal.cli.beginning.answers import Answers
from kanal.cli.beginning.files import TEMPLATES, in_yaml, invented_channels, office_files
from kanal.cli.beginning.lands import LANDS
from kanal.cli.beginning.placing import Offer
from kanal.cli.beginning.reading import NETWORKS
from kanal.cli.ci_files import System
from kanal.config import Project, load
from kanal.config.channels import CHANNELS
from kanal.config.concept import CONCEPT
from kanal.config.office import OFFICE
from kanal.config.policy import POLICY
from kanal.detect.placeholders import placeholders
from kanal.draft_fields import DRAFT
from kanal.lint import lint
from kanal.schema import Form
from kanal.yaml12 import parse
from tests.documents import ROOT

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
FORMS = {"kanal": OFFICE, "channels": CHANNELS, "policy": POLICY, "concept": CONCEPT}
LANGUAGES = ("de", "en")
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(
    lambda text: text.isprintable() and text == " ".join(text.split())
)
ANSWERS = st.builds(
    Answers,
    office=NAMES
    | st.sampled_from(["Landkreis Musterland", "Amt Süd: Presse", "no", "#1", "12", "Stadt [Name]", "@x", "- a"]),
    language=st.sampled_from(LANGUAGES),
    land=st.sampled_from([*LANDS, None]),
    networks=st.sets(st.sampled_from(NETWORKS), min_size=1).map(lambda some: tuple(n for n in NETWORKS if n in some)),
    several=st.booleans(),
    forge=st.sampled_from([*System, None]),
    state_authority=st.booleans(),
    website=st.sampled_from([None, "www.musterstadt.de", "münster.example"]),
    approvers=st.lists(NAMES.filter(lambda name: "," not in name), max_size=2, unique=True).map(tuple),
)
USUAL = Answers("Landkreis Musterland", "de", "BB", NETWORKS, several=True, forge=System.GITLAB)


def offers(answers: Answers) -> list[Offer]:
    return list(office_files(answers, invented_channels(answers)))


def written(answers: Answers, folder: Path) -> Project:
    """The office in a folder."""
    for offer in offers(answers):
        path = folder / offer.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(offer.content if isinstance(offer.content, bytes) else offer.content.encode())
    return load(folder, platforms.names(), rules)


def texts(answers: Answers) -> Mapping[str, str]:
    return {offer.file: offer.content for offer in offers(answers) if isinstance(offer.content, str)}


@settings(max_examples=80)
@given(ANSWERS)
def test_an_office_of_any_answers_passes_lint_and_is_as_it_was_answered(answers: Answers) -> None:
    with TemporaryDirectory() as folder:
        project = written(answers, Path(folder))
        found = lint(project, NOW, None)
        assert [(one.file, one.rule, str(one.message)) for one in found.findings] == []
        assert found.folder.total == 1
    assert (project.office.name, project.office.language, project.office.state) == (
        answers.office,
        answers.language,
        answers.land,
    )
    assert tuple(project.channels) == answers.networks
    assert not any(channel.live for channel in project.channels.values())
    assert project.policy.registers.approvers == answers.approvers
    assert project.policy.options_of("approval/own-draft").get("solo", False) is not answers.several
    signs = project.policy.options_of("language/gender-signs").get("profile")
    assert (signs == "forbidden") is answers.state_authority
    assert project.concept is not None
    assert tuple(project.concept.hours_of) == answers.networks


@cache
def schema_of(form: Form) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(form.json_schema())


@settings(max_examples=40)
@given(ANSWERS)
def test_the_files_of_any_answers_fit_the_schemas_that_editors_get(answers: Answers) -> None:
    for file, text in texts(answers).items():
        if file.startswith(("config/", "posts/")) and file.endswith(".yaml"):
            form = FORMS.get(Path(file).stem, DRAFT)
            schema_of(form).validate(parse(text, file).value)
        elif file.endswith((".yaml", ".yml")):
            assert yaml.safe_load(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("networks", [(name,) for name in NETWORKS])
def test_each_network_alone_will_do(language: str, networks: tuple[str, ...], tmp_path: Path) -> None:
    answers = Answers("Amt", language, "BE", networks, several=False, forge=None)
    assert lint(written(answers, tmp_path), NOW, None).findings == ()


def keys_of(form: Form, path: str = "") -> Iterator[str]:
    """Every key of a file, but for names that are free."""
    for name, schema in form.keys_at(path).items():
        yield name
        below = f"{path}.{name}".lstrip(".")
        kind: Any = schema
        while kind["type"] in {"function-after", "default", "nullable"}:
            kind = kind["schema"]
        step = {"list": "[0]", "dict": ".any"}.get(kind["type"], "")
        yield from keys_of(form, f"{below}{step}")


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_stands_in_the_file_or_is_explained_there(name: str, language: str) -> None:
    text = texts(USUAL if language == "de" else Answers("Office", "en", None, NETWORKS, several=False, forge=None))
    found = text[f"config/{name}.yaml"]
    shown = set(re.findall(r"(?m)(?:^[# -]*|[{,] ?)(\w+):|^#[ ]+(\w+)  ", found))
    named = {one for pair in shown for one in pair}
    rule_settings = {"severity", "options"}
    assert set(keys_of(FORMS[name])) - named - rule_settings == set()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_its_comment_right_before_it(name: str, language: str) -> None:
    answers = Answers("Amt", language, "BB", ("mastodon",), several=True, forge=None)
    lines = texts(answers)[f"config/{name}.yaml"].splitlines()
    keys = "|".join(keys_of(FORMS[name]))
    top = [number for number, line in enumerate(lines) if re.match(rf"(?:# )?(?:{keys}):", line)]
    explained = "\n".join(lines)
    for number in top:
        if name == "channels":
            assert re.search(r"(?m)^#   live  ", explained)
        else:
            assert lines[number - 1].startswith("#"), lines[number]


FREE_NAMES = {"feuerwehr", "event", "mastodon", "netiquette/shouting", "api"}
"""Keys in the examples that an office chooses."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMS)
def test_what_is_commented_out_is_valid_once_it_is_put_in(name: str, language: str) -> None:
    answers = Answers("Amt", language, "BB", NETWORKS, several=True, forge=None)
    keys = "|".join(map(re.escape, {*keys_of(FORMS[name]), *FREE_NAMES}))
    value = re.compile(rf"(?m)^( *)# ( *(?:- )?(?:(?:{keys}):(?: |$)|\{{).*)$")
    text = value.sub(r"\1\2", texts(answers)[f"config/{name}.yaml"])
    text = re.sub(r"(?m)^(  \w+:)(.*\n(?:.*\n){0,6})\1 (?:\[\]|\{\})\n", r"\1\2", text)  # examples of what is empty
    document = parse(text, f"{name}.yaml")
    assert [str(one.message) for one in document.findings] == []
    schema_of(FORMS[name]).validate(document.value)


def test_concept_and_netiquette_are_marked_where_there_is_something_to_fill_in() -> None:
    for language in LANGUAGES:
        found = texts(Answers("Amt", language, None, ("x",), several=True, forge=None))
        assert len(list(placeholders(found["config/netiquette.md"]))) == 7
        assert len(list(placeholders(found["config/concept.yaml"]))) == 12


def test_both_languages_have_the_same_templates_and_all_are_in_the_wheel() -> None:
    german, english = (
        {file.relative_to(TEMPLATES / language).as_posix() for file in (TEMPLATES / language).rglob("*.*")}
        | {file.name for file in (TEMPLATES / language).iterdir() if file.is_file()}
        for language in LANGUAGES
    )
    assert german == english
    packed = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert {f"kanal/templates/office/{language}/{name}" for language in LANGUAGES for name in german} <= packed


def test_the_hook_of_an_office_in_a_larger_repository_names_its_folder() -> None:
    found = {
        offer.file: offer.content for offer in office_files(USUAL, invented_channels(USUAL), folder="Büro 1/kanal")
    }
    [hook] = yaml.safe_load(found[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    assert hook["entry"] == "kanal --project 'Büro 1/kanal' lint"
    assert re.match(hook["files"], "Büro 1/kanal/posts/a.yaml")
    assert "Büro 1/kanal/config/kanal.yaml" in found
    assert ".gitlab/kanal.yml" in found


@given(NAMES)
def test_any_name_is_itself_in_yaml(name: str) -> None:
    assert parse(f"a: {in_yaml(name)}\nb: [{in_yaml(name)}]\n", "").value == {"a": name, "b": [name]}
