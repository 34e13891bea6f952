"""`kanal retract`: what a draft published is taken down, and it is looked whether it is gone.

What lies with a network is taken back from it by the same command: whoever wants a post away does not know whether it
came out a minute ago, and must not have to choose.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.answering import Name, plain, who
from kanal.cli.completing import drafts_to_offer
from kanal.cli.desk import Desk, relative
from kanal.cli.errands import Errand, carry_out
from kanal.cli.networks import open_ledgers
from kanal.cli.progress import progress
from kanal.cli.publish import Channels, FormatOption, Practice, Yes
from kanal.cli.question import agrees
from kanal.cli.sending import select_channels
from kanal.cli.terminal import Piece, table
from kanal.cli.terminating import leave_at_once
from kanal.config import Project
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.folder import Entry
from kanal.ledger import AWAY, OPEN, WENT_OUT
from kanal.message import mark, msg, msgn
from kanal.model import DeliveryKey, Outcome
from kanal.publish.planning import Step
from kanal.publish.retracting import Retracting
from kanal.publish.revisions import States
from kanal.publish.running import exit_code
from kanal.publish.taken_down import out_of_reach, replies_to, retractions
from kanal.publish.word import Word
from kanal.suggest import did_you_mean

SHOWN = 40
"""Characters of a text, in the table before the question."""


def retract(
    context: typer.Context,
    draft: Annotated[
        str,
        typer.Argument(
            help=mark("The draft: its id, also when the file is gone, or its file."), autocompletion=drafts_to_offer
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", help=mark("Why; it is kept in the ledger."))],
    channel: Channels = None,
    name: Name = None,
    by_hand: Annotated[
        bool, typer.Option("--by-hand", help=mark("You took it down on the network yourself; only look, and note it."))
    ] = False,
    yes: Yes = False,
    sandbox: Practice = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """Take down what a draft published, take back what was handed over, and look whether it is gone."""
    desk: Desk = context.obj
    project = desk.project()
    channels = select_channels(project, channel or [])
    entry = _entry(draft, project, desk)
    identity = entry.id if entry else draft
    word = Word(who(project, name), plain(reason))
    with open_ledgers(project, channels.values(), desk.environ, desk.clock, sandbox=sandbox) as ledgers:
        errand = Errand(project, channels, ledgers, word, sandbox, by_hand)
        steps = _steps(identity, errand, everywhere=not channel)
        todo = [step for step in steps if step.outcome is None]
        if any(errand.is_live(step.key.channel) for step in todo) and not yes:
            _ask(todo, errand, desk)
        with progress(desk, len(todo)) as watch:
            try:
                results = carry_out(errand, steps, desk, watch, Retracting)
            except KeyboardInterrupt:
                desk.note(msg("Broken off. The same command again finishes it."))
                leave_at_once()
        show.deliveries(results, desk.say, form, quiet=())
        if entry and not channel:
            _warn_of_the_others(entry, errand, desk)
    raise typer.Exit(exit_code(results))


def _entry(draft: str, project: Project, desk: Desk) -> Entry | None:
    """The draft that is meant, if its file is still there."""
    names = {draft, relative(draft, project.root)}
    return next((entry for entry in desk.drafts(project).entries if not names.isdisjoint({entry.id, entry.file})), None)


def _steps(draft: str, errand: Errand, *, everywhere: bool) -> list[Step]:
    """What is to be done, and what cannot: replies that correct it go first, lest they stand beneath nothing.

    Raises `UsageError` if the draft was published nowhere.
    """
    states = errand.states()
    steps = retractions(draft, states)
    if everywhere:
        steps += out_of_reach(draft, [ledger.states() for ledger in errand.ledgers], errand.project.channels)
    steps = [*_replies(draft, errand, states), *steps]
    if not steps:
        known = [
            key.draft for name, found in states.items() for key, (state, _) in found.items() if state in WENT_OUT | AWAY
        ]
        raise UsageError(
            msg("According to the ledger, nothing of “{draft}” is out there.", draft=draft),
            did_you_mean(draft, known) if known else msg("See: kanal status"),
        )
    return steps


def _replies(draft: str, errand: Errand, states: Mapping[str, States]) -> list[Step]:
    return [
        step
        for name, known in states.items()
        for reply in replies_to(draft, name, errand.ledger_of(name))
        for step in retractions(reply, {name: known})
        if step.outcome is not Outcome.RETRACTED
    ]


def _ask(todo: Sequence[Step], errand: Errand, desk: Desk) -> None:
    """Show what would be gone, and ask. Raises `UsageError` where nobody can answer."""
    if not sys.stdin.isatty():
        raise UsageError(
            msg("There is no terminal on which to ask whether to take it down."),
            msg("In CI and scripts, say so with --yes."),
        )
    say = desk.say
    titles = (mark("draft"), mark("channel"), mark("network"), mark("text"), mark("address"))
    head = [say.plain(title) for title in titles]
    table(head, [_row(step.key, errand, desk) for step in todo], to=sys.stderr)
    live = sum(errand.is_live(step.key.channel) for step in todo)
    question = msgn("Take {count} post down from a real network?", "Take {count} posts down from real networks?", live)
    if errand.by_hand:
        question = msgn("Note {count} post as taken down?", "Note {count} posts as taken down?", live)
    if not agrees(question, desk):
        desk.note(msg("Nothing was taken down."))
        raise typer.Exit(Exit.DONE)


def _row(key: DeliveryKey, errand: Errand, desk: Desk) -> list[Piece]:
    standing = errand.ledger_of(key.channel).standing(key)
    text = " ".join(standing.prepared.part.text.split()) if standing and standing.prepared else ""
    short = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    address = (standing.receipt.url or standing.receipt.id) if standing and standing.receipt else ""
    kind = mark("real") if errand.is_live(key.channel) else mark("practice")
    return [key.draft, key.channel, desk.say.plain(kind), short, address]


def _warn_of_the_others(entry: Entry, errand: Errand, desk: Desk) -> None:
    """What was not out yet is not held up by this: whoever takes a post down may not think of it."""
    states = errand.states()
    tried = WENT_OUT | OPEN | AWAY
    waiting = [
        name
        for name in entry.channels
        if name in states and states[name].get(DeliveryKey(name, entry.id), (None, ""))[0] not in tried
    ]
    if waiting:
        desk.note(
            msg(
                "“{draft}” is not out yet on: {channels}. If it must not go out there, take the channel out of {file}.",
                draft=entry.id,
                channels=", ".join(waiting),
                file=entry.file,
            )
        )
