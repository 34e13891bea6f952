"""`kanal demo`: the main job on the practice networks, with sample drafts if the folder has none of its own."""

import shutil
import sys
from pathlib import Path

import typer

from kanal.cli import show
from kanal.cli.desk import Desk
from kanal.cli.findings import as_text
from kanal.cli.networks import practice_networks
from kanal.cli.progress import progress
from kanal.cli.sending import Job, planned, send
from kanal.cli.terminal import write
from kanal.config import Project
from kanal.exits import Exit
from kanal.lint import has_errors, lint
from kanal.message import msg
from kanal.publish.running import exit_code

SAMPLE = Path(__file__).parent.parent / "sample"
FOLDER = "kanal-demo"


def demo(context: typer.Context) -> None:
    """Check the drafts and publish them to the practice networks. Nothing leaves this computer."""
    desk: Desk = context.obj
    desk.folder = _project_folder(desk)
    project = desk.project()
    desk.note(msg("Drafts: {folder}", folder=project.posts))
    linted = lint(project, desk.clock(), desk.cache(project))
    folder, found = linted.folder, linted.findings
    if found:
        as_text(found, len(folder.entries), desk.say, project.root)
    if has_errors(found):
        desk.note(msg("Nothing was sent."))
        raise typer.Exit(Exit.FINDINGS)
    job = Job(project, folder, folder.entries, project.channels, everything=True, sandbox=True)
    with planned(job, desk) as (steps, ledgers):
        todo = [step for step in steps if step.outcome is None]
        with progress(desk, len(todo)) as watch:
            results = send(job, steps, ledgers, desk, watch)
    show.deliveries(results, desk.say, show.Format.TEXT)
    _where_to_look(desk, project)
    raise typer.Exit(exit_code(results))


def _project_folder(desk: Desk) -> Path:
    """The named folder, the one we are in if it is an office's, or a copy of the samples in `kanal-demo`."""
    if desk.folder is not None:
        return desk.folder
    here = Path.cwd()
    if (here / "config" / "kanal.yaml").is_file():
        return here
    target = here / FOLDER
    if not (target / "config" / "kanal.yaml").is_file():
        source = SAMPLE if SAMPLE.is_dir() else Path(__file__).parents[3]
        for name in ("config", "posts"):
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)
        desk.note(msg("The sample drafts were copied to {folder}.", folder=target))
    return target


def _where_to_look(desk: Desk, project: Project) -> None:
    """Keep the timelines as pages that can be opened right away, and say how to run the networks."""
    from kanal.sandbox.snapshot import save

    with practice_networks(project) as practice:
        page = save(practice.address, project.state / "sandbox" / "timeline")
    option = "" if project.root == Path.cwd() else f" --project {project.root}"
    command = "kanal" if shutil.which("kanal") else f"{sys.executable} -m kanal"
    write(desk.say(msg("The timelines, as they are now: {page}", page=page.as_uri())))
    write(desk.say(msg("To run the practice networks: {command}", command=f"{command}{option} sandbox")))
