"""What is going on right now: a bar on a terminal, plain lines in CI. To stderr, never among the results."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kanal.cli.desk import Desk
from kanal.message import Message, msg
from kanal.model import DeliveryKey
from kanal.publish.conditions import Moment, News, Uploading, Watch

MEGABYTE = 1_000_000
WORTH_A_LINE = 10 * MEGABYTE
"""In CI smaller uploads are over before anybody wonders."""


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
    quarters: dict[tuple[DeliveryKey, str], int] = {}

    def watch(moment: Moment, key: DeliveryKey, news: News) -> None:
        if isinstance(news, Uploading):
            quarter = 4 * news.sent // max(news.total, 1)
            if news.total >= WORTH_A_LINE and quarter > quarters.get((key, news.file), 0):
                desk.note(_so_far(key, news))
            quarters[key, news.file] = quarter
        elif note := _note(moment, key, news):
            desk.note(note)

    return watch


def _bar(desk: Desk, total: int) -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
    from rich.text import Text

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=total)
        uploads: dict[tuple[DeliveryKey, str], TaskID] = {}

        def upload(key: DeliveryKey, news: Uploading) -> None:
            """A bar of its own, in megabytes, until the last byte is out."""
            name = (key, news.file)
            if name not in uploads:
                words = desk.say(msg("megabytes of {file}", file=news.file))
                uploads[name] = shown.add_task(f"{key.channel}: {words}", total=news.total / MEGABYTE)
            shown.update(uploads[name], completed=news.sent / MEGABYTE)
            if news.sent >= news.total:
                shown.remove_task(uploads.pop(name))

        def watch(moment: Moment, key: DeliveryKey, news: News) -> None:
            if isinstance(news, Uploading):
                upload(key, news)
            elif note := _note(moment, key, news):
                shown.console.print(Text(desk.say(note)))
            elif moment is Moment.FINISHED:
                shown.advance(task)
            else:
                shown.update(task, description=f"{key.channel}: {key.draft}")

        yield watch


def _so_far(key: DeliveryKey, news: Uploading) -> Message:
    return msg(
        "{channel}: {sent} of {total} MB of “{file}” are sent.",
        channel=key.channel,
        sent=news.sent // MEGABYTE,
        total=news.total // MEGABYTE,
        file=news.file,
    )


def _note(moment: Moment, key: DeliveryKey, reason: Message | None) -> Message | None:
    """What is worth a line that stays."""
    if moment is Moment.WAITING:
        return msg("{channel}: waiting. {reason}", channel=key.channel, reason=reason or "")
    if moment is Moment.NOTED and reason:
        return msg("{channel}: {reason}", channel=key.channel, reason=reason)
    return None
