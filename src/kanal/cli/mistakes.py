"""What the library for command lines complains about, in our own, translatable words.

It knows the library's English sentences, since it raises them without their parts; one that is new is shown as it is.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from typer._click.exceptions import BadParameter, ClickException, MissingParameter, NoSuchOption
from typer.core import TyperArgument

from kanal.message import Message, msg
from kanal.suggest import did_you_mean

_VALUES = re.compile(r"'(.+?)'")


def sentence(error: ClickException, commands: Collection[str]) -> object:
    """What is wrong with the command line. `commands` are those that there are where the mistake was made."""
    if isinstance(error, NoSuchOption):
        return _no_option(error)
    if isinstance(error, MissingParameter) and error.param is not None:
        return msg("“{name}” is missing.", name=_called(error.param))
    text = error.message if isinstance(error, BadParameter) else error.format_message()
    unknown = re.match("No such command '(.+?)'", text)
    if unknown:
        hint = did_you_mean(unknown[1], commands)
        return msg("There is no command “{name}”. {hint}", name=unknown[1], hint=hint)
    found = next(_known(text), None)
    if found is None:
        return error.format_message()
    return _at(error, found) if isinstance(error, BadParameter) else found


def _no_option(error: NoSuchOption) -> Message:
    if error.possibilities:
        near = min(error.possibilities)
        return msg("There is no option “{name}”. Did you mean “{near}”?", name=error.option_name, near=near)
    return msg("There is no option “{name}”.", name=error.option_name)


def _at(error: BadParameter, found: Message) -> Message:
    """With the option or argument that it is about."""
    if error.param is None:
        return found
    return msg("{name}: {what}", name=_called(error.param), what=found)


def _called(parameter: Any) -> str:
    """The option, or what stands for the argument on the help page."""
    if isinstance(parameter, TyperArgument):
        return str(parameter.metavar or parameter.name).removesuffix("...")
    return str(parameter.opts[0])


def _known(text: str) -> Iterator[Message]:
    if choice := re.fullmatch(r"'(.*)' is not one of (.+)\.", text, re.DOTALL):
        allowed = _VALUES.findall(choice[2])
        hint = did_you_mean(choice[1], allowed)
        yield msg("“{value}” does not exist here. {hint}", value=choice[1], hint=hint)
    if number := re.fullmatch(r"'(.*)' is not a valid (?:int|float|integer)(?: range)?\.", text, re.DOTALL):
        yield msg("“{value}” is not a number.", value=number[1])
    if within := re.fullmatch(r"(\S+) is not in the range x>=(\S+)\.", text):
        yield msg("{value} is too small; the least is {least}.", value=within[1], least=within[2])
    if within := re.fullmatch(r"(\S+) is not in the range (\S+)<=x<=(\S+)\.", text):
        yield msg("{value} is not between {least} and {most}.", value=within[1], least=within[2], most=within[3])
    if empty := re.fullmatch(r"Option '(.+?)' requires (?:an argument|\d+ arguments)\.", text):
        yield msg("“{name}” needs a value behind it.", name=empty[1])
    if flag := re.fullmatch(r"Option '(.+?)' does not take a value\.", text):
        yield msg("“{name}” takes no value.", name=flag[1])
    if extra := re.fullmatch(r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", text, re.DOTALL):
        yield msg("“{value}” is too much; nothing more is expected here.", value=extra[1])
    if text == "Missing command.":
        yield msg("Say what to do: a command is missing.")
