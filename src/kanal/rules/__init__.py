"""The register of rules, and the contract that each keeps: one file, one function, its docstring the manual page.

`rules/<family>/<rule>.py` holds a function `check`, marked with `@rule`. Its id follows from where it lies
(`platform/text-length`). A docstring says what and why, names the source, and carries `Good:` and `Bad:` drafts that a
test executes. A rule names fields; the engine (`kanal.lint`) adds file, line, column and severity. No rule reads a
network.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal

from kanal.compose import Post
from kanal.config.office import Office
from kanal.message import Message
from kanal.model import Channel, Draft, Place, Problem, Severity

Check = Callable[["Subject"], Iterator[Problem]]
FileCheck = Callable[[str], Iterator[tuple[Place, Message]]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule sees: the draft, its posts on the channels that exist, and the office's registers."""

    draft: Draft
    posts: tuple[Post, ...]
    office: Office
    channels: Mapping[str, Channel]


@dataclass(frozen=True, slots=True)
class Rule:
    """One registered rule. `check` looks at drafts, `check_file` at the raw text of any tracked file."""

    id: str
    severity: Severity
    manual: str
    check: Check | None = None
    check_file: FileCheck | None = None


def rule(severity: Literal["error", "warning", "info"]) -> Callable[[Check], Rule]:
    """Register the decorated function as the rule of its module."""
    return lambda check: Rule(_id_of(check.__module__), Severity(severity), check.__doc__ or "", check=check)


def file_rule(severity: Literal["error", "warning", "info"]) -> Callable[[FileCheck], Rule]:
    """As `rule`, for a function that looks at a whole file's text."""
    return lambda check: Rule(_id_of(check.__module__), Severity(severity), check.__doc__ or "", check_file=check)


def _id_of(module: str) -> str:
    family, name = module.split(".")[-2:]
    return f"{family}/{name}".replace("_", "-")


@cache
def names() -> tuple[str, ...]:
    """The ids of all rules, sorted, without importing them."""
    found = []
    for family in pkgutil.iter_modules(__path__):
        folder = Path(__path__[0]) / family.name
        found += [f"{family.name}/{module.name}".replace("_", "-") for module in pkgutil.iter_modules([str(folder)])]
    return tuple(sorted(found))


@cache
def discover() -> tuple[Rule, ...]:
    """All rules, in the order of their ids."""
    modules = [name.replace("-", "_").replace("/", ".") for name in names()]
    return tuple(import_module(f"{__name__}.{module}").check for module in modules)
