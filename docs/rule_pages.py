"""The rules' manual pages as Markdown, from their docstrings: one page a family, in English and in German."""

from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import groupby

from kanal.message import mark
from kanal.rules import Rule, discover, parameters
from kanal.rules.manual import Example

Say = Callable[[str], str]
INTRODUCTION = mark(
    "Generated from the rules themselves; “kanal rules” shows the same. The policy makes a rule milder, stricter, or"
    " switches it off; a waiver in a draft silences one rule there."
)
TITLE, RULE, SEVERITY, DEMAND = mark("Rules"), mark("rule"), mark("severity"), mark("what it asks for")
SEVERE, SOURCE, OPTION, WITHOUT, MEANING = (
    *(mark("Severity"), mark("Source")),
    *(mark("option"), mark("without it"), mark("meaning")),
)
SEVERITIES = {"error": mark("error"), "warning": mark("warning"), "info": mark("hint")}


def pages(say: Say) -> Iterator[tuple[str, str]]:
    """File name and text of every page, in the language of `say`."""
    families = {family: list(rules) for family, rules in groupby(discover(), lambda rule: rule.family)}
    yield "README.md", _index(families, say)
    for family, rules in families.items():
        yield f"{family}.md", "\n".join(_family(family, rules, say)) + "\n"


def prose() -> Iterator[str]:
    """Everything in the pages that needs translating."""
    for rule in discover():
        yield from rule.page.prose
    yield from {_about(rule.family): None for rule in discover()}


def _about(family: str) -> str:
    return (import_module(f"kanal.rules.{family}").__doc__ or "").strip()


def _index(families: dict[str, list[Rule]], say: Say) -> str:
    lines = [f"# {say(TITLE)}", "", say(INTRODUCTION), ""]
    for family, rules in families.items():
        lines += [f"## [{family}]({family}.md)", "", say(_about(family)), ""]
        lines += [f"| {say(RULE)} | {say(SEVERITY)} | {say(DEMAND)} |", "|---|---|---|"]
        lines += [
            f"| [`{rule.id}`]({family}.md#{_anchor(rule)}) | {say(SEVERITIES[rule.severity])} |"
            f" {_cell(say(rule.page.summary))} |"
            for rule in rules
        ]
        lines.append("")
    return "\n".join(lines)


def _family(family: str, rules: list[Rule], say: Say) -> Iterator[str]:
    yield from (f"# {family}", "", say(_about(family)), "", say(INTRODUCTION))
    for rule in rules:
        yield from ("", f"## {rule.id}", "", f"{say(SEVERE)}: {say(SEVERITIES[rule.severity])}", "")
        for paragraph in rule.page.paragraphs:
            yield from (say(paragraph), "")
        yield from _options(rule, say)
        for source in rule.page.sources:
            yield from (f"{say(SOURCE)}: {say(source)}", "")
        blocks = [
            [_heading(example, say), "", "```yaml", example.text.rstrip("\n"), "```"] for example in rule.page.examples
        ]
        for number, block in enumerate(blocks):
            yield from block if number == len(blocks) - 1 else [*block, ""]


def _heading(example: Example, say: Say) -> str:
    word = say(example.heading)
    return f"{word[:-1]} (`{': '.join(example.option)}`):" if example.option else word


def _options(rule: Rule, say: Say) -> Iterator[str]:
    known = parameters(rule.id)
    if known:
        yield f"| {say(OPTION)} | {say(WITHOUT)} | {say(MEANING)} |"
        yield "|---|---|---|"
        for name, parameter in known.items():
            yield f"| `{name}` | {_value(parameter.default)} | {_cell(say(rule.page.options[name]))} |"
        yield ""


def _value(default: object) -> str:
    if isinstance(default, tuple):
        return f"`[{', '.join(default)}]`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _anchor(rule: Rule) -> str:
    """As GitHub and GitLab make it of the heading."""
    return rule.id.replace("/", "")
