"""Questions on a terminal, one after the other, each with what helps to answer it. Tab completes.

It must not know what the answers are for. prompt_toolkit is imported when somebody is asked.
"""

import sys
from collections.abc import Callable

import typer

from kanal.cli.beginning.answers import Ask
from kanal.cli.beginning.question import Question
from kanal.cli.beginning.reading import read_yes_no
from kanal.cli.desk import Desk
from kanal.cli.terminal import write
from kanal.errors import UsageError
from kanal.language import Speech, choose
from kanal.message import Message, mark


def can_ask() -> bool:
    """Whether somebody sits at a terminal, to read the question and to answer it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asker(desk: Desk) -> Ask:
    """Asks one question; the language, once it is answered, is that of the next ones."""

    def ask(question: Question) -> str:
        say = desk.say
        default = say.language if question.name == "language" else say.plain(question.default or "") or question.default
        write("", to=sys.stderr)
        write((say.plain(question.text), "bold"), to=sys.stderr)
        write(say.plain(question.hint), to=sys.stderr)
        answer = _line(question.words, question.read, default, say)
        if question.name == "language":
            desk.say = Speech(choose(desk.environ, answer))
        return answer

    return ask


def agrees(question: Message, desk: Desk) -> bool:
    """Whether the answer is yes; an empty line is one."""
    write("", to=sys.stderr)
    write((desk.say(question), "bold"), to=sys.stderr)
    return _line(("yes", "no"), read_yes_no, desk.say.plain(mark("yes")), desk.say) == "yes"


def _line(words: tuple[str, ...], read: Callable[[str], str], default: str | None, say: Speech) -> str:
    """What was typed, as `read` takes it; what it refuses can be mended. Raises `typer.Abort` on Ctrl-C and Ctrl-D."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.output import create_output

    completer = WordCompleter(list(words), ignore_case=True) if words else None
    session: PromptSession[str] = PromptSession(completer=completer, output=create_output(stdout=sys.stderr))
    typed = ""
    while True:
        try:
            typed = session.prompt(f"[{default}] > " if default else "> ", default=typed, complete_while_typing=False)
        except (EOFError, KeyboardInterrupt) as error:
            raise typer.Abort from error
        try:
            return read(typed if typed.strip() or default is None else default)
        except UsageError as error:
            write((say(error.message), "red"), " ", say(error.advice) if error.advice else "", to=sys.stderr)
