"""`kanal import`: what stands elsewhere already, as drafts. So far these are feeds of press releases."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kanal.cli import show
from kanal.cli.desk import Desk
from kanal.cli.publish import FormatOption
from kanal.cli.sending import select_channels
from kanal.cli.terminal import write
from kanal.config import Project
from kanal.errors import UsageError
from kanal.message import Message, mark, msg, msgn
from kanal.model import Channel, ChannelStatus
from kanal.platforms import limits_of

if TYPE_CHECKING:
    from kanal.feeds.drafting import Words
    from kanal.feeds.entry import Entry
    from kanal.feeds.fetching import Fetched
    from kanal.feeds.importing import Imported

DAYS = 30
group = typer.Typer(help=mark("Drafts of what stands elsewhere already."), no_args_is_help=True, rich_markup_mode=None)


@group.command(
    "feed", help=mark("Make drafts of the press releases in a feed (RSS, Atom, JSON Feed); nothing is posted.")
)
def feed(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="URL|FILE", help=mark("The feed: a web address, or a file."))],
    channels: Annotated[
        list[str] | None,
        typer.Option(
            "--channel", help=mark("Only for this channel; may be repeated. Without: all that need no picture.")
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", help=mark("From this day on, like 2026-11-01. Without: 30 days back."))
    ] = None,
    into: Annotated[
        str, typer.Option("--into", help=mark("The folder for the drafts, within that of all drafts."))
    ] = "press-releases",
    internal: Annotated[
        bool, typer.Option("--internal", help=mark("Also from a server within the office's own network."))
    ] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help=mark("Only show what would be written."))] = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """Make drafts of the press releases in a feed (RSS, Atom, JSON Feed); nothing is posted."""
    from kanal.feeds.importing import Order, bring_in
    from kanal.feeds.reading_apart import read_apart

    desk: Desk = context.obj
    project = desk.project()
    wanted = _channels(project, channels)
    now = desk.clock().astimezone(project.office.zone)
    begin = _day(since, now)
    folder = _folder(project, into)
    fetched = _fetch(source, internal=internal)
    found = read_apart(fetched)
    order = Order(
        project.root,
        folder,
        tuple(channel.name for channel in wanted),
        tuple(map(limits_of, wanted)),
        begin,
        now,
        frozenset(entry.id for entry in desk.drafts(project).each()),
        lambda entry: _words(entry, found.title or fetched.source, desk),
        dry,
    )
    name = folder.relative_to(project.root).as_posix()
    _show(list(bring_in(found, order)), name, begin, desk, form, dry=dry)


def _fetch(source: str, *, internal: bool) -> "Fetched":
    from kanal.feeds.fetching import from_file, from_web

    is_file = Path(source).is_file() or ":" not in source[len("C:") :]
    return from_file(Path(source)) if is_file else from_web(source, internal=internal)


def _channels(project: Project, names: Sequence[str] | None) -> list[Channel]:
    if names:
        return list(select_channels(project, names).values())
    found = [
        channel
        for channel in project.channels.values()
        if channel.status is not ChannelStatus.ENDED and not limits_of(channel).media_min
    ]
    if not found:
        raise UsageError(msg("No channel takes a post without a picture."), msg("Name one: --channel NAME"))
    return found


def _day(text: str | None, now: datetime) -> datetime:
    try:
        day = date.fromisoformat(text) if text else now.date() - timedelta(days=DAYS)
    except ValueError:
        raise UsageError(msg("“{text}” is not a day. Write it like 2026-06-01.", text=text or "")) from None
    return datetime.combine(day, time(), now.tzinfo)


def _folder(project: Project, into: str) -> Path:
    folder = (project.posts / into).resolve()
    if not folder.is_relative_to(project.posts.resolve()):
        raise UsageError(msg("“{into}” is not within the folder of the drafts.", into=into))
    return folder


def _words(entry: "Entry", title: str, desk: Desk) -> "Words":
    from kanal.feeds.drafting import Words

    origin = msg("From “{title}”, date there unknown", title=title)
    if entry.published:
        origin = msg("From “{title}”, {at}", title=title, at=entry.published)
    advice = msg("Shorten it, add a picture and publish_at; then take out “unfinished”.")
    return Words(desk.say(origin), desk.say(advice), desk.say(msg("The rest of the text:")))


def _show(
    found: "Sequence[Imported]", folder: str, since: datetime, desk: Desk, form: show.Format, *, dry: bool
) -> None:
    from kanal.feeds.importing import Fate

    counts = Counter(one.fate for one in found)
    if form is show.Format.JSON:
        entries = [_as_json(one, folder) for one in found]
        show.write_json({"entries": entries, "summary": {str(fate): counts[fate] for fate in Fate}})
        return
    for one in found:
        if one.fate is Fate.WRITTEN:
            write(f"{folder}/{one.file}")
        elif one.fate is Fate.CHANGED:
            desk.note(msg("Changed there since it was imported: {title}", title=one.entry.title))
    for message in _summary(counts[Fate.WRITTEN], counts[Fate.SEEN] + counts[Fate.CHANGED], counts[Fate.OLDER], since):
        desk.note(message)
    if counts[Fate.WRITTEN]:
        desk.note(
            msg("Nothing was written: --dry-run")
            if dry
            else msg("They are unfinished, and none goes out. Next: kanal lint")
        )


def _summary(written: int, seen: int, older: int, since: datetime) -> Iterable[Message]:
    yield msgn("{count} new draft.", "{count} new drafts.", written)
    if seen:
        yield msgn("{count} entry was imported before.", "{count} entries were imported before.", seen)
    if older:
        yield msgn(
            "{count} entry is older than {day}; see --since.",
            "{count} entries are older than {day}; see --since.",
            older,
            day=since.date(),
        )


def _as_json(one: "Imported", folder: str) -> dict[str, object]:
    entry = one.entry
    return {
        "name": entry.name,
        "title": entry.title,
        "link": entry.link,
        "published": entry.published.isoformat() if entry.published else None,
        "outcome": str(one.fate),
        "file": f"{folder}/{one.file}" if one.file else None,
    }
