"""docs/architecture.md names the layers that import-linter enforces, and only modules that exist."""

import re
from configparser import ConfigParser
from importlib.util import find_spec

from tests.documents import ROOT, blocks


def _documented() -> list[str]:
    [listed] = [block.text for block in blocks("docs/architecture.md") if block.mark == "layers"]
    return [re.split(r" {2,}", line)[0] for line in listed.splitlines()]


def test_the_layers_are_those_that_are_enforced() -> None:
    rules = ConfigParser()
    rules.read(ROOT / ".importlinter", encoding="utf-8")
    assert _documented() == rules["importlinter:contract:layers"]["layers"].split("\n")[1:]


def test_every_module_that_is_named_exists() -> None:
    named = [module for line in _documented() for module in line.split(" : ")]
    assert [module for module in named if find_spec(module) is None] == []
