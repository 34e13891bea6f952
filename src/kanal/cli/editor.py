"""Opens a file in the editor of whoever sits there. Whatever the editor does, the file is kept."""

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from kanal.cli.desk import Desk
from kanal.cli.terminal import write
from kanal.message import msg


def edit(file: Path, desk: Desk) -> None:
    """Open the file, and wait until the editor is closed. Without an editor, say where the file is."""
    command = editor_command(desk.environ, os.name)
    if not command:
        write(str(file))
        desk.note(msg("No editor is set (VISUAL or EDITOR). Open the file yourself, then: kanal lint"))
        return
    try:
        code = subprocess.run([*command, str(file)], check=False).returncode  # noqa: S603 - the person's own editor
    except OSError as error:
        write(str(file))
        desk.note(
            msg("The editor “{name}” cannot be started: {reason}.", name=command[0], reason=error.strerror or "?")
        )
        return
    except KeyboardInterrupt:  # Ctrl-C in an editor of the terminal reaches kanal as well
        code = 1
    if code:
        desk.note(msg("The editor ended with an error. The draft is kept: {file}", file=file.name))


def editor_command(environ: Mapping[str, str], system: str) -> list[str]:
    """`VISUAL`, else `EDITOR`, with their arguments; on Windows (`system` nt) else notepad; [] for none."""
    for name in ("VISUAL", "EDITOR"):
        if environ.get(name, "").strip():
            return _split(environ[name], system)
    return ["notepad"] if system == "nt" else []


def _split(command: str, system: str) -> list[str]:
    """Backslashes on Windows are part of paths; quotation marks hold blanks together everywhere."""
    if system == "nt":
        return [part.strip('"') for part in shlex.split(command, posix=False)]
    try:
        return shlex.split(command)
    except ValueError:  # a quotation mark that is not closed: the whole is a name
        return [command]
