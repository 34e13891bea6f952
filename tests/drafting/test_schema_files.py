"""What editors get: JSON Schemas of draft 7, which yaml-language-server knows, that accept what kanal accepts."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kanal.drafting.schema_files import FORMS, keep_schema, schema_line, schema_text
from kanal.drafting.shelf import SHARED, SHIPPED
from kanal.yaml12 import parse, read
from tests.documents import ROOT

SHIPPED_FILES = sorted(SHIPPED.rglob("*.yaml"))


def schema(name: str) -> Any:
    import json

    return json.loads(schema_text(FORMS[name]))


@pytest.mark.parametrize("name", FORMS)
def test_a_schema_is_one_of_draft_7(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema(name))


def test_shipped_templates_and_sample_drafts_are_accepted() -> None:
    validators = {name: jsonschema.Draft7Validator(schema(name)) for name in FORMS}
    for file in SHIPPED_FILES:
        name = "questions" if file.stem == SHARED else "template"
        validators[name].validate(read(file, file.name).value)
    for file in (ROOT / "posts").rglob("*.yaml"):
        validators["draft"].validate(read(file, file.name).value)


@pytest.mark.parametrize(
    "change",
    [("about:", "abuot:"), ("type: event", "type: evnt"), ("kind: day", "kind: date"), ("  text: |", "  txt: |")],
)
def test_a_template_with_a_mistake_is_refused(change: tuple[str, str]) -> None:
    text = (SHIPPED / "de" / "event.yaml").read_text(encoding="utf-8").replace(*change, 1)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema("template")).validate(parse(text, "event.yaml").value)


def test_the_first_line_leads_from_any_folder_to_the_schema(tmp_path: Path) -> None:
    keep_schema(tmp_path, "draft")
    for folder in ("posts", "posts/verkehr/süd"):
        file = tmp_path / folder / "a.yaml"
        path = schema_line(tmp_path, file, "draft").strip().partition("$schema=")[2]
        assert (file.parent / path).resolve() == (tmp_path / "config" / "schema" / "draft.json").resolve()
