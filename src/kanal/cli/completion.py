"""`kanal completion`: a script that teaches a shell to complete commands, drafts, channels and rules."""

from enum import StrEnum
from typing import Annotated

import typer

from kanal.cli.desk import Desk
from kanal.cli.terminal import write
from kanal.message import mark, msg

VARIABLE = "_KANAL_COMPLETE"
"""Set by the script when it calls kanal to ask what there is."""


class Shell(StrEnum):
    """The shells that there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


_PLACES = {
    Shell.BASH: 'eval "$(kanal completion bash)"  →  ~/.bashrc',
    Shell.ZSH: 'eval "$(kanal completion zsh)"  →  ~/.zshrc',
    Shell.FISH: "kanal completion fish > ~/.config/fish/completions/kanal.fish",
    Shell.POWERSHELL: "kanal completion powershell | Out-String | Invoke-Expression  →  $PROFILE",
}


def completion(context: typer.Context, shell: Annotated[Shell, typer.Argument(help=mark("For which shell."))]) -> None:
    """Print a script with which a shell completes commands, drafts, channels and rules."""
    from typer._completion_shared import get_completion_script

    desk: Desk = context.obj
    write(get_completion_script(prog_name="kanal", complete_var=VARIABLE, shell=str(shell)))
    desk.note(msg("To keep it: {place}", place=_PLACES[shell]))
