"""The drafts in the docstrings of rules: found, filled in, checked. Not a test itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc  # Python 3.13 takes the indentation away by itself
from textwrap import dedent

from kanal.config import Project
from kanal.drafts import parse_draft
from kanal.lint import lint_draft
from kanal.model import Finding
from kanal.rules import Rule

_BLOCK = re.compile(r"^(Good|Bad):\n((?: {4,}.*\n|\n)+)", re.MULTILINE)
LONG_TEXT = "Lang " * 320
"""What stands for the word LONG in an example: 1,600 characters."""


@dataclass(frozen=True, slots=True)
class Example:
    """A draft that a rule finds fault with, or not."""

    rule: str
    good: bool
    text: str


def examples(rule: Rule) -> Iterator[Example]:
    """The drafts of a rule's manual, in order."""
    for word, block in _BLOCK.findall(f"{cleandoc(rule.manual)}\n"):
        yield Example(rule.id, word == "Good", re.sub(r"\bLONG\b", f"{LONG_TEXT[:-1]}.", dedent(block)))


def findings(example: Example, project: Project) -> list[Finding]:
    """What all rules say about the example, as if it lay in the project's folder."""
    draft, problems = parse_draft(example.text, "posts/example.yaml", project.setting)
    assert problems == []
    assert draft is not None
    return list(lint_draft(draft, project))
