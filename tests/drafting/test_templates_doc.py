"""docs/templates.md names every key, kind, form and type, and its example is a template."""

import re

import pytest

from kanal.drafting.questions import FORMS, Kind
from kanal.drafting.shelf import SHARED, SHIPPED
from kanal.drafting.template import FACTS, questions_from, template_from
from kanal.drafting.template_fields import TEMPLATE
from kanal.yaml12 import parse, read
from tests.documents import ROOT, marked

DOCUMENT = "docs/templates.md"
TEXT = (ROOT / DOCUMENT).read_text(encoding="utf-8")


def section(title: str) -> str:
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


@pytest.mark.parametrize(("title", "path"), [("Templates of your own", ""), ("questions", "questions[0]")])
def test_the_tables_name_every_key_in_order(title: str, path: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", section(title), re.MULTILINE)
    assert rows == list(TEMPLATE.keys_at(path))


def test_every_type_is_listed() -> None:
    listed = re.findall(r"^\| (`.*?`) \|", section("Templates"), re.MULTILINE)
    assert set(re.findall(r"`([\w-]+)`", " ".join(listed))) == {
        path.stem for path in (SHIPPED / "de").glob("*.yaml") if path.stem != SHARED
    }


def test_kinds_forms_and_facts_are_named() -> None:
    places = section("Places")
    assert all(f"`{form}`" in places for forms in FORMS.values() for form in forms)
    assert all(f"`{{{fact}}}`" in places for fact in FACTS)
    assert all(f"`{kind}`" in section("questions") for kind in Kind)


def test_the_example_is_a_template() -> None:
    document = parse(marked(DOCUMENT, "example")["template"], "konzert.yaml")
    shared = questions_from(read(SHIPPED / "de" / f"{SHARED}.yaml", "questions.yaml"))
    assert shared
    template = template_from(document, "konzert", "de", shared)
    assert template, document.findings
    assert template.folder == "veranstaltungen"
