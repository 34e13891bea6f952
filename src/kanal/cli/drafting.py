"""What `kanal new` does: brings together template, answers, file and lint. It decides nothing about a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kanal.cli.desk import Desk
from kanal.cli.linting import Wish, run
from kanal.cli.new_files import show_made, write_made
from kanal.config import Project
from kanal.drafting.answers import Answers, read_answer
from kanal.drafting.calendars import CALENDARS
from kanal.drafting.filling import Filler, without_answers
from kanal.drafting.made import Maker, Wanted, usual
from kanal.drafting.questions import Question
from kanal.drafting.shelf import Shelf
from kanal.drafting.template import Template
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.message import Message, msg
from kanal.model import Channel
from kanal.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Job:
    """One call: for whom, from which template, for which channels; `given` is what was answered in advance.

    With `asks`, somebody sits at the terminal and is asked for the rest.
    """

    desk: Desk
    project: Project
    filler: Filler
    given: Answers
    wanted: Wanted
    now: datetime
    asks: bool

    @property
    def template(self) -> Template:
        """What the draft is made from."""
        return self.filler.template

    def maker(self, known: Mapping[str, str]) -> Maker:
        """Makes drafts; `known` are the ids that there are."""
        return Maker(self.project, self.filler, self.wanted, self.now, known)

    def known(self) -> dict[str, str]:
        """The file of every draft that can be read, by id."""
        return {entry.id: entry.file for entry in self.desk.drafts(self.project).entries}


def shelf_of(project: Project, language: str | None) -> Shelf:
    """The templates in a language. Raises `UsageError` for one in which there are none."""
    if language is not None and language not in CALENDARS:
        raise UsageError(
            msg("There are no templates in the language “{name}”.", name=language), did_you_mean(language, CALENDARS)
        )
    return Shelf(project.root, project.office.language, language)


def begin(
    desk: Desk,
    project: Project,
    kind: str | None,
    language: str | None,
    given: Mapping[str, str],
    channels: str | None,
    *,
    asks: bool,
) -> Job:
    """Find out what is to be made; ask for the type, where nobody named it. Raises `UsageError`."""
    shelf = shelf_of(project, language)
    if kind is None:
        if not asks:
            raise UsageError(msg("Say which type of draft."), did_you_mean("", shelf.names()))
        from kanal.cli.asking import ask_type

        kind = ask_type(desk, shelf)
    template = shelf.template(kind)
    now = desk.clock().astimezone(project.office.zone)
    filler = Filler(template, project.office, now)
    answers = _checked(template, given, project)
    return Job(desk, project, filler, answers, wanted(project, channels), now, asks)


def wanted(project: Project, names: str | None) -> Wanted:
    """The channels that somebody named, with commas; else all. Raises `UsageError` for one that does not exist."""
    if names is None:
        return Wanted(usual(project.channels), chosen=False)
    found: dict[str, Channel] = {}
    for name in (one.strip() for one in names.split(",")):
        if name and name not in project.channels:
            raise UsageError(msg("There is no channel “{name}”.", name=name), did_you_mean(name, project.channels))
        if name:
            found[name] = project.channels[name]
    if not found:
        raise UsageError(msg("--channels names none."), did_you_mean("", project.channels))
    return Wanted(tuple(found.values()), chosen=True)


def one_draft(job: Job, *, edit: bool, dry_run: bool) -> int:
    """Ask, write the draft, let it be edited, and check it; the exit code. Raises `UsageError`."""
    if job.asks:
        from kanal.cli.asking import ask_all

        job, answers = ask_all(job)
    else:
        answers = _without_asking(job)
    made = job.maker(job.known()).make(answers)
    if dry_run:
        show_made(made, job.project.root, job.desk)
        return Exit.DONE
    write_made(made, job.project.root, job.desk)
    if edit and job.asks:
        from kanal.cli.editor import edit as open_editor

        open_editor(made.file, job.desk)
    return run(job.desk, Wish([str(made.file)]))


def _checked(template: Template, given: Mapping[str, str], project: Project) -> dict[str, str]:
    """The answers of the command line in the one form. Raises `UsageError`."""
    known = {one.name: one for one in template.questions}
    for name in without_answers(template, given):
        raise UsageError(
            msg("“{kind}” does not ask for “{name}”.", kind=template.name, name=name), did_you_mean(name, known)
        )
    found: dict[str, str] = {}
    for name, typed in given.items():
        answer = read_answer(known[name], typed, project.setting)
        if isinstance(answer, Message):
            raise UsageError(
                msg("--set {name}: {problem}", name=name, problem=answer),
                msg("It is asked: {ask}", ask=known[name].ask),
            )
        if answer:
            found[name] = answer
    return found


def _without_asking(job: Job) -> Answers:
    """The given answers and the defaults. Raises `UsageError` that names every option that is missing."""
    answers: dict[str, str] = {}
    missing: list[Question] = []
    for one in job.template.questions:
        if not is_asked(job, one, answers):
            continue
        answer = job.given.get(one.name) or _default(job, one, answers)
        if answer:
            answers[one.name] = answer
        elif not one.optional:
            missing.append(one)
    if missing:
        options = " ".join(f"--set {one.name}=…" for one in missing)
        raise UsageError(
            msg("There is no terminal on which to ask, and answers are missing."),
            msg(
                "Give them: {options} (what each means: kanal new {kind} --list)",
                options=options,
                kind=job.template.name,
            ),
        )
    return answers


def is_asked(job: Job, one: Question, answers: Answers) -> bool:
    """Whether a question makes sense after those answers. Raises `UsageError` if it was answered without making any."""
    asked = job.filler.is_asked(one, answers)
    if not asked and one.name in job.given:
        raise UsageError(
            msg("“{name}” goes with “{other}”, which has no answer.", name=one.name, other=one.only_with),
            msg("Answer both, or neither."),
        )
    return asked


def _default(job: Job, one: Question, answers: Answers) -> str:
    typed = job.filler.default(one, answers)
    found = read_answer(one, typed, job.project.setting) if typed else ""
    if isinstance(found, Message):
        raise UsageError(
            msg("What the template offers for “{name}” is no answer: {problem}", name=one.name, problem=found),
            msg("Correct “default” in {file}.", file=job.template.file),
        )
    return found
