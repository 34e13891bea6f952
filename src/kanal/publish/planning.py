"""What is to be done: every draft on every channel against the ledger, without a single request.

It must not know adapters. A published delivery is recognised by its key alone, so that a folder of 10,000 published
drafts costs one read of the ledger and no parsing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from kanal.compose import Mentions, Post, compose
from kanal.folder import Entry
from kanal.ledger import OPEN, State
from kanal.message import Message, msg
from kanal.model import Channel, ChannelStatus, DeliveryKey, Draft, DraftType, Outcome
from kanal.publish.warnings import held_by

_LIFE = {ChannelStatus.PLANNED: msg("planned"), ChannelStatus.PAUSED: msg("paused")}
States = Mapping[DeliveryKey, tuple[State, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One delivery and what is planned for it: `outcome` when that is settled already, None when it is due.

    `post` is there for whatever is not published yet and still has a draft. A `doubt` must be settled first, whatever
    the channel's state; if it turns out not to be published, `afterwards` says why it still is not to be sent.
    """

    key: DeliveryKey
    file: str
    outcome: Outcome | None = None
    reason: Message | None = None
    post: Post | None = None
    at: datetime | None = None
    doubt: bool = False
    afterwards: tuple[Outcome, Message] | None = None


def plan(
    entries: Iterable[Entry],
    channels: Mapping[str, Channel],
    states: Mapping[str, States],
    mentions: Mentions,
    now: datetime,
    *,
    warning: Entry | None = None,
) -> list[Step]:
    """The steps for `entries`, crisis information first, then by time and id.

    `channels` are those to look at, `states` gives the ledger's states by channel; `now` is in the office's zone;
    while a `warning` holds, ordinary posts wait.
    """
    done: list[Step] = []
    todo: list[tuple[Draft, Step]] = []
    for entry in entries:
        draft: Draft | None = None
        for name in entry.channels:
            if name not in channels:
                continue
            key = DeliveryKey(name, entry.id)
            state = states.get(name, {}).get(key, (None, ""))[0]
            if state is State.PUBLISHED:
                done.append(Step(key, entry.file, Outcome.ALREADY))
                continue
            draft = draft or entry.load()
            post = compose(draft, channels[name], mentions)
            todo.append((draft, _step(post, key, state, now, held_by(warning, draft))))
    todo.sort(key=lambda pair: _urgency(pair[0]))
    return [*(step for _, step in todo), *done]


def _urgency(draft: Draft) -> tuple[bool, datetime, str]:
    return (draft.type is not DraftType.CRISIS, draft.publish_at or datetime.min.replace(tzinfo=UTC), draft.id)


def _step(post: Post, key: DeliveryKey, state: State | None, now: datetime, held: Message | None) -> Step:
    draft = post.draft
    waits = _waits(draft, post.channel, now) or ((Outcome.HELD, held) if held else None)
    at = max((at for at in (draft.publish_at, draft.embargo) if at), default=None)
    if state in OPEN:
        return Step(key, draft.path, post=post, at=at, doubt=True, afterwards=waits)
    outcome, reason = waits or (None, None)
    return Step(key, draft.path, outcome, reason, post, at)


def _waits(draft: Draft, channel: Channel, now: datetime) -> tuple[Outcome, Message] | None:
    """Why the delivery is not due, if so."""
    name = channel.name
    if draft.type is DraftType.REPLY:
        return Outcome.HELD, msg("kanal checks replies, but does not send them yet. Copy the text into the network.")
    if channel.status is ChannelStatus.ENDED:
        return Outcome.SKIPPED, msg("The channel “{channel}” has ended.", channel=name)
    if channel.status is not ChannelStatus.ACTIVE:
        return Outcome.HELD, msg("The channel “{channel}” is {status}.", channel=name, status=_LIFE[channel.status])
    if channel.start and now.date() < channel.start:
        return Outcome.HELD, msg("The channel “{channel}” starts on {day}.", channel=name, day=f"{channel.start}")
    return _not_before(draft, now)


def _not_before(draft: Draft, now: datetime) -> tuple[Outcome, Message] | None:
    if draft.publish_at and draft.publish_at > now:
        return Outcome.DEFERRED, msg("It is due at {time}.", time=f"{draft.publish_at:%Y-%m-%d %H:%M}")
    if draft.embargo and draft.embargo > now:
        return Outcome.DEFERRED, msg("It is embargoed until {time}.", time=f"{draft.embargo:%Y-%m-%d %H:%M}")
    return None


def orphans(states: Mapping[str, States], steps: Iterable[Step]) -> list[Step]:
    """Open deliveries whose draft is gone from the folder, or changed its id: still nobody may forget them.

    `states` as for `plan`; what a ledger knows of other channels is left to a run that asks for them.
    """
    seen = {step.key for step in steps}
    return [
        Step(key, "", doubt=True, afterwards=(Outcome.SKIPPED, msg("The draft is gone; nothing was sent.")))
        for name, known in states.items()
        for key, (state, _) in known.items()
        if key.channel == name and state in OPEN and key not in seen
    ]


def cut_off(ledgers: Iterable[States], configured: Collection[str]) -> list[Step]:
    """Open deliveries on channels that were taken out of the configuration: nobody can ask there, nobody may forget."""
    return [
        Step(
            key,
            "",
            Outcome.UNCERTAIN,
            msg(
                "The channel “{channel}” is not in the configuration any more. Put it back with “status: ended” to"
                " settle this.",
                channel=key.channel,
            ),
        )
        for states in ledgers
        for key, (state, _) in states.items()
        if state in OPEN and key.channel not in configured
    ]
