"""The register of rules, and the contract that each keeps: one file, one function, its docstring the manual page.

`rules/<family>/<rule>.py` holds a function `check`, marked with `@rule`. Its id follows from where it lies
(`platform/text-length`), its options are its keyword-only parameters. A docstring says what and why, names the
`Source:`, and carries `Good:` and `Bad:` drafts that a test executes. A rule names fields; the engine (`kanal.lint`)
adds file, line, column and severity. No rule reads a network.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from enum import Enum, auto
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from kanal.config.options import Parameter
from kanal.message import Message
from kanal.model import Place, Problem, Severity
from kanal.rules.index import INDEX
from kanal.rules.subject import Passage, Sort, Subject, Summary

if TYPE_CHECKING:
    from kanal.rules.manual import Manual

__all__ = [
    "Card",
    "LooksAt",
    "Passage",
    "Rule",
    "Sort",
    "Subject",
    "Summary",
    "card",
    "channel_rule",
    "discover",
    "file_rule",
    "find",
    "folder_rule",
    "history_rule",
    "names",
    "papers_rule",
    "parameters",
    "rule",
]

Level = Literal["error", "warning", "info"]
Check = Callable[..., Iterator[Problem]]
FileCheck = Callable[[str], Iterator[tuple[Place, Message]]]


class LooksAt(Enum):
    """What a rule is called with."""

    DRAFT = auto()
    CHANNEL = auto()
    PAPERS = auto()
    FOLDER = auto()
    HISTORY = auto()
    FILE = auto()


class Rule(NamedTuple):
    """One registered rule.

    `looks_at` tells what `check` is called with: a `Subject`, a `Subject` and what git tells about its approval, one
    channel and today's date, the `Papers` behind real channels, the `Summary` of every draft and the time, or the raw
    text of any tracked file. A rule `before_publishing` concerns what is about to go out, not what is still being
    written; a `last` one sees what the waivers silenced; one with a trait in `when` never finds anything in drafts
    without it (`kanal.rules.traits`). What a `personal` one finds belongs to somebody, and is not quoted in logs.
    """

    id: str
    severity: Severity
    manual: str
    check: Callable[..., Any]
    looks_at: LooksAt = LooksAt.DRAFT
    before_publishing: bool = False
    last: bool = False
    personal: bool = False
    when: str = ""

    @property
    def family(self) -> str:
        """The first half of its id."""
        return self.id.partition("/")[0]

    @property
    def page(self) -> "Manual":
        """Its manual page in parts."""
        from kanal.rules.manual import manual_of

        return manual_of(self.manual)


class Card(NamedTuple):
    """What must be known of a rule before it is loaded; as in `Rule`."""

    id: str
    severity: Severity
    looks_at: LooksAt
    before_publishing: bool
    last: bool
    when: str


def rule(
    severity: Level,
    *,
    when: str = "",
    before_publishing: bool = False,
    last: bool = False,
    personal: bool = False,
) -> Callable[[Check], Rule]:
    """Register the decorated function `(Subject, *, options) -> Iterator[Problem]` as the rule of its module."""

    def register(check: Check) -> Rule:
        flags = {"before_publishing": before_publishing, "last": last, "personal": personal}
        return _rule(severity, check, LooksAt.DRAFT, when, **flags)

    return register


def history_rule(severity: Level, *, before_publishing: bool = False) -> Callable[[Check], Rule]:
    """As `rule`, for a function `(Subject, History, *, options)` about a draft that carries an approval.

    It is called for what may still go out, and never kept in the cache: its answer changes with git's history.
    """
    return lambda check: _rule(severity, check, LooksAt.HISTORY, before_publishing=before_publishing)


def channel_rule(severity: Level) -> Callable[[Check], Rule]:
    """As `rule`, for a function `(Channel, date, *, options)` that looks at one channel's configuration."""
    return lambda check: _rule(severity, check, LooksAt.CHANNEL)


def papers_rule(severity: Level) -> Callable[[Callable[..., Iterator[tuple[str, Problem]]]], Rule]:
    """As `rule`, for a function `(Papers, *, options)` about concept and netiquette, once there is a real channel.

    It names the file of each problem; a problem without a field says by its span where it stands in the file's text.
    """
    return lambda check: _rule(severity, check, LooksAt.PAPERS)


def folder_rule(
    severity: Level,
) -> Callable[[Callable[..., Iterator[tuple[Summary, Problem]]]], Rule]:
    """As `rule`, for a function `(Sequence[Summary], datetime, *, options)` that holds drafts against each other."""
    return lambda check: _rule(severity, check, LooksAt.FOLDER)


def file_rule(severity: Level) -> Callable[[FileCheck], Rule]:
    """As `rule`, for a function that looks at a whole file's text."""
    return lambda check: _rule(severity, check, LooksAt.FILE)


def _rule(severity: str, check: Callable[..., Any], looks_at: LooksAt, when: str = "", **flags: bool) -> Rule:
    family, name = check.__module__.split(".")[-2:]
    found = f"{family}/{name}".replace("_", "-")
    return Rule(found, Severity(severity), check.__doc__ or "", check, looks_at, when=when, **flags)


@cache
def names() -> tuple[str, ...]:
    """The ids of all rules, sorted, without importing them."""
    found = (
        f"{family}/{file.removesuffix('.py')}".replace("_", "-")
        for family in _listed(__path__[0])
        if "." not in family
        for file in _listed(f"{__path__[0]}/{family}")
        if file.endswith(".py")
    )
    return tuple(sorted(found))


def _listed(folder: str) -> list[str]:
    # Strings: `Path.glob` takes a commit hook longer than reading its draft.
    with os.scandir(folder) as found:
        return [item.name for item in found if not item.name.startswith("_")]


@cache
def find(name: str) -> Rule:
    """The rule of that id, which must exist."""
    found: Rule = import_module(f"{__name__}.{name.replace('-', '_').replace('/', '.')}").check
    return found


@cache
def card(name: str) -> Card:
    """What the index says about the rule of that id; of one that it does not know yet, the rule itself."""
    found = INDEX.get(name)
    if found:
        severity, looks_at, before_publishing, last, when = found
        return Card(name, Severity(severity), LooksAt[looks_at], before_publishing, last, when)
    rule = find(name)
    return Card(rule.id, rule.severity, rule.looks_at, rule.before_publishing, rule.last, rule.when)


@cache
def discover() -> tuple[Rule, ...]:
    """All rules, in the order of their ids."""
    return tuple(find(name) for name in names())


@cache
def parameters(name: str) -> Mapping[str, Parameter]:
    """The options of a rule."""
    # As `inspect.signature` tells it; but `inspect` takes a commit hook longer to load than all drafts to read.
    check = find(name).check
    return {option: Parameter(check.__annotations__[option], of) for option, of in (check.__kwdefaults__ or {}).items()}
