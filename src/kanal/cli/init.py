"""`kanal init`: write the files that an office begins with, or those that it lacks."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import which
from typing import Annotated

import typer

from kanal.approval.identity import me
from kanal.calling_git import AS_IT_IS
from kanal.cli.beginning.answers import Answers, collected
from kanal.cli.beginning.asking import agrees, asker, can_ask
from kanal.cli.beginning.files import ci_offers, invented_channels, office_files
from kanal.cli.beginning.known import known
from kanal.cli.beginning.placing import Offer, missing, place
from kanal.cli.beginning.question import QUESTIONS
from kanal.cli.ci_files import System
from kanal.cli.desk import Desk
from kanal.cli.git import is_work_tree
from kanal.cli.next_steps import NextStep, commit, say_next
from kanal.draft_files import Listing
from kanal.errors import ConfigError, UsageError
from kanal.language import Speech, choose
from kanal.message import mark, msg
from kanal.model import Channel

Ci = Annotated[
    System | None,
    typer.Option("--ci", help=mark("Only jobs that check merge requests, and publish every 15 minutes.")),
]
Office = Annotated[str | None, typer.Option("--office", help=mark("The name of the office."))]
Land = Annotated[str | None, typer.Option("--land", help=mark("Its Land, by name or like BB; or none."))]
Networks = Annotated[
    str | None, typer.Option("--networks", help=mark("mastodon, x, facebook, instagram, with commas; or all."))
]
Persons = Annotated[str | None, typer.Option("--persons", help=mark("one, or several who approve for each other."))]
Forge = Annotated[
    str | None, typer.Option("--forge", help=mark("Where the repository lies: gitlab, github, forgejo, or none."))
]
Language = Annotated[str | None, typer.Option("--language", help=mark("Of the files and of the office: de or en."))]
Website = Annotated[str | None, typer.Option("--website", help=mark("The office's website, like www.musterstadt.de."))]
Approvers = Annotated[
    str | None, typer.Option("--approvers", help=mark("Who may approve, by the names in git, with commas."))
]
StateAuthority = Annotated[
    bool | None,
    typer.Option("--state-authority/--no-state-authority", help=mark("An authority of the Free State of Bavaria.")),
]
Git = Annotated[
    bool | None, typer.Option("--git/--no-git", help=mark("Make the folder a git repository, if it is none."))
]


def init(
    context: typer.Context,
    office: Office = None,
    land: Land = None,
    networks: Networks = None,
    persons: Persons = None,
    forge: Forge = None,
    language: Language = None,
    website: Website = None,
    approvers: Approvers = None,
    state_authority: StateAuthority = None,
    git: Git = None,
    ci: Ci = None,
) -> None:
    """Write the files that an office begins with, or add those that it lacks. What is there is never overwritten.

    Asks for what no option says. Channels begin as practice: nothing real is reached.
    """
    desk: Desk = context.obj
    told = {
        "office": office,
        "land": land,
        "networks": networks,
        "persons": persons,
        "forge": forge,
        "language": language,
        "website": website,
        "approvers": approvers,
        "state-authority": None if state_authority is None else "yes" if state_authority else "no",
    }
    said = {name: text for name, text in told.items() if text is not None}
    if ci is None:
        _begin(desk, said, git=git)
    elif said or git is not None:
        raise UsageError(msg("--ci writes jobs for an office that is there; it stands alone."), msg("Use --forge."))
    else:
        _only_jobs(desk, ci)


def _only_jobs(desk: Desk, ci: System) -> None:
    project = desk.project()
    top = _top(project.root)
    folder = project.root.relative_to(top).as_posix()
    if place(top, list(ci_offers(ci, project.channels, folder)), desk):
        desk.note(msg("Now fill in KANAL and the versions in these files, make the secrets known, and commit."))


def _begin(desk: Desk, told: dict[str, str], *, git: bool | None) -> None:
    root = _root(desk)
    top = _top(root)
    found = known(root, top)
    needed = {question.name for question in QUESTIONS if not question.optional}
    asks = can_ask() and not needed <= found.answers.keys() | told.keys()
    if asks:
        desk.note(msg("kanal asks some questions, and writes nothing before the last one. Ctrl-C ends it."))
        answers = collected(told, found.answers, asker(desk))
    else:
        answers = collected(told, {"language": desk.say.language, **found.answers}, None)
    desk.say = Speech(choose(desk.environ, answers.language))
    offers = _offers(answers, root, top, found.channels)
    new = missing(top, offers)
    if asks and new and not agrees(msg("Write {files}?", files=", ".join(offer.file for offer in new)), desk):
        desk.note(msg("Nothing was written."))
        return
    written = place(top, offers, desk)
    repository = _repository(root, desk, git, asks=asks)
    if written:
        draft = any(offer.file.endswith(".yaml") and "posts/" in offer.file for offer in new)
        _what_next(desk, answers, root, repository=repository, draft=draft)


def _root(desk: Desk) -> Path:
    """The named folder, which need not be there yet; the office that we are in; or the folder that we are in."""
    if desk.folder is not None:
        if desk.folder.exists() and not desk.folder.is_dir():
            raise UsageError(msg("{file} is there, but it is no folder.", file=desk.folder), msg("Name another one."))
        return desk.folder.resolve()
    try:
        return desk.root()
    except ConfigError:
        return Path.cwd().resolve()


def _top(root: Path) -> Path:
    """The repository's top, where CI systems look; the office's folder where there is none."""
    there = next(folder for folder in (root, *root.parents) if folder.is_dir())
    try:
        found = AS_IT_IS.call(there, "rev-parse", "--show-toplevel")
    except OSError:
        return root
    return root if found.code else Path(found.text.strip()).resolve()


def _offers(answers: Answers, root: Path, top: Path, channels: Mapping[str, Channel] | None) -> list[Offer]:
    folder = root.relative_to(top).as_posix()
    first = not Listing(root, root / "posts").names
    return list(office_files(answers, channels or invented_channels(answers), folder=folder, draft=first))


def _repository(root: Path, desk: Desk, wanted: bool | None, *, asks: bool) -> bool:
    """Whether the folder lies in a repository in the end; one is made if somebody wants it. Raises `ConfigError`."""
    if is_work_tree(root):
        return True
    question = msg("This folder is in no git repository yet. Make it one? Nothing is committed.")
    if not (wanted or (wanted is None and asks and which("git") and agrees(question, desk))):
        return False
    try:
        done = AS_IT_IS.call(root, "init", "--quiet", "--initial-branch=main")
    except OSError as error:
        raise ConfigError(
            msg("The files are written, but git cannot be started, so this folder is no repository."),
            msg("Install git (https://git-scm.com), then: git init"),
        ) from error
    if done.code:
        raise ConfigError(msg("The files are written, but git init failed: {reason}", reason=done.words))
    return True


def _what_next(desk: Desk, answers: Answers, root: Path, *, repository: bool, draft: bool) -> None:
    desk.note(msg("Before the first real channel:"))
    desk.note(msg("  config/concept.yaml, config/netiquette.md  Fill in what stands in brackets."))
    if answers.forge:
        desk.note(
            msg("  The jobs of {forge}: fill in KANAL and the versions, make the secrets known.", forge=answers.forge)
        )
    say_next(_first_steps(root, desk, repository=repository, draft=draft), desk)


def _first_steps(root: Path, desk: Desk, *, repository: bool, draft: bool) -> Iterator[NextStep]:
    """From the files to the first draft; `draft` if one was written along with them."""
    if root != Path.cwd():
        yield NextStep(f'cd "{root}"')
    if not repository:
        yield NextStep("git init", msg("Drafts and approvals live in a git repository."))
    person = me(root, desk.environ)
    if not person.name:
        yield NextStep('git config --global user.name "…"', msg("Your first name and surname; approvals name them."))
    if not person.email:
        yield NextStep('git config --global user.email "…"', msg("Your address at the office."))
    yield from commit(msg("Begin"), desk.say)
    if draft:
        yield NextStep("kanal lint", msg("Holds the first draft, which is there already, against the rules."))
    yield NextStep("kanal new", msg("Asks for what a draft needs, and writes it."))
