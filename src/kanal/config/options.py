"""Whether a value in the policy fits the option of a rule, which is a keyword-only parameter with a type.

It must not know any rule; the parameters are handed in.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args, get_origin

from kanal.message import Message, msg
from kanal.suggest import did_you_mean, must_be_one_of


class Parameter(NamedTuple):
    """An option: its type (`bool`, `int`, `float`, `str`, `tuple[str, ...]` or a `Literal`) and its default."""

    type: Any
    default: object


def misfit(name: str, value: object, known: Mapping[str, Parameter]) -> Message | None:
    """What is wrong with an option, or None."""
    if name not in known:
        return msg("This rule has no option “{name}”. {hint}", name=name, hint=did_you_mean(name, known))
    expected = known[name].type
    if get_origin(expected) is Literal:
        words = get_args(expected)
        return None if value in words else must_be_one_of(name, value, words)
    if get_origin(expected) is tuple:
        right = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if right else msg("“{name}” must be a list of words.", name=name)
    if expected is float:
        expected = int | float
    if isinstance(value, expected) and not (isinstance(value, bool) and expected is not bool):
        below_zero = isinstance(value, int | float) and value < 0
        return msg("“{name}” must not be less than zero.", name=name) if below_zero else None
    return _wanted(name, expected)


def _wanted(name: str, expected: Any) -> Message:
    if expected is bool:
        return msg("“{name}” must be true or false.", name=name)
    if expected is str:
        return msg("“{name}” must be text. Put the value in quotation marks.", name=name)
    if expected is int:
        return msg("“{name}” must be a whole number.", name=name)
    return msg("“{name}” must be a number.", name=name)
