"""JSON Schemas in the office's folder, so that editors check drafts and templates while somebody types.

The YAML extension of VS Code (and every editor that speaks to yaml-language-server) reads the first line of a file:
`# yaml-language-server: $schema=` and a path from that file
(https://github.com/redhat-developer/yaml-language-server#using-inlined-schema). It knows JSON Schema up to draft 7. The
files lie in `config/schema/` and belong into git: colleagues without kanal need them, too, and nothing is downloaded.
"""

import json
import os
from pathlib import Path
from typing import Any

from kanal.draft_fields import DRAFT
from kanal.drafting.template_fields import QUESTIONS, TEMPLATE
from kanal.schema import Form

FOLDER = "config/schema"
FORMS = {"draft": DRAFT, "template": TEMPLATE, "questions": QUESTIONS}
DRAFT_7 = "http://json-schema.org/draft-07/schema#"


def schema_line(root: Path, file: Path, name: str) -> str:
    """The first line of `file`, by which editors find the schema."""
    return f"# yaml-language-server: $schema={_from(file.parent, root / FOLDER / f'{name}.json')}\n"


def keep_schema(root: Path, name: str) -> Path | None:
    """Write the schema where it is missing or of another version; its path if it was written. Raises `OSError`."""
    path = root / FOLDER / f"{name}.json"
    text = schema_text(FORMS[name])
    if path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def schema_text(form: Form) -> str:
    """A form as a JSON Schema of draft 7."""
    found: dict[str, Any] = {"$schema": DRAFT_7, **form.json_schema()}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _from(folder: Path, file: Path) -> str:
    return Path(os.path.relpath(file, folder)).as_posix()
