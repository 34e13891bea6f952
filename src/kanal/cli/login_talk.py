"""Who answers a login's questions: a person at the terminal, or a program that writes `name=value` lines to stdin.

Nothing secret is ever taken from the command line, where every other user of the machine can read it (`ps`).
"""

import sys
from collections.abc import Mapping
from typing import TextIO

import typer

from kanal.cli.desk import Desk
from kanal.cli.terminal import write
from kanal.errors import UsageError
from kanal.login import Field
from kanal.message import Message, mark, msg
from kanal.model import Secret


class _Talk:
    """What both have in common: a browser, or none, and where it comes back to."""

    def __init__(self, desk: Desk, port: int, *, browser: bool) -> None:
        self._desk = desk
        self._port = port
        self._browser = browser

    @property
    def redirects(self) -> bool:
        """Whether a browser can come back to this machine."""
        return self._browser

    @property
    def port(self) -> int:
        """Where to; 0 for any free port."""
        return self._port

    @property
    def page(self) -> tuple[str, str, str]:
        """Language and sentences of the page at the end."""
        say = self._desk.say
        done = mark("kanal has the answer. You can close this window, and go back to where kanal runs.")
        failed = mark("This did not work. Close this window; kanal says why where it runs.")
        return say.language, say.plain(done), say.plain(failed)

    def tell(self, message: Message) -> None:
        """Say something, to stderr."""
        self._desk.note(message)

    def visit(self, address: str) -> None:
        """Show the address, and open it where there is a browser."""
        if self._browser:
            # Before anything can be seen: Ctrl-C in the middle of loading a module shows a traceback.
            import threading
            import webbrowser

            self._desk.note(msg("Your browser opens. If it does not, open this address on this computer:"))
        else:
            self._desk.note(msg("Open this address in a browser, on any computer:"))
        write(f"  {address}", to=sys.stderr)
        if self._browser:
            # Some browsers keep whoever opened them waiting until they are closed.
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()


class AtTerminal(_Talk):
    """Asks a person. What they type or paste shows as asterisks where it is a secret."""

    def ask(self, field: Field) -> Secret:
        """Ask until there is an answer. Raises `UsageError` when they end the input (Ctrl-D)."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.output import create_output

        session: PromptSession[str] = PromptSession(output=create_output(sys.stderr))
        while True:
            try:
                answer = session.prompt(f"{self._desk.say(field.question)}: ", is_password=field.secret).strip()
            except KeyboardInterrupt:
                raise typer.Abort from None
            except EOFError:
                raise UsageError(msg("There was no answer, so nothing was stored.")) from None
            if answer or field.optional:
                return Secret(answer)

    def choose(self, question: Message, choices: Mapping[str, str]) -> str:
        """One of the names in `choices`, by its number or itself."""
        names = list(choices)
        for number, name in enumerate(names, 1):
            write(f"  {number}  {name}: {self._desk.say.plain(choices[name])}", to=sys.stderr)
        while True:
            answer = self.ask(Field("way", question, secret=False)).reveal()
            if answer in names:
                return answer
            if answer.isdecimal() and 1 <= int(answer) <= len(names):
                return names[int(answer) - 1]


class Told(_Talk):
    """Reads the answers, each when it is needed: the code of a browser is known only after its address was shown."""

    def __init__(self, desk: Desk, port: int, lines: TextIO | None, *, browser: bool) -> None:
        """`lines` holds `name=value`; None when nobody said that there are any."""
        super().__init__(desk, port, browser=browser)
        self._lines = lines
        self._known: dict[str, Secret] = {}

    def ask(self, field: Field) -> Secret:
        """The line of that name. Raises `UsageError` when it does not come."""
        while field.name not in self._known:
            line = self._lines.readline() if self._lines else ""
            if not line:
                if field.optional and self._lines:
                    return Secret("")
                raise self._missing(field)
            self._take(line.strip())
        answer = self._known.pop(field.name)
        if not answer.reveal() and not field.optional:
            raise self._missing(field)
        return answer

    def warn_of_rest(self) -> None:
        """Name the lines that were read and not asked for: they may be what was meant for something else."""
        if self._known:
            self.tell(
                msg("Standard input names what this login does not ask for: {names}.", names=", ".join(self._known))
            )

    def _take(self, line: str) -> None:
        if not line or line.startswith("#"):
            return
        name, sign, value = line.partition("=")
        if not sign or not name.strip().isidentifier():
            # Not quoted: it may be a secret.
            raise UsageError(msg("A line on standard input is not of the form name=value."))
        if name.strip() in self._known:
            raise UsageError(msg("Standard input names “{name}” twice.", name=name.strip()))
        self._known[name.strip()] = Secret(value.strip())

    def _missing(self, field: Field) -> UsageError:
        if self._lines:
            return UsageError(
                msg("Standard input ended without “{name}” ({question}).", name=field.name, question=field.question),
                msg("Nothing was stored. Give it in a line of its own: {name}=…", name=field.name),
            )
        return UsageError(
            msg("There is no terminal to ask on: {question}.", question=field.question),
            msg("Give the answers on standard input, in lines like {name}=…, with the option --stdin", name=field.name),
        )


def has_browser(environ: Mapping[str, str], system: str = sys.platform) -> bool:
    """Whether a browser can be opened on the machine that kanal runs on, and not on one far from the person."""
    if environ.get("BROWSER"):
        return True
    if environ.get("SSH_CONNECTION") or environ.get("CI"):
        return False
    return system in {"win32", "darwin"} or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
