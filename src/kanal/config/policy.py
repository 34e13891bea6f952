"""`config/policy.yaml`: which rules are on, how severe they are here, with which options, and the office's registers.

A policy may extend packs that kanal brings along and files in the repository; what is said later counts. It must not
know any single rule: the book of rules is handed in.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from kanal.config.options import Parameter, misfit
from kanal.config.registers import REGISTERS, Registers, registers_from
from kanal.draft_fields import WORDS
from kanal.message import NOTHING, Message, msg
from kanal.model import Finding, Place, Severity
from kanal.schema import ANYTHING, SWITCH, Form, by_name, check, either, group, list_of, maybe, one_of
from kanal.suggest import did_you_mean
from kanal.yaml12 import Document, read

PACKS = Path(__file__).parents[1] / "packs"
LEVELS = ("off", "info", "warning", "error")


class RuleBook(Protocol):
    """What a policy needs to know about the rules that exist."""

    def names(self) -> Collection[str]:
        """The ids of all rules."""
        ...

    def parameters(self, rule: str) -> Mapping[str, Parameter]:
        """The options that a rule takes, by name."""
        ...


class Setting(NamedTuple):
    """What a policy says about one rule; `origin` is the pack or file that says it."""

    origin: str
    severity: Severity | None = None
    off: bool = False
    options: Mapping[str, object] = MappingProxyType({})


class Policy(NamedTuple):
    """What the office decided about rules, all packs and files together, and its registers.

    With `adapt` kanal may convert and scale pictures to what each network takes.
    """

    settings: Mapping[str, Setting] = NOTHING
    registers: Registers = Registers()
    adapt: bool = False

    def severity_of(self, rule: str, default: Severity) -> Severity | None:
        """How severe findings of `rule` are, or None when it is switched off."""
        setting = self.settings.get(rule)
        if setting is None:
            return default
        return None if setting.off else setting.severity or default

    def options_of(self, rule: str) -> Mapping[str, object]:
        """The options of `rule` that differ from its own."""
        setting = self.settings.get(rule)
        return setting.options if setting else {}


RULE = either(
    one_of(LEVELS),
    group(
        {
            "severity": maybe(one_of(LEVELS), "How severe; without it, as the rule says"),
            "options": maybe(by_name(ANYTHING), "The rule's options; see kanal rules RULE", default={}),
        }
    ),
)
POLICY = Form(
    group(
        {
            "extends": maybe(
                either(WORDS, list_of(WORDS)),
                "Packs (default, strict, bavaria-state, solo-office) or files; without it, default",
            ),
            "rules": maybe(by_name(RULE), "By rule id; what is not named keeps the rule's own", default={}),
            "adapt": maybe(SWITCH, "Whether kanal converts and scales pictures to what each network takes (false)"),
            "registers": maybe(REGISTERS, "What the rules need to know about the office"),
        }
    )
)


def policy_from(file: Path, name: str, book: RuleBook) -> tuple[Policy | None, list[Finding]]:
    """The policy in `file` (`name` in findings) with everything it extends; or None, and every mistake.

    Without a file, the pack `default`.
    """
    reading = _Reading(book)
    if file.exists():
        reading.add(file, name, ())
    else:
        reading.add(PACKS / "default.yaml", "default", ())
    if reading.findings:
        return None, reading.findings
    return Policy(reading.settings, reading.registers, adapt=reading.adapt), []


class _Reading:
    """Adds up packs and files in the order in which they count."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self.settings: dict[str, Setting] = {}
        self.registers = Registers()
        self.adapt = False
        self.findings: list[Finding] = []

    def add(self, file: Path, name: str, within: tuple[Path, ...]) -> None:
        document = read(file, name)
        values = check(POLICY, document)
        if values is not None:
            extends = values["extends"]
            wanted = ["default"] if extends is None else [extends] if isinstance(extends, str) else extends
            if file.parent != PACKS or extends is not None:
                for index, other in enumerate(wanted):
                    where = f"extends[{index}]" if isinstance(extends, list) else "extends"
                    self._extend(other, where, document, (*within, file))
            for rule, said in values["rules"].items():
                self._set(rule, said, document)
            if values["adapt"] is not None:
                self.adapt = values["adapt"]
            if values["registers"]:
                self.registers = self.registers.with_more(registers_from(values["registers"]))
        self.findings += document.findings

    def _extend(self, wanted: str, where: str, document: Document, within: tuple[Path, ...]) -> None:
        place = document.places.get(where, Place(1, 1))
        if "/" not in wanted and not wanted.endswith((".yaml", ".yml")):
            file, name, missing = PACKS / f"{wanted}.yaml", wanted, _no_pack
        else:
            file, missing = within[-1].parent / wanted, _no_file
            name = normpath(join(dirname(document.file), wanted))
        if not file.is_file():
            document.object_to("references/policy", place, missing(wanted), where)
        elif file.resolve() in {before.resolve() for before in within}:
            document.object_to("references/policy", place, msg("This policy extends itself. Take the line out."), where)
        else:
            self.add(file, name, within)

    def _set(self, rule: str, said: Any, document: Document) -> None:
        path = f"rules.{rule}"
        if rule not in self._book.names():
            self._unknown(rule, path, document)
            return
        level, options = (said, {}) if isinstance(said, str) else (said["severity"], said["options"])
        before = self.settings.get(rule, Setting(""))
        known = self._book.parameters(rule) if options else {}
        for option in options:
            problem = misfit(option, options[option], known)
            if problem:
                at = document.places.get(f"{path}.options.{option}", Place(1, 1))
                document.object_to("references/option", at, problem, f"{path}.options.{option}")
        fitting = {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
        self.settings[rule] = Setting(
            origin=document.file,
            severity=before.severity if level in {None, "off"} else Severity(level),
            off=before.off if level is None else level == "off",
            options={**before.options, **fitting},
        )

    def _unknown(self, rule: str, path: str, document: Document) -> None:
        place = document.places.get(f"{path}:key", Place(1, 1))
        family = rule.rstrip("/*")
        if rule.startswith("format/"):
            complaint = msg("“{rule}” is always an error: what cannot be read cannot be sent.", rule=rule)
        elif any(name.startswith(f"{family}/") for name in self._book.names()):
            complaint = msg(
                "“{family}” is a family of rules. Name each rule that you mean; they are listed by: kanal rules"
                " {family}",
                family=family,
            )
        else:
            complaint = msg("There is no rule “{rule}”. {hint}", rule=rule, hint=did_you_mean(rule, self._book.names()))
        document.object_to("references/rule", place, complaint, path)


def _no_pack(name: str) -> Message:
    hint = did_you_mean(name, [pack.stem for pack in PACKS.glob("*.yaml")])
    return msg("There is no pack “{name}”. {hint}", name=name, hint=hint)


def _no_file(name: str) -> Message:
    return msg("There is no file “{name}”. The way begins in the folder of this file.", name=name)
