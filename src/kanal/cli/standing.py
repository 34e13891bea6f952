"""How each delivery stands: what the plan says about it and what the ledger knows, in one result."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from kanal.cli.desk import Desk
from kanal.cli.git import last_change
from kanal.cli.networks import Ledgers
from kanal.cli.sending import Job
from kanal.ledger import AWAY, OPEN, WENT_OUT, Ledger, Standing, State
from kanal.message import msg
from kanal.message_json import moment
from kanal.model import Outcome, Receipt
from kanal.publish.complaints import Record
from kanal.publish.conditions import Result
from kanal.publish.outdated import outdated
from kanal.publish.pace import Past
from kanal.publish.planning import Step
from kanal.publish.replies import answered
from kanal.publish.timing import ready_since
from kanal.publish.wait import Why

_OUTCOMES = {State.REJECTED: Outcome.REJECTED, State.RELEASED: Outcome.DEFERRED}


def standings(steps: Sequence[Step], job: Job, ledgers: Ledgers) -> list[Result]:
    """The result of each step as of now."""
    return [_as_it_stands(step, _in_ledger(step, job, ledgers), job) for step in steps]


class Stale(NamedTuple):
    """A post that says the old, and the reply beneath it that corrects it, if there is one."""

    result: Result
    reply: Receipt | None


def still_old(results: Sequence[Result], job: Job, ledgers: Ledgers) -> list[Stale]:
    """Those that are out with a text that their draft does not say any more."""
    of_ledger = {ledger: ledger.states() for ledger in ledgers}
    digests = {
        key: digest
        for name, channel in job.channels.items()
        for key, (_, digest) in of_ledger[ledgers.of(channel, sandbox=job.sandbox)].items()
        if key.channel == name
    }
    mentions = job.project.office.mentions
    return [
        Stale(one.result, answered(one.result.step.key, one.now or ("",), _ledger(one.result.step, job, ledgers)))
        for one in outdated(results, job.entries, job.channels, digests, mentions, everything=job.everything)
    ]


def _ledger(step: Step, job: Job, ledgers: Ledgers) -> Ledger:
    return ledgers.of(job.channels[step.key.channel], sandbox=job.sandbox)


def record_of(job: Job, ledgers: Ledgers, desk: Desk) -> Record:
    """What the ledgers say about the channels of the job; about the real ones, if there are any."""
    live = [channel for channel in job.channels.values() if job.is_live(channel.name)]
    past = Past(desk.clock())
    asked = [(ledgers.of(one, sandbox=job.sandbox), one.name) for one in live or job.channels.values()]
    first = [at for ledger in {id(ledger): ledger for ledger, _ in asked}.values() for at in _first(ledger)]
    return Record(
        begun=min(first, default=None),
        last=max((at for ledger, name in asked if (at := past.last(ledger, name))), default=None),
        ahead=max((at for ledger, name in asked if (at := past.ahead(ledger, name))), default=None),
    )


def _first(ledger: Ledger) -> list[datetime]:
    return [moment(line.at) for line in islice(ledger.lines(), 1)]


def _in_ledger(step: Step, job: Job, ledgers: Ledgers) -> Standing | None:
    return _ledger(step, job, ledgers).standing(step.key) if step.key.channel in job.channels else None


def _as_it_stands(step: Step, standing: Standing | None, job: Job) -> Result:
    if standing is None or (standing.state is State.RELEASED and step.outcome):
        goes_out = msg("It goes out with the next publish.")
        if step.key.revision > 1:
            goes_out = msg("It was taken down, to be published anew, and goes out with the next publish.")
        planned = step.reason or goes_out
        return Result(step, step.outcome or Outcome.DEFERRED, planned, since=_since(step, job))
    receipt = standing.receipt
    if standing.state is State.PUBLISHED:
        url, at = (receipt.url, receipt.at) if receipt else (None, None)
        return Result(step, Outcome.PUBLISHED, standing.reason, url, at)
    if standing.state in WENT_OUT:
        return _changed(step, standing)
    if standing.state in AWAY:
        return _with_network(step, standing)
    reason, at = standing.reason, standing.retry_at or standing.since
    if standing.state is State.CLAIMED:
        reason = msg("Sending began at {time}; how it ended is not known.", time=standing.since)
    if standing.state in OPEN:
        return Result(step, Outcome.UNCERTAIN, reason, at=at, since=standing.since)
    return Result(step, _OUTCOMES[standing.state], reason, at=at, since=_since(step, job) or standing.since)


def _with_network(step: Step, standing: Standing) -> Result:
    at = standing.comes_out_at
    if standing.state is State.CANCELLING:
        begun = msg("Taking it back began at {time}: {reason}", time=standing.at, reason=standing.reason or "")
        return Result(step, Outcome.UNCERTAIN, begun, at=at, since=standing.at)
    if step.doubt:
        past = msg("The network was to publish it at {time}; kanal publish looks whether it did.", time=at)
        return Result(step, Outcome.HANDED_OVER, past, at=at)
    return Result(step, Outcome.HANDED_OVER, step.reason, at=at)


def _changed(step: Step, standing: Standing) -> Result:
    url = standing.receipt.url if standing.receipt else None
    if standing.state is State.RETRACTED:
        return Result(step, Outcome.RETRACTED, standing.reason, url, standing.at)
    if standing.state is State.CORRECTING:
        begun = msg("Correcting it began at {time}: {reason}", time=standing.at, reason=standing.reason or "")
        return Result(step, Outcome.UNCERTAIN, begun, url, since=standing.at)
    begun = msg("Taking it down began at {time}: {reason}", time=standing.at, reason=standing.reason or "")
    if step.why is Why.REPOSTING:
        begun = msg("Publishing it anew began at {time}: {reason}", time=standing.at, reason=standing.reason or "")
    return Result(step, Outcome.UNCERTAIN, begun, url, since=standing.at)


def _since(step: Step, job: Job) -> datetime | None:
    """Since when it waits; for a draft without a time, since its file is as it is."""
    if step.since or step.why is Why.EARLY:
        return step.since
    due = ready_since(step.post.draft) if step.post and step.outcome is None else None
    return due or (last_change(job.project.root, step.file) if step.file and step.outcome is Outcome.HELD else None)
