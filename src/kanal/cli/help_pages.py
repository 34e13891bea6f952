"""Help pages in the reader's language: what the library for command lines puts into them itself, too.

It must not know single commands.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from typer._click.core import Context
from typer._click.formatting import HelpFormatter
from typer._types import TyperChoice
from typer.core import TyperArgument

from kanal.language import Speech
from kanal.message import mark

_HEADINGS = {"Arguments": mark("Arguments"), "Options": mark("Options"), "Commands": mark("Commands")}
_PLACES = {
    "[OPTIONS]": mark("[OPTIONS]"),
    "COMMAND [ARGS]...": mark("COMMAND [ARGS]..."),
}
_REMARKS = {"[required]": mark("[required]"), "; required]": mark("; required]"), "[default: ": mark("[default: ")}
_RANGE = re.compile(r"(?:; )?(?:\d+<=?)?x[<>]=?\d+")
"""What a number may be, in the library's short form; who gives another one is told in a sentence."""
_NEEDED = re.compile(r"\{([^{}]+)\}")
"""How the library writes an argument that must be given; elsewhere it is written without braces."""
_VALUES = {
    "str": mark("TEXT"),
    "path": mark("PATH"),
    "int": mark("NUMBER"),
    "int range": mark("NUMBER"),
}
"""What stands for the value of an option, by the library's name of its type."""
_NAMES = {
    "ANSWER": mark("ANSWER"),
    "CHANNEL": mark("CHANNEL"),
    "CHANNELS": mark("CHANNEL"),
    "DRAFT": mark("DRAFT"),
    "DRAFTS": mark("DRAFT"),
    "FILE": mark("FILE"),
    "FILES": mark("FILE"),
    "NAME": mark("NAME"),
    "NAMES": mark("NAMES"),
    "SHELL": mark("SHELL"),
    "TIME": mark("TIME"),
    "TYPE": mark("TYPE"),
    "URL": mark("URL"),
}
"""What stands for an argument, and the words in what our options say for theirs."""
_USAGE = mark("Usage")
_HELP = mark("Show this message and exit.")


def translated(command: Any, say: Speech) -> Any:
    """The command with everything on its help pages in one language, subcommands included."""

    class Pages(HelpFormatter):
        """Translates what the library writes by itself."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            for text, meaning in _PLACES.items():
                args = args.replace(text, say.plain(meaning))
            args = _NEEDED.sub(r"\1", args)
            super().write_usage(prog, args, f"{say.plain(_USAGE)}: ")

        @contextmanager
        def section(self, name: str) -> Iterator[None]:
            with super().section(say.plain(_HEADINGS.get(name, name))):
                yield

        def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
            super().write_dl([(first, _remarked(second, say)) for first, second in rows], col_max, col_spacing)

    class Speaking(Context):
        """A context whose help pages are those."""

        formatter_class = Pages

    _translate(command, say, Speaking)
    return command


def _remarked(text: str, say: Speech) -> str:
    for remark, meaning in _REMARKS.items():
        text = text.replace(remark, say.plain(meaning))
    text = _RANGE.sub("", text).replace("  []", "")
    return say.plain(_HELP) if text == _HELP else text


def stand_in(parameter: Any, say: Speech) -> str | None:
    """What stands for a value on the help pages, such as DRAFT; None where that is the list of what it may be."""
    kind, is_argument = parameter.type, isinstance(parameter, TyperArgument)
    if getattr(parameter, "is_flag", False) or (isinstance(kind, TyperChoice) and not is_argument):
        return None
    if parameter.metavar or is_argument:
        words = re.split(r"(\W)", parameter.metavar or str(parameter.name).upper())
        word = "".join(say.plain(_NAMES.get(one, one)) for one in words)
    else:
        word = say.plain(_VALUES.get(kind.name, kind.name.upper()))
    return f"{word}..." if is_argument and parameter.nargs != 1 else word


def _translate(command: Any, say: Speech, context: type[Context]) -> None:
    command.context_class = context
    for text in ("help", "short_help"):
        if getattr(command, text, None):
            setattr(command, text, say.plain(getattr(command, text)))
    for parameter in getattr(command, "params", ()):
        if getattr(parameter, "help", None):
            parameter.help = say.plain(parameter.help)
        if isinstance(parameter, TyperArgument) and isinstance(parameter.type, TyperChoice):
            allowed = ", ".join(map(str, parameter.type.choices))
            parameter.help = f"{(parameter.help or '').removesuffix('.')}: {allowed}."
        parameter.metavar = stand_in(parameter, say)
    for inner in getattr(command, "commands", {}).values():
        _translate(inner, say, context)
        inner.short_help = inner.help  # else the list of commands cuts it off
