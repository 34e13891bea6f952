"""What is to be done: every draft on every channel against the ledger, without a single request.

It must not know adapters. A published delivery is recognised by its key alone, so that a folder of 10,000 published
drafts costs one read of the ledger and no parsing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from kanal.compose import Mentions, Post, compose
from kanal.config.brakes import Brakes
from kanal.folder import Entry
from kanal.ledger import AWAY, OPEN, STANDS, WENT_OUT, Standing, State
from kanal.message import Message, msg
from kanal.model import Channel, ChannelStatus, DeliveryKey, Draft, DraftType, Outcome
from kanal.publish.away import away
from kanal.publish.revisions import States, present, revisions
from kanal.publish.timing import Terms, early, planned_for, ready_since, unattended
from kanal.publish.wait import Wait, Why
from kanal.publish.warnings import held_by

_LIFE = {ChannelStatus.PLANNED: msg("planned"), ChannelStatus.PAUSED: msg("paused")}
_TAKEN_DOWN = frozenset({State.RETRACTING, State.RETRACTED})
_MAKING_WAY = frozenset({State.REPOSTING, State.REPLACED})


@dataclass(frozen=True, slots=True)
class Step:
    """One delivery and what is planned for it: `outcome` when that is settled already, None when it is due.

    `post` is there for whatever is not published yet and still has a draft. A `doubt` must be settled first, whatever
    the channel's state; if it turns out not to be published, `afterwards` says why it still is not to be sent. `why`
    and `since` as in `Wait`; what is `failed` was to be sent, and must not be, so that the exit code counts it.
    """

    key: DeliveryKey
    file: str
    outcome: Outcome | None = None
    reason: Message | None = None
    post: Post | None = None
    at: datetime | None = None
    doubt: bool = False
    afterwards: Wait | None = None
    why: Why | None = None
    since: datetime | None = None
    failed: bool = False

    def waiting(self, wait: Wait, *, failed: bool = False) -> "Step":
        """The step, held up: a doubt is settled all the same, and not sent again."""
        if self.doubt:
            return replace(self, afterwards=self.afterwards or wait, failed=failed)
        at = wait.until or self.at
        return replace(
            self, outcome=wait.outcome, reason=wait.reason, at=at, why=wait.why, since=wait.since, failed=failed
        )


class Situation(NamedTuple):
    """What holds right now besides drafts, channels and ledger.

    With `terms` nobody is watching the run, and the rules of time count; `last` then tells when something was last
    published on a channel. `away` is how those deliveries stand that lie with a network.
    """

    warning: Entry | None = None
    brakes: Brakes = Brakes()
    terms: Terms | None = None
    last: Callable[[str], datetime | None] = lambda _: None
    away: Mapping[DeliveryKey, Standing] = MappingProxyType({})


ORDINARY = Situation()


def plan(
    entries: Iterable[Entry],
    channels: Mapping[str, Channel],
    states: Mapping[str, States],
    mentions: Mentions,
    now: datetime,
    *,
    situation: Situation = ORDINARY,
) -> list[Step]:
    """The steps for `entries`, crisis information first, then by time and id.

    `channels` are those to look at, `states` gives the ledger's states by channel; `now` is in the office's zone.
    """
    done: list[Step] = []
    todo: list[tuple[Draft, Step]] = []
    newest = {name: revisions(known) for name, known in states.items()}
    for entry in entries:
        draft: Draft | None = None
        for name in entry.channels:
            if name not in channels:
                continue
            known = states.get(name, {})
            first = present(DeliveryKey(name, entry.id), newest.get(name, {}))
            keys = [first._replace(part=part) for part in range(1, entry.parts_on(channels[name]) + 1)]
            stands = [known.get(key, (None, ""))[0] for key in keys]
            done += (
                went_out(key, entry.file, state) for key, state in zip(keys, stands, strict=True) if state in WENT_OUT
            )
            if all(state in WENT_OUT for state in stands):
                continue
            draft = draft or entry.load()
            posts = compose(draft, channels[name], mentions)
            todo += (
                (draft, _step(post, key, stands, now, situation))
                for post, key, state in zip(posts, keys, stands, strict=True)
                if state not in WENT_OUT
            )
    todo.sort(key=lambda pair: _urgency(pair[0]))
    return [*(step for _, step in todo), *done]


def went_out(key: DeliveryKey, file: str, state: State) -> Step:
    """The step of a delivery that was published, and is not sent again whatever became of it since."""
    if state is State.RETRACTED:
        return Step(
            key, file, Outcome.RETRACTED, msg("It was taken down. To publish it again, give the draft a new id.")
        )
    if state is State.RETRACTING:
        return being_retracted(key, file)
    if state in _MAKING_WAY:
        return being_reposted(key, file)
    return Step(key, file, Outcome.ALREADY, why=Why.CORRECTING if state is State.CORRECTING else None)


def being_retracted(key: DeliveryKey, file: str = "") -> Step:
    """The step of a delivery that somebody began to take down: only the same command finishes that."""
    reason = msg("Somebody began to take it down; whether it is gone is not known.")
    return Step(key, file, Outcome.UNCERTAIN, reason, why=Why.RETRACTING)


def being_reposted(key: DeliveryKey, file: str = "") -> Step:
    """The step of a delivery that somebody began to publish anew: the same command finishes that."""
    reason = msg("Somebody began to publish it anew; whether the old post is gone is not known.")
    return Step(key, file, Outcome.UNCERTAIN, reason, why=Why.REPOSTING)


def held_back(draft: Draft, channel: Channel, now: datetime, situation: Situation) -> Wait | None:
    """What holds a draft back on a channel at any hour, also if somebody is watching; `now` is in the office's zone."""
    return _idle(draft, channel, now) or early(draft, now) or _held(draft, channel, now, situation)


def _urgency(draft: Draft) -> tuple[bool, datetime, str]:
    return (draft.type is not DraftType.CRISIS, draft.publish_at or datetime.min.replace(tzinfo=UTC), draft.id)


def _step(post: Post, key: DeliveryKey, stands: Sequence[State | None], now: datetime, situation: Situation) -> Step:
    """The step for one part; `stands` are the states of all. When the first is out, the rest follows at any hour."""
    draft, state, begun = post.draft, stands[key.part - 1], stands[0] in STANDS
    step = Step(key, draft.path, post=post, at=planned_for(draft), doubt=state in OPEN)
    if state in AWAY:
        return _away(step, now, situation)
    wait = _taken_down(stands) or held_back(draft, post.channel, now, situation)
    if wait is None and situation.terms and not begun:
        wait = unattended(draft, situation.last(key.channel), now, situation.terms)
    return step.waiting(wait) if wait else step


def _away(step: Step, now: datetime, situation: Situation) -> Step:
    """The step of what lies with a network: looked for once its time has come, and sent by nobody."""
    standing, post = situation.away.get(step.key), step.post
    at = standing.comes_out_at if standing else None
    held = _held(post.draft, post.channel, at.astimezone(now.tzinfo), situation) if post and at else None
    is_due = standing is not None and standing.state is State.HANDED_OVER and at is not None and at <= now
    return replace(step, doubt=is_due).waiting(away(step.key, standing, post, held))


def _taken_down(stands: Sequence[State | None]) -> Wait | None:
    """Whether any other part was, so that nobody wants the rest."""
    if _TAKEN_DOWN.isdisjoint(stands):
        return None
    return Wait(Outcome.SKIPPED, msg("Another part of this thread was taken down; this one is not sent."), Why.GONE)


def _idle(draft: Draft, channel: Channel, now: datetime) -> Wait | None:
    """Whether the draft is none that is sent, or the channel none that is used now."""
    name = channel.name
    ready = ready_since(draft)
    since = ready if ready and ready <= now else None
    if draft.type is DraftType.REPLY:
        reason = msg("kanal checks replies, but does not send them yet. Copy the text into the network.")
        return Wait(Outcome.HELD, reason, Why.REPLY, since)
    if draft.unfinished:
        reason = msg("It is marked as unfinished. When it is ready, take “unfinished” out of the draft.")
        return Wait(Outcome.HELD, reason, Why.UNFINISHED, since)
    if channel.status is ChannelStatus.ENDED:
        return Wait(Outcome.SKIPPED, msg("The channel “{channel}” has ended.", channel=name), Why.CHANNEL, since)
    if channel.status is not ChannelStatus.ACTIVE:
        reason = msg("The channel “{channel}” is {status}.", channel=name, status=_LIFE[channel.status])
    elif channel.start and now.date() < channel.start:
        reason = msg("The channel “{channel}” starts on {day}.", channel=name, day=channel.start)
    else:
        return None
    return Wait(Outcome.HELD, reason, Why.CHANNEL, since)


def _held(draft: Draft, channel: Channel, now: datetime, situation: Situation) -> Wait | None:
    """Whether somebody holds the draft back: the whole office, the channel's people, or a warning."""
    ready = ready_since(draft)
    hold, pause = situation.brakes.hold, situation.brakes.pauses.get(channel.name)
    if hold and draft.type is not DraftType.CRISIS:
        reason = msg(
            "Everything is on hold: {reason} ({name}). Only warnings go out.", reason=hold.reason, name=hold.name
        )
        return Wait(Outcome.HELD, reason, Why.HOLD, max(hold.since, ready or hold.since))
    if pause and now < pause.ends:
        reason = msg("The channel “{channel}” is paused until {time}.", channel=channel.name, time=pause.ends)
        if pause.reason:
            reason = msg("{reason} {why}", reason=reason, why=pause.reason)
        return Wait(Outcome.HELD, reason, Why.PAUSE, max(pause.since, ready or pause.since), pause.ends)
    return held_by(situation.warning, draft, ready)
