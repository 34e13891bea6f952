"""What is going on right now: a bar on a terminal, plain lines in CI. To stderr, never among the results."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kanal.cli.desk import Desk
from kanal.message import Message, msg
from kanal.model import DeliveryKey
from kanal.publish.conditions import Moment, Watch


@contextmanager
def progress(desk: Desk, total: int) -> Iterator[Watch]:
    """A `Watch` that shows `total` deliveries going by."""
    if total == 0:
        yield lambda _moment, _key, _reason: None
    elif sys.stderr.isatty():
        yield from _bar(desk, total)
    else:
        yield _lines(desk)


def _lines(desk: Desk) -> Watch:
    def watch(moment: Moment, key: DeliveryKey, reason: Message | None) -> None:
        note = _note(moment, key, reason)
        if note:
            desk.note(note)

    return watch


def _bar(desk: Desk, total: int) -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.text import Text

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=total)

        def watch(moment: Moment, key: DeliveryKey, reason: Message | None) -> None:
            note = _note(moment, key, reason)
            if note:
                shown.console.print(Text(desk.say(note)))
            elif moment is Moment.FINISHED:
                shown.advance(task)
            else:
                shown.update(task, description=f"{key.channel}: {key.draft}")

        yield watch


def _note(moment: Moment, key: DeliveryKey, reason: Message | None) -> Message | None:
    """What is worth a line that stays."""
    if moment is Moment.WAITING:
        return msg("{channel}: waiting. {reason}", channel=key.channel, reason=reason or "")
    if moment is Moment.NOTED and reason:
        return msg("{channel}: {reason}", channel=key.channel, reason=reason)
    return None
