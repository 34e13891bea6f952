"""`kanal rules`: which rules there are, which are on here, and the manual page of one."""

from collections.abc import Sequence
from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.completing import rules_to_offer
from kanal.cli.desk import Desk
from kanal.cli.findings import SEVERITIES
from kanal.cli.publish import FormatOption
from kanal.cli.terminal import INDENT, Piece, table, write
from kanal.config.policy import Policy, Setting
from kanal.errors import ConfigError, UsageError
from kanal.message import mark, msg, msgn
from kanal.rules import Rule, discover, find, names, parameters
from kanal.suggest import did_you_mean

Name = Annotated[
    str | None,
    typer.Argument(help=mark("A rule, or a family. With a rule: its manual page."), autocompletion=rules_to_offer),
]
Active = Annotated[
    bool, typer.Option("--active", help=mark("As they hold in this office: what is off, milder or stricter, and why."))
]


def rules(
    context: typer.Context, name: Name = None, active: Active = False, form: FormatOption = show.Format.TEXT
) -> None:
    """The rules, or the manual page of one."""
    desk: Desk = context.obj
    policy = _policy(desk, needed=active)
    if name in names():
        _manual(desk, find(name), policy, form)
        return
    chosen = [rule for rule in discover() if name is None or rule.family == name]
    if not chosen:
        families = {rule.family for rule in discover()}
        raise UsageError(
            msg("There is no rule “{rule}”. {hint}", rule=name, hint=did_you_mean(name or "", {*names(), *families}))
        )
    if form is show.Format.JSON:
        show.write_json({"rules": [_as_json(rule, policy) for rule in chosen], "summary": {"rules": len(chosen)}})
        return
    _table(desk, chosen, policy, active=active)


def _policy(desk: Desk, *, needed: bool) -> Policy:
    """The office's policy; outside an office's folder the rules' own, unless it is `needed`."""
    try:
        return desk.project().policy
    except ConfigError:
        if needed:
            raise
        return Policy()


def _table(desk: Desk, rules: Sequence[Rule], policy: Policy, *, active: bool) -> None:
    say = desk.say
    titles = [mark("rule"), mark("severity"), *([mark("said by")] if active else []), mark("what it asks for")]
    rows: list[list[Piece]] = []
    for rule in rules:
        origin = policy.settings.get(rule.id, Setting("")).origin
        said_by = [origin or say.plain(mark("the rule itself"))] if active else []
        rows.append([rule.id, _severity(desk, rule, policy), *said_by, say.plain(rule.page.summary)])
    table([say.plain(title) for title in titles], rows)
    off = [rule for rule in rules if policy.severity_of(rule.id, rule.severity) is None]
    write(say(msgn("{count} rule, {off} of them off.", "{count} rules, {off} of them off.", len(rules), off=len(off))))
    for family in sorted({rule.family for rule in off}):
        if all(rule in off for rule in rules if rule.family == family):
            write((say(msg("The whole family “{family}” is switched off.", family=family)), "bold red"))


def _severity(desk: Desk, rule: Rule, policy: Policy) -> Piece:
    severity = policy.severity_of(rule.id, rule.severity)
    if severity is None:
        return desk.say.plain(mark("off")), "bold red"
    word, colour = SEVERITIES[severity]
    return desk.say.plain(word), colour


def _manual(desk: Desk, rule: Rule, policy: Policy, form: show.Format) -> None:
    if form is show.Format.JSON:
        show.write_json(_as_json(rule, policy) | {"manual": rule.manual})
        return
    say = desk.say
    word, _ = SEVERITIES[rule.severity]
    write((rule.id, "bold"), f" ({say.plain(word)})")
    setting = policy.settings.get(rule.id)
    if setting:
        piece = _severity(desk, rule, policy)
        here = msg("Here: {severity}, said by {origin}.", severity=piece[0], origin=setting.origin)
        write(say(here))
    page = rule.page
    for paragraph in page.paragraphs:
        write("")
        write(say.plain(paragraph))
    for option, parameter in parameters(rule.id).items():
        value = policy.options_of(rule.id).get(option, parameter.default)
        write("")
        write(say(msg("Option {name}: {value}", name=option, value=_shown(value))))
        write(" " * INDENT + say.plain(page.options[option]))
    for source in page.sources:
        write("")
        write(say(msg("Source: {source}", source=say.plain(source))))
    for example in page.examples:
        write("")
        word = say.plain(example.heading)
        option = f" ({': '.join(example.option)})" if example.option else ""
        write((word, "green" if example.good else "red"), option)
        for line in example.text.splitlines():
            write(" " * INDENT + line)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value).lower() if value is not None else "-"


def _as_json(rule: Rule, policy: Policy) -> dict[str, object]:
    severity = policy.severity_of(rule.id, rule.severity)
    setting = policy.settings.get(rule.id)
    return {
        "rule": rule.id,
        "family": rule.family,
        "severity": str(severity) if severity else "off",
        "default": str(rule.severity),
        "said_by": setting.origin if setting else None,
        "summary": rule.page.summary,
        "options": {
            name: policy.options_of(rule.id).get(name, parameter.default)
            for name, parameter in parameters(rule.id).items()
        },
    }
