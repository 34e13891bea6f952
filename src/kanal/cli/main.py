"""The commands put together, and the one place that maps errors to exit codes (design.md §8).

Imports of single commands are cheap; whatever needs an SDK, httpx, rich or a web server is imported inside them.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError
from typer._click.exceptions import UsageError as ClickUsageError

from kanal import __version__
from kanal.cli import channels, demo, ledger, lint, log, publish, resolve, sandbox, show, status
from kanal.cli.desk import Desk
from kanal.errors import InvalidFiles, KanalError
from kanal.message import mark, msg
from kanal.publish.running import Exit

app = typer.Typer(
    help=mark("Drafts in git, checked against rules, published once on every network."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        show.write(f"kanal {__version__}")
        raise typer.Exit


@app.callback()
def begin(
    context: typer.Context,
    project: Annotated[
        Path | None, typer.Option("--project", "-p", help=mark("The office's folder; without it, the one we are in."))
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=mark("Show the version."))
    ] = False,
) -> None:
    context.obj.folder = project


app.command("lint", help=mark("Hold drafts against the rules."))(lint.check)
app.command("plan", help=mark("Show exactly what publish would do; nothing is sent."))(publish.plan)
app.command("publish", help=mark("Send what is due, each delivery once."))(publish.publish)
app.command("status", help=mark("How every delivery stands; what is uncertain comes first."))(status.status)
app.command("log", help=mark("The events of the ledger, oldest first."))(log.log)
app.command("resolve", help=mark("Settle by a person's word whether a delivery is out."))(resolve.resolve)
app.command("channels", help=mark("The channels of the office."))(channels.channels)
app.command("schema", help=mark("JSON Schema of a file, for editors."))(channels.schema)
app.command("sandbox", help=mark("Run the practice networks, with a page that shows their timelines."))(sandbox.sandbox)
app.command("demo", help=mark("The main job on the practice networks; nothing leaves this computer."))(demo.demo)
app.add_typer(ledger.group, name="ledger")


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. No traceback for a user's mistake."""
    _write_unicode()
    desk = Desk(None)
    command = typer.main.get_command(app)
    _translate(command, desk)
    try:
        code = command.main(list(arguments), prog_name="kanal", standalone_mode=False, obj=desk)
        sys.stdout.flush()
    except ClickException as error:
        return _usage(error, desk)
    except InvalidFiles as error:
        show.findings(
            error.findings, len({finding.file for finding in error.findings}), desk.say, show.Format.TEXT, desk.root()
        )
        return Exit.USAGE
    except KanalError as error:
        show.failure(error, desk.say)
        return Exit.USAGE
    except (typer.Abort, KeyboardInterrupt):
        desk.note(msg("Stopped."))
        return Exit.USAGE
    except BrokenPipeError:  # `kanal log | head`
        sys.stderr.close()
        return Exit.DONE
    return int(code or 0)


def _usage(error: ClickException, desk: Desk) -> int:
    if isinstance(error, NoArgsIsHelpError):
        show.write(error.format_message())
        return Exit.DONE
    sys.stderr.write(desk.say(msg("Error: {message}", message=error.format_message())) + "\n")
    context = error.ctx if isinstance(error, ClickUsageError) else None
    if context:
        desk.note(msg("  → See: {command} --help", command=context.command_path))
    return Exit.USAGE


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


def _write_unicode() -> None:
    """Old Windows consoles know few letters: show the others as “?” rather than fail. Pipes and files get UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if stream.isatty():
                reconfigure(errors="replace")
            else:
                reconfigure(encoding="utf-8", errors="replace")
