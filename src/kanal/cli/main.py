"""The commands put together.

Imports of single commands are cheap; whatever needs an SDK, httpx, rich or a web server is imported inside them.
"""

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException, MissingParameter, NoArgsIsHelpError, NoSuchOption
from typer._click.exceptions import UsageError as ClickUsageError

from kanal import __version__
from kanal.cli.desk import Clock, Desk, this_machines
from kanal.cli.failing import guarded, write_unicode
from kanal.cli.terminal import write
from kanal.exits import Exit
from kanal.message import mark, msg
from kanal.suggest import did_you_mean


def _version(asked: bool) -> None:
    if asked:
        write(f"kanal {__version__}")
        raise typer.Exit


def begin(
    context: typer.Context,
    project: Annotated[
        Path | None, typer.Option("--project", "-p", help=mark("The office's folder; without it, the one we are in."))
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=mark("Show the version."))
    ] = False,
) -> None:
    """Options that hold for every command."""
    context.obj.folder = project


COMMANDS = {
    "lint": ("kanal.cli.lint", "check", mark("Hold drafts against the rules.")),
    "rules": ("kanal.cli.rules", "rules", mark("The rules, which of them hold here, and the manual page of one.")),
    "plan": ("kanal.cli.publish", "plan", mark("Show exactly what publish would do; nothing is sent.")),
    "approve": (
        "kanal.cli.approve",
        "approve",
        mark("Show what drafts say on every channel, and write into them who approves exactly that."),
    ),
    "publish": ("kanal.cli.publish", "publish", mark("Send what is due, each delivery once.")),
    "status": ("kanal.cli.status", "status", mark("How every delivery stands; what is uncertain comes first.")),
    "hold": ("kanal.cli.hold", "hold", mark("Let nothing go out but warnings, until kanal release.")),
    "pause": ("kanal.cli.hold", "pause", mark("Let nothing go out on one channel for some time.")),
    "release": ("kanal.cli.hold", "release", mark("End a hold, or the pause of a channel.")),
    "log": ("kanal.cli.log", "log", mark("The events of the ledger, oldest first.")),
    "resolve": ("kanal.cli.resolve", "resolve", mark("Settle by a person's word whether a delivery is out.")),
    "retract": (
        "kanal.cli.retract",
        "retract",
        mark("Take down what a draft published, and look whether it is gone."),
    ),
    "correct": (
        "kanal.cli.correct",
        "correct",
        mark("Edit what a draft published and now says differently, where the network can."),
    ),
    "login": ("kanal.cli.login", "login", mark("Get a channel's credentials from its network, and keep them safe.")),
    "logout": ("kanal.cli.logout", "logout", mark("Take a channel's credentials back, and forget them.")),
    "channels": ("kanal.cli.channels", "channels", mark("The channels of the office.")),
    "init": ("kanal.cli.init", "init", mark("Write files that an office begins with, such as jobs for its CI system.")),
    "schema": ("kanal.cli.channels", "schema", mark("JSON Schema of a file, for editors.")),
    "sandbox": (
        "kanal.cli.sandbox",
        "sandbox",
        mark("Run the practice networks, with a page that shows their timelines."),
    ),
    "demo": (
        "kanal.cli.demo",
        "demo",
        mark("Show kanal at work on the practice networks; nothing leaves this computer."),
    ),
    "ledger": ("kanal.cli.ledger", "group", mark("The record of what was published.")),
}


def build(only: str | None = None) -> typer.Typer:
    """The command line with all commands, or with one of them: the others need not be imported to run it."""
    app = typer.Typer(
        help=mark("Drafts in git, checked against rules, published once on every network."),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(begin)
    for name, (module, function, text) in COMMANDS.items():
        if only in {None, name}:
            found = getattr(import_module(module), function)
            if isinstance(found, typer.Typer):
                app.add_typer(found, name=name, help=text)
            else:
                app.command(name, help=text)(found)
    return app


def _command_in(arguments: Sequence[str]) -> str | None:
    """The command that is meant, if that is plain to see; options before it may have values, so look no further."""
    return arguments[0] if arguments and arguments[0] in COMMANDS else None


def run(arguments: Sequence[str], clock: Clock = this_machines) -> int:
    """Run one command; its exit code. Tests set the `clock`."""
    write_unicode()
    desk = Desk(None, clock=clock)
    command = typer.main.get_command(build(_command_in(arguments)))
    _translate(command, desk)
    return guarded(lambda: _call(command, arguments, desk), desk)


def _call(command: Any, arguments: Sequence[str], desk: Desk) -> int:
    try:
        return int(command.main(list(arguments), prog_name="kanal", standalone_mode=False, obj=desk) or 0)
    except ClickException as error:
        return _usage(error, desk)
    except typer.Abort as error:
        raise KeyboardInterrupt from error


def _usage(error: ClickException, desk: Desk) -> int:
    if isinstance(error, NoArgsIsHelpError):
        write(error.format_message())
        return Exit.DONE
    write(desk.say(msg("Error: {message}", message=_sentence(error))), to=sys.stderr)
    context = error.ctx if isinstance(error, ClickUsageError) else None
    if context:
        desk.note(msg("  → See: {command} --help", command=context.command_path))
    return Exit.USAGE


def _sentence(error: ClickException) -> object:
    """The commonest slips in our own, translatable words; the rest in those of the library."""
    if isinstance(error, NoSuchOption):
        if error.possibilities:
            near = min(error.possibilities)
            return msg("There is no option “{name}”. Did you mean “{near}”?", name=error.option_name, near=near)
        return msg("There is no option “{name}”.", name=error.option_name)
    if isinstance(error, MissingParameter) and error.param is not None:
        name = error.param.opts[0] if error.param.opts else error.param.name
        return msg("“{name}” is missing.", name=name)
    unknown = re.match("No such command '(.+?)'", error.format_message())
    if unknown:
        hint = did_you_mean(unknown[1], COMMANDS)
        return msg("There is no command “{name}”. {hint}", name=unknown[1], hint=hint)
    return error.format_message()


def _translate(command: Any, desk: Desk) -> None:
    """Put the help of `command`, its options and its subcommands into the reader's language."""
    for text in ("help", "short_help"):
        if getattr(command, text, None):
            setattr(command, text, desk.say.plain(getattr(command, text)))
    for parameter in getattr(command, "params", ()):
        if getattr(parameter, "help", None):
            parameter.help = desk.say.plain(parameter.help)
    for inner in getattr(command, "commands", {}).values():
        _translate(inner, desk)
        inner.short_help = inner.help  # else the list of commands cuts it off
