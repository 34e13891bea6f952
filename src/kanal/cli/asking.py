"""Asks a template's questions on the terminal; below stands how long the post becomes on each channel, while typing.

It writes no file. Whoever breaks off, with Ctrl-C or the end of input, leaves nothing behind.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer
from prompt_toolkit import prompt
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import Completer, PathCompleter, WordCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.validation import ValidationError, Validator

from kanal.cli.counts import toolbar
from kanal.cli.terminal import write
from kanal.drafting.answers import Answers, read_answer, written
from kanal.drafting.lengths import lengths
from kanal.drafting.made import Wanted
from kanal.drafting.questions import FORMS, Kind, Question
from kanal.errors import UsageError
from kanal.message import Message, msg
from kanal.suggest import did_you_mean

if TYPE_CHECKING:
    from kanal.cli.desk import Desk
    from kanal.cli.drafting import Job
    from kanal.drafting.shelf import Shelf

Check = Callable[[str], Message | None]
"""What is wrong with what was typed."""
_DONE = KeyBindings()
"""In text of several lines, Enter is a new line; Esc and Enter, or Ctrl-D, end it."""


@_DONE.add("c-d")
def _end(event: KeyPressEvent) -> None:
    event.current_buffer.validate_and_handle()


class _Judge(Validator):
    """Lets nothing pass that is wrong, and says why in the reader's language."""

    def __init__(self, check: Check, desk: "Desk") -> None:
        self._check = check
        self._desk = desk

    def validate(self, document: Document) -> None:
        complaint = self._check(document.text)
        if complaint:
            raise ValidationError(len(document.text), self._desk.say(complaint))


def ask_type(desk: "Desk", shelf: "Shelf") -> str:
    """Which type of draft."""
    names = shelf.names()
    for name in names:
        write(f"  {name.ljust(max(map(len, names)))}  {shelf.template(name).about}")
    write((desk.say(msg("Which type?")), "bold"))

    def check(typed: str) -> Message | None:
        name = typed.strip()
        return (
            None
            if name in names
            else msg("There is no type “{name}”. {hint}", name=name, hint=did_you_mean(name, names))
        )

    with _all_or_nothing(desk):
        return prompt(
            "> ", completer=WordCompleter(names), validator=_Judge(check, desk), validate_while_typing=False
        ).strip()


def ask_all(job: "Job") -> tuple["Job", Answers]:
    """Ask for the channels and all that is not answered yet; the job for these channels, and all answers."""
    from kanal.cli.drafting import is_asked

    with _all_or_nothing(job.desk):
        if not job.wanted.chosen:
            job = replace(job, wanted=_ask_channels(job))
        answers: dict[str, str] = {}
        for one in job.template.questions:
            if not is_asked(job, one, answers):
                continue
            answer = job.given.get(one.name) or _ask(one, answers, job)
            if answer:
                answers[one.name] = answer
        return job, answers


def _ask_channels(job: "Job") -> Wanted:
    from kanal.cli.drafting import wanted

    usual = ", ".join(channel.name for channel in job.wanted.channels)
    write((job.desk.say(msg("For which channels?")), "bold"))

    def check(typed: str) -> Message | None:
        try:
            wanted(job.project, typed)
        except UsageError as error:
            return msg("{what} {advice}", what=error.message, advice=error.advice or "")
        return None

    typed = prompt(
        "> ",
        default=usual,
        completer=WordCompleter(list(job.project.channels)),
        validator=_Judge(check, job.desk),
        validate_while_typing=False,
    )
    return job.wanted if typed.strip() == usual else wanted(job.project, typed)


def _ask(one: Question, answers: Answers, job: "Job") -> str:
    desk = job.desk
    optional = desk.say(msg("(may be left empty)")) if one.optional else ""
    write((one.ask, "bold"), " ", optional)
    if one.help:
        write((one.help, "dim"))
    if one.choices:
        write((", ".join(one.choices), "dim"))

    def read(typed: str) -> str | Message:
        return read_answer(one, typed, job.project.setting)

    def check(typed: str) -> Message | None:
        found = read(typed)
        return found if isinstance(found, Message) else None

    typed = prompt(
        "> ",
        default=job.filler.default(one, answers),
        multiline=one.kind is Kind.TEXT,
        key_bindings=_DONE if one.kind is Kind.TEXT else None,
        prompt_continuation="  ",
        completer=_completer(one, job),
        validator=_Judge(check, desk),
        validate_while_typing=False,
        bottom_toolbar=lambda: _below(one, read(get_app().current_buffer.text), answers, job),
    )
    found = read(typed)
    return found if isinstance(found, str) else ""


def _below(one: Question, found: str | Message, answers: Answers, job: "Job") -> StyleAndTextTuples:
    """What the answer means, if that is not plain to see, and how long the post is with it."""
    said = {**answers, one.name: found} if isinstance(found, str) and found else answers
    counted = list(lengths(job.filler, said, job.wanted.channels, job.project.setting, job.project.office.mentions))
    remarks: list[str] = []
    if one.kind is Kind.TEXT:
        remarks.append(job.desk.say(msg("Done: Ctrl-D, or Esc and then Enter")))
    elif isinstance(found, str) and found and one.kind in {Kind.DAY, Kind.TIME, Kind.HOUR}:
        form = "clock" if one.kind is Kind.HOUR else FORMS[one.kind][0]
        remarks.append(written(found, one.kind, form, job.template.language))
    return [*toolbar(counted, remarks, get_app().output.get_size().columns)]


def _completer(one: Question, job: "Job") -> Completer | None:
    if one.kind is Kind.CHOICE:
        return WordCompleter(list(one.choices), ignore_case=True, sentence=True)
    if one.kind is Kind.PICTURE:
        return PathCompleter(get_paths=lambda: [str(job.project.posts)])
    return None


@contextmanager
def _all_or_nothing(desk: "Desk") -> Iterator[None]:
    """Breaking off is no error, and leaves nothing behind."""
    try:
        yield
    except (KeyboardInterrupt, EOFError):
        desk.note(msg("Nothing was written."))
        raise typer.Abort from None
