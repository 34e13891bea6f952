"""What the rules object to is held back by itself, so that it cannot hold up a warning, nor anything else.

For runs that nobody watches. A person at a terminal is stopped instead (`kanal.cli.checking`), since he or she can mend
the draft at once. It must not know single rules, nor how findings come about.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from kanal.message import Message, msg
from kanal.model import DeliveryKey, Finding, Outcome, Severity
from kanal.publish.planning import Step
from kanal.publish.timing import ready_since
from kanal.publish.wait import Wait, Why

IsAsked = Callable[[Finding], bool]
ChannelsOf = Callable[[Finding], Collection[str]]


def held_back(
    steps: Sequence[Step], found: Iterable[Finding], channels_of: ChannelsOf, asked_before_publishing: IsAsked
) -> list[Step]:
    """The steps, those held that an error stands in the way of.

    A draft that lacks nothing but what is asked before publishing (an approval) is no failure: somebody will approve.
    `channels_of` names the channels that an error outside of drafts concerns: it holds what goes out there.
    """
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    by_file: dict[str, list[Finding]] = {}
    by_channel: dict[str, list[Finding]] = {}
    for error in errors:
        by_file.setdefault(error.file, []).append(error)
        for channel in channels_of(error):
            by_channel.setdefault(channel, []).append(error)
    return [
        _held(step, [*by_file.get(step.file, ()), *by_channel.get(step.key.channel, ())], asked_before_publishing)
        for step in steps
    ]


def _held(step: Step, errors: Sequence[Finding], asked_before_publishing: IsAsked) -> Step:
    if not errors or step.outcome is not None:
        return step
    worst = [error for error in errors if not asked_before_publishing(error)]
    first = (worst or errors)[0]
    why = Why.BROKEN if worst else Why.UNAPPROVED
    return step.waiting(Wait(Outcome.HELD, _sentence(first), why, _since(step)), failed=bool(worst))


def unreadable(found: Iterable[Finding]) -> list[Step]:
    """A step for each file that cannot be read: which draft and which channels it is about, nobody knows."""
    first: dict[str, Finding] = {}
    for finding in found:
        first.setdefault(finding.file, finding)
    return [
        Step(DeliveryKey("", file), file).waiting(Wait(Outcome.HELD, _sentence(finding), Why.BROKEN), failed=True)
        for file, finding in first.items()
    ]


def claimed_twice(steps: Sequence[Step], found: Iterable[Finding]) -> list[Step]:
    """The steps, those held whose id two drafts claim: only a person knows which one is meant.

    `found` complains about the later one, which is never sent, not even counted as sent, if the earlier one is out.
    """
    complaints = {finding.file: Wait(Outcome.HELD, _sentence(finding), Why.BROKEN) for finding in found}
    disputed = {step.key: complaints[step.file] for step in steps if step.file in complaints}
    return [
        step.waiting(disputed[step.key], failed=True)
        if step.key in disputed and (step.outcome is None or step.file in complaints)
        else step
        for step in steps
    ]


def _sentence(finding: Finding) -> Message:
    return msg(
        "{file}, line {line}: {message} [{rule}]",
        file=finding.file,
        line=finding.place.line,
        message=finding.message,
        rule=finding.rule,
    )


def _since(step: Step) -> datetime | None:
    return ready_since(step.post.draft) if step.post else None
