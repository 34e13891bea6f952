"""The keys of a template file and of `questions.yaml`, and the sentence for whoever got it wrong.

What a template's `draft:` may hold follows from the keys of drafts, so that the two cannot drift apart: the same keys,
none of them required, and text with places wherever a draft has text.
"""

import re
from typing import Any

from kanal.draft_fields import DRAFT, FILE, WORDS
from kanal.drafting.questions import Kind
from kanal.message import msg
from kanal.schema import SWITCH, TEXT, Form, Schema, checked, either, group, key, list_of, maybe, one_of, refuse

_NAME = re.compile("[a-z][a-z0-9_]*")
RESERVED = ("id",)
"""Headings of lists that are no questions."""
_MADE = ("id", "channels", "approval", "waivers")
"""Keys of a draft that no template can know."""


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise refuse(msg("A question is named with a-z, 0-9 and _, like “ends” or “tree_number”."))
    if value in RESERVED:
        raise refuse(msg("“{name}” means something else in lists. Choose another name.", name=value))
    return value


def _with_places(schema: Schema) -> Schema:
    """A draft's schema with text in place of whatever is checked, and nothing required."""
    kind = schema["type"]
    if kind in {"function-after", "default", "nullable"}:
        return _with_places(schema["schema"])
    if kind == "typed-dict":
        return group({name: _field(field) for name, field in schema["fields"].items()})
    if kind == "list":
        return {**schema, "items_schema": _with_places(schema["items_schema"]), "min_length": 0}
    if kind == "dict":
        return {**schema, "values_schema": _with_places(schema["values_schema"])}
    return schema


def _field(field: dict[str, Any]) -> Schema:
    loose = maybe(_with_places(field["schema"]))
    return {**loose, "metadata": field.get("metadata", {})}


NAME = checked(TEXT, _name)
QUESTION = group(
    {
        "name": key(NAME, "What places, options and columns call it"),
        "ask": key(WORDS, "The question as people read it"),
        "kind": maybe(one_of(Kind), "What the answer must be", default="line"),
        "help": maybe(WORDS, "A sentence below the question"),
        "choices": maybe(list_of(WORDS, at_least=1), "The answers to choose from, for the kind choice"),
        "default": maybe(WORDS, "What is offered; may hold places of earlier questions"),
        "optional": maybe(SWITCH, "Whether it may be left without an answer", default=False),
        "only_with": maybe(NAME, "Asked only where that question has an answer"),
        "headings": maybe(list_of(WORDS), "Other words for it at the head of a column", default=[]),
    }
)
QUESTIONS = Form(group({"questions": key(list_of(QUESTION), "Questions that several templates ask")}))
_WHOLE: Any = DRAFT.schema
TEMPLATE = Form(
    group(
        {
            "about": key(WORDS, "What the template is for, in one line"),
            "title": key(WORDS, "What id and file are named after"),
            "folder": maybe(FILE, "The folder below posts/ in which drafts are put"),
            "questions": key(
                list_of(either(NAME, QUESTION), at_least=1),
                "Questions, or names of those in questions.yaml, in the order in which they are asked",
            ),
            "draft": key(
                group({name: _field(field) for name, field in _WHOLE["fields"].items() if name not in _MADE}),
                "The keys of the draft, with places for answers",
            ),
        }
    )
)
