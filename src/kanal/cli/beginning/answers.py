"""What is known of an office when all questions are answered.

An answer is a line of text: an option, what somebody typed, or what the office's own files say already. It must not
know terminals, nor files.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kanal.cli.beginning.question import QUESTIONS, Question
from kanal.cli.beginning.reading import NONE
from kanal.cli.ci_files import System
from kanal.errors import UsageError
from kanal.message import Message, msg


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that the files depend on. `land` is a code (`BB`) or None, `website` a host without scheme."""

    office: str
    language: str
    land: str | None
    networks: tuple[str, ...]
    several: bool
    forge: System | None
    state_authority: bool = False
    website: str | None = None
    approvers: tuple[str, ...] = ()


def as_answers(values: Mapping[str, str]) -> Answers:
    """Answers out of lines that were read by their questions."""
    land, forge = values["land"], values["forge"]
    return Answers(
        office=values["office"],
        language=values["language"],
        land=None if land == NONE else land,
        networks=tuple(values["networks"].split(",")),
        several=values["persons"] == "several",
        forge=None if forge == NONE else System(forge),
        state_authority=values["state-authority"] == "yes",
        website=values["website"] or None,
        approvers=tuple(filter(None, values["approvers"].split(","))),
    )


Ask = Callable[[Question], str]


def collected(told: Mapping[str, str], known: Mapping[str, str], ask: Ask | None) -> Answers:
    """Every answer: as somebody told it by an option, as the office's files say, or as `ask` brings it.

    Raises `UsageError` for an option that cannot be read, and with all options that are missing where nobody can be
    asked.
    """
    values: dict[str, str] = {}
    missing: list[str] = []
    for question in QUESTIONS:
        if question.name in told:
            values[question.name] = _told(question, told[question.name])
        elif question.name in known:
            values[question.name] = known[question.name]
        elif not missing and not question.when(values):
            values[question.name] = question.default or ""
        elif ask:
            values[question.name] = ask(question)
        elif question.optional:
            values[question.name] = question.default or ""
        else:
            missing.append(question.option)
    if missing:
        raise UsageError(
            msg("Nobody can be asked here, and this is missing: {options}.", options=", ".join(missing)),
            msg("Name it as an option, or call kanal init at a terminal. What may stand there: kanal init --help"),
        )
    return as_answers(values)


def _told(question: Question, text: str) -> str:
    try:
        return question.read(text)
    except UsageError as error:
        raise UsageError(_of_option(question.option, error.message), error.advice) from error


def _of_option(option: str, message: Message) -> Message:
    return msg("{option}: {message}", option=option, message=message)
