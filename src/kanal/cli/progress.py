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
        if moment is Moment.WAITING:
            desk.note(msg("{channel}: waiting. {reason}", channel=key.channel, reason=reason or ""))
        elif moment is Moment.NOTED and reason:
            desk.note(msg("{channel}: {reason}", channel=key.channel, reason=reason))

    return watch


def _bar(desk: Desk, total: int) -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=total)

        def watch(moment: Moment, key: DeliveryKey, reason: Message | None) -> None:
            if moment is Moment.FINISHED:
                shown.advance(task)
            elif moment is Moment.WAITING:
                text = desk.say(msg("{channel}: waiting. {reason}", channel=key.channel, reason=reason or ""))
                shown.update(task, description=text)
            elif moment is Moment.NOTED and reason:
                shown.console.print(desk.say(msg("{channel}: {reason}", channel=key.channel, reason=reason)))
            else:
                shown.update(task, description=f"{key.channel}: {key.draft}")

        yield watch
