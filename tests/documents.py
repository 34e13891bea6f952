"""Code blocks out of the documentation, so that tests run what people read."""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[1]

_BLOCK = re.compile(
    r"(?:^ *<!-- (?P<mark>[^\n]*?) -->\n)?^ *```(?P<language>\w*)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, the comment right above it (`""` if there is none), and what it holds."""

    language: str
    mark: str
    text: str


def blocks(document: str) -> list[Block]:
    """The fenced blocks of a document, named by its path in the project, in order."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [Block(found["language"], found["mark"] or "", dedent(found["text"])) for found in _BLOCK.finditer(text)]


def anchors(document: Path) -> set[str]:
    """The anchors that GitHub and GitLab give to the headings of a document."""
    text = _BLOCK.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def marked(document: str, mark: str) -> dict[str, str]:
    """The blocks under a comment `<!-- MARK: NAME -->`, by name."""
    start = f"{mark}: "
    return {block.mark.removeprefix(start): block.text for block in blocks(document) if block.mark.startswith(start)}
