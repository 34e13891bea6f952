"""The commands put together.

Imports of single commands are cheap; whatever needs an SDK, httpx, rich or a web server is imported inside them.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError
from typer._click.exceptions import UsageError as ClickUsageError

from kanal import __version__
from kanal.cli.completion import VARIABLE
from kanal.cli.desk import Clock, Desk, this_machines
from kanal.cli.failing import guarded, write_unicode
from kanal.cli.help_pages import translated
from kanal.cli.mistakes import sentence
from kanal.cli.terminal import write
from kanal.exits import Exit
from kanal.message import mark, msg


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
    if context.invoked_subcommand is None:
        from kanal.cli.today import today

        today(context)


COMMANDS = {
    "lint": ("kanal.cli.lint", "check", mark("Hold drafts against the rules.")),
    "new": ("kanal.cli.new", "new", mark("Make a draft from a template, or many from a list.")),
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
        mark("Take down what a draft published, or take back what was handed over, and look whether it is gone."),
    ),
    "correct": (
        "kanal.cli.correct",
        "correct",
        mark("Edit what a draft published and now says differently, where the network can."),
    ),
    "doctor": (
        "kanal.cli.doctor",
        "doctor",
        mark("Look whether everything is in order: this computer, and each channel's account."),
    ),
    "login": ("kanal.cli.login", "login", mark("Get a channel's credentials from its network, and keep them safe.")),
    "logout": ("kanal.cli.logout", "logout", mark("Take a channel's credentials back, and forget them.")),
    "channels": ("kanal.cli.channels", "channels", mark("The channels of the office.")),
    "init": ("kanal.cli.init", "init", mark("Write files that an office begins with, such as jobs for its CI system.")),
    "import": ("kanal.cli.import_feed", "group", mark("Drafts of what stands elsewhere already.")),
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
    "completion": (
        "kanal.cli.completion",
        "completion",
        mark("Print a script with which a shell completes commands, drafts, channels and rules."),
    ),
}


HELP = frozenset({"-h", "--help"})


def build(only: str | None = None) -> typer.Typer:
    """The command line with all commands, or with one of them: the others need not be imported to run it."""
    app = typer.Typer(
        help=mark("Drafts in git, checked against rules, published once on every network."),
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(begin)
    for name, (module, function, text) in COMMANDS.items():
        if only in {None, name}:
            found = getattr(import_module(module), function)
            if isinstance(found, typer.Typer):
                app.add_typer(found, name=name, help=text)
            else:
                app.command(name, help=text)(found)
    return app


def root(only: str | None = None) -> Any:
    """The same, as what is called. The library lists groups after all other commands; here they have their places."""
    command: Any = typer.main.get_command(build(only))
    command.commands = {name: command.commands[name] for name in COMMANDS if name in command.commands}
    return command


def _command_in(arguments: Sequence[str]) -> str | None:
    """The command that is meant, if that is plain to see; options before it may have values, so look no further."""
    return arguments[0] if arguments and arguments[0] in COMMANDS else None


def run(arguments: Sequence[str], clock: Clock = this_machines) -> int:
    """Run one command; its exit code. Tests set the `clock`."""
    write_unicode()
    desk = Desk(None, clock=clock)
    if VARIABLE in desk.environ:
        from typer._completion_classes import completion_init

        completion_init()
    command = root(_command_in(arguments))
    if not HELP.isdisjoint(arguments) or len(arguments) <= 1:  # a group alone shows its help
        desk.speak_as_configured()
    translated(command, desk.say)
    return guarded(lambda: _call(command, arguments, desk), desk)


def _call(command: Any, arguments: Sequence[str], desk: Desk) -> int:
    """The library turns Ctrl-C into a code, or into `Abort` within its own questions; both are said in `guarded`."""
    try:
        code = int(command.main(list(arguments), prog_name="kanal", standalone_mode=False, obj=desk) or 0)
    except ClickException as error:
        return _usage(error, desk)
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    if code == Exit.STOPPED:
        raise KeyboardInterrupt
    return code


def _usage(error: ClickException, desk: Desk) -> int:
    desk.speak_as_configured()
    if isinstance(error, NoArgsIsHelpError):
        write(error.format_message())
        return Exit.DONE
    context = error.ctx if isinstance(error, ClickUsageError) else None
    known = getattr(context.command, "commands", COMMANDS) if context else COMMANDS
    write(desk.say(msg("Error: {message}", message=sentence(error, known))), to=sys.stderr)
    if context:
        desk.note(msg("  → See: {command} --help", command=context.command_path))
    return Exit.USAGE
