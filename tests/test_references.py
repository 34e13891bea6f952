"""Comments, messages and documents name only documents of the project, and only headings that are in them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.documents import ROOT, anchors

FOLDERS = (".ci", "bench", "config", "docs", "posts", "requirements", "src", "tests")
SAMPLES = (ROOT / "tests" / "detect", ROOT / "tests" / "corpus")
"""Whatever a post might say; a name of a file in there is no reference."""
TEXTS = {"", ".css", ".html", ".in", ".md", ".po", ".py", ".toml", ".txt", ".yaml", ".yml"}
REFERENCE = re.compile(r"(?<![\w/.-])(?P<document>(?:\.\./|docs/)?[\w-]+\.md)(?P<anchors>(?:(?: and )?#[\w-]+)*)")
"""Several headings of one document are written `docs/networks.md#x-errors and #x-limits`."""


def _texts() -> Iterator[Path]:
    """The project's own text files but this one, whether or not git is there."""
    top = [file for file in ROOT.iterdir() if file.is_file()]
    below = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*") if file.is_file()]
    for file in sorted(top + below):
        made_up = any(file.is_relative_to(folder) for folder in SAMPLES)
        if file.suffix in TEXTS and file != Path(__file__) and not made_up:
            yield file


@cache
def _anchors(document: Path) -> set[str]:
    return anchors(document)


def _broken(text: str, folder: Path = ROOT) -> list[str]:
    """What `text`, from a file in `folder`, names and nobody finds: neither there, nor at the top, nor in docs/."""
    broken = []
    for reference in REFERENCE.finditer(text):
        name = reference["document"]
        found = [document for document in (folder / name, ROOT / name, ROOT / "docs" / name) if document.is_file()]
        if not found:
            broken.append(name)
            continue
        named = re.findall(r"#([\w-]+)", reference["anchors"])
        broken += [f"{name}#{anchor}" for anchor in named if anchor not in _anchors(found[0])]
    return broken


def test_every_document_and_heading_that_is_named_exists() -> None:
    texts = {file: file.read_text(encoding="utf-8", errors="replace") for file in _texts()}
    found = {str(file.relative_to(ROOT)): _broken(text, file.parent) for file, text in texts.items()}
    assert {file: broken for file, broken in found.items() if broken} == {}
    assert sum(len(REFERENCE.findall(text)) for text in texts.values()) > 50


def test_a_missing_document_and_a_missing_heading_are_noticed() -> None:
    text = "see platforms.md §1, docs/networks.md#x-errors and #x-nowhere, docs/nothing.md, README.md#exit-codes"
    assert _broken(text) == ["platforms.md", "docs/networks.md#x-nowhere", "docs/nothing.md"]


def test_a_page_names_its_neighbours_from_where_it_lies() -> None:
    text = "(privacy.md#privacyiban), (nothing.md), ../networks.md#x-errors"
    assert _broken(text, ROOT / "docs" / "rules") == ["nothing.md"]
    assert _broken("(privacy.md#privacyiban)") == ["privacy.md"]
