"""A question to whoever sits at the terminal."""

import typer

from kanal.cli.desk import Desk
from kanal.message import Message, mark


def agrees(question: Message, desk: Desk) -> bool:
    """Ask on the terminal; only a clear yes, in either language, is one."""
    keys = desk.say.plain(mark("[y/N]"))
    text = f"{desk.say(question)} {keys}"
    answer: str = typer.prompt(text, default="", show_default=False, err=True, prompt_suffix=" ")
    return answer.strip().lower() in {"y", "yes", "j", "ja"}
