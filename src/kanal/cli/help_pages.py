"""Help pages in the reader's language: what the library for command lines puts into them itself, too.

It must not know single commands.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from typer._click.core import Context
from typer._click.formatting import HelpFormatter

from kanal.language import Speech
from kanal.message import mark

_HEADINGS = {"Arguments": mark("Arguments"), "Options": mark("Options"), "Commands": mark("Commands")}
_PLACES = {
    "[OPTIONS]": mark("[OPTIONS]"),
    "COMMAND [ARGS]...": mark("COMMAND [ARGS]..."),
}
_REMARKS = {"[required]": mark("[required]"), "; required]": mark("; required]"), "[default: ": mark("[default: ")}
_USAGE = mark("Usage")
_HELP = mark("Show this message and exit.")


def translated(command: Any, say: Speech) -> Any:
    """The command with everything on its help pages in one language, subcommands included."""

    class Pages(HelpFormatter):
        """Translates what the library writes by itself."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            for text, meaning in _PLACES.items():
                args = args.replace(text, say.plain(meaning))
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
    return say.plain(_HELP) if text == _HELP else text


def _translate(command: Any, say: Speech, context: type[Context]) -> None:
    command.context_class = context
    for text in ("help", "short_help"):
        if getattr(command, text, None):
            setattr(command, text, say.plain(getattr(command, text)))
    for parameter in getattr(command, "params", ()):
        if getattr(parameter, "help", None):
            parameter.help = say.plain(parameter.help)
    for inner in getattr(command, "commands", {}).values():
        _translate(inner, say, context)
        inner.short_help = inner.help  # else the list of commands cuts it off
