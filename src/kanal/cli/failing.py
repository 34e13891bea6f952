"""The one place that maps kanal's errors to exit codes (README.md#exit-codes). No traceback for a user's mistake."""

import sys
from collections.abc import Callable
from pathlib import Path

from kanal.cli import show
from kanal.cli.desk import Desk
from kanal.cli.findings import as_text
from kanal.cli.stopping import STOPPED
from kanal.cli.terminal import put
from kanal.errors import ConfigError, InvalidFiles, KanalError
from kanal.exits import Exit
from kanal.message import msg


def guarded(action: Callable[[], int], desk: Desk) -> int:
    """The exit code of `action`; what it raises on purpose is said on stderr."""
    try:
        return action()
    except InvalidFiles as error:
        files = {finding.file for finding in error.findings}
        as_text(error.findings, len(files), desk.say, _folder(desk), to=sys.stderr)
        return Exit.USAGE
    except KanalError as error:
        show.failure(error, desk.say)
        return Exit.USAGE
    except KeyboardInterrupt:
        desk.note(STOPPED)
        return Exit.STOPPED
    except OSError as error:  # a folder without rights, a full disk; sending has its own care for both
        show.failure(_unusable(error), desk.say)
        return Exit.USAGE
    finally:
        put("", sys.stdout, flush=True)


def _folder(desk: Desk) -> Path:
    """Where the files lie that cannot be read; kanal init reads some where there is no config/kanal.yaml yet."""
    try:
        return desk.root()
    except ConfigError:
        return (desk.folder or Path.cwd()).resolve()


def _unusable(error: OSError) -> ConfigError:
    return ConfigError(
        msg("{file} cannot be used: {reason}.", file=error.filename or "?", reason=error.strerror or "?"),
        msg("Check the rights of the project's folder, and that the disk is not full."),
    )


def write_unicode() -> None:
    """Old Windows consoles know few letters: show the others as “?” rather than fail. Pipes and files get UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if stream.isatty():
                reconfigure(errors="replace")
            else:
                reconfigure(encoding="utf-8", errors="replace")
