"""`kanal log`: the events of the ledger."""

from collections.abc import Collection
from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.desk import Desk
from kanal.cli.networks import open_ledgers
from kanal.cli.publish import Channels, FormatOption, Practice
from kanal.cli.sending import select_channels
from kanal.cli.terminal import Piece, table, write
from kanal.ledger import Event, EventKind
from kanal.message import Message, mark, msg
from kanal.model import Approval, Warrant
from kanal.suggest import did_you_mean


def log(
    context: typer.Context,
    draft: Annotated[str | None, typer.Argument(help=mark("Only this draft (its id)."))] = None,
    channel: Channels = None,
    sandbox: Practice = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """The events of the ledger, oldest first."""
    desk: Desk = context.obj
    project = desk.project()
    channels = select_channels(project, channel or [])
    with open_ledgers(project, channels.values(), desk.environ, desk.clock, sandbox=sandbox) as ledgers:
        events = sorted(
            (
                event
                for ledger in ledgers
                for event in ledger.history(draft=draft)
                if event.key.channel in channels or not channel
            ),
            key=lambda event: (event.at, event.number),
        )
        known = {key.draft for ledger in ledgers for key in ledger.states()} if draft and not events else set()
    if form is show.Format.JSON:
        show.write_json({"events": [_event_json(event, desk) for event in events], "summary": {"events": len(events)}})
        return
    if not events:
        write(desk.say(_nothing(draft, known)))
        return
    head = [
        desk.say.plain(title) for title in (mark("time"), mark("event"), mark("channel"), mark("draft"), mark("what"))
    ]
    rows: list[list[Piece]] = [
        [desk.say.time(e.at), desk.say.plain(EVENTS[str(e.kind)]), e.key.channel, e.key.draft, _what(e, desk)]
        for e in events
    ]
    table(head, rows)


def _nothing(draft: str | None, known: Collection[str]) -> Message:
    """`known` are the drafts that the ledger has events of."""
    if not draft or not known:
        return msg("The ledger holds no events yet.")
    if draft in known:
        return msg("The ledger holds no events of “{draft}” there.", draft=draft)
    hint = did_you_mean(draft, known)
    return msg("The ledger holds no events of “{draft}”. {hint}", draft=draft, hint=hint)


EVENTS = {
    "claimed": mark("claimed"),
    "taken-over": mark("taken over"),
    "published": mark("published"),
    "rejected": mark("rejected"),
    "released": mark("released"),
    "uncertain": mark("uncertain"),
    "located": mark("address found"),
    "vouched": mark("vouched for"),
    "retracting": mark("being taken down"),
    "retracted": mark("taken down"),
    "kept": mark("as it was"),
    "correcting": mark("being corrected"),
    "corrected": mark("corrected"),
    "handed-over": mark("handed over"),
    "cancelling": mark("being taken back"),
    "cancelled": mark("taken back"),
    "reposting": mark("being published anew"),
    "replaced": mark("gave way"),
    "answering": mark("being answered"),
}


def _what(event: Event, desk: Desk) -> str:
    if event.receipt and event.kind is EventKind.HANDED_OVER:
        return desk.say(msg("goes out at {time} (number {id} there)", time=event.receipt.at, id=event.receipt.id))
    if event.receipt:
        return event.receipt.url or event.receipt.id
    if event.kind is EventKind.CLAIMED and event.goes_out_at:
        return desk.say(msg("to be handed over for {time} by {by}", time=event.goes_out_at, by=event.by))
    return desk.say(event.reason) if event.reason else event.by


def _event_json(event: Event, desk: Desk) -> dict[str, object]:
    warrant = event.warrant or Warrant()
    approval = warrant.approval
    return {
        "number": event.number,
        "at": event.at.isoformat(),
        "event": str(event.kind),
        "draft": event.key.draft,
        "channel": event.key.channel,
        "part": event.key.part,
        "revision": event.key.revision,
        "digest": event.digest,
        "by": event.by,
        "version": event.version,
        "id": event.receipt.id if event.receipt else None,
        "url": event.receipt.url if event.receipt and event.kind is not EventKind.HANDED_OVER else None,
        "goes_out_at": _goes_out_at(event),
        "reason": desk.say(event.reason) if event.reason else None,
        "approval": _approval_json(approval) if approval else None,
        "waivers": [{"rule": w.rule, "reason": w.reason, "name": w.name} for w in warrant.waivers],
        "retry_at": event.retry_at.isoformat() if event.retry_at else None,
        "media": list(event.media),
        "reply": event.reply,
        "mark": event.mark,
    }


def _goes_out_at(event: Event) -> str | None:
    """When the network is to publish it: as it was asked to, or as it said."""
    at = event.receipt.at if event.receipt and event.kind is EventKind.HANDED_OVER else event.goes_out_at
    return at.isoformat() if at else None


def _approval_json(approval: Approval) -> dict[str, str | None]:
    return {"name": approval.name, "at": approval.at.isoformat(), "digest": approval.digest}
