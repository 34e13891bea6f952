"""What `kanal status --check` had to complain about each day, foreseen by the oracle."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.quarter.calendar import TICK, Calendar
from tests.quarter.oracle import Delivery, Oracle
from tests.quarter.simulation import Diary

Said = tuple[str, str | None, str | None]
"""Kind, draft, channel."""
TOLD = frozenset({"over", "late", "unapproved", "broken", "past", "warning", "unreadable"})
"""What is complained about once it is held for longer than a day."""
PAPERS = frozenset({"unapproved", "broken", "past"})
"""What the rules object to; they are asked only about what the times let pass."""
LONG = timedelta(days=1)
ALARM = timedelta(days=3)
"""For how long nothing may be published at all."""


@dataclass
class Foreseen:
    """By the calendar, and by what was `out` at that time according to the networks."""

    calendar: Calendar
    oracle: Oracle
    out: Mapping[Delivery, datetime]

    def differences(self, diary: Diary) -> Iterator[str]:
        """Each day `status --check` complained about what there was to complain about, and about nothing else."""
        for at, (code, said) in diary.checks.items():
            got = {(one["kind"], one["draft"], one["channel"]) for one in said["complaints"]}
            wanted = set(self._complaints(at))
            expected = 4 if any(kind == "silence" for kind, _, _ in wanted) else 3 if wanted else 0
            if got != wanted or code != expected:
                yield f"check at {at}: {code}, too much: {got - wanted}, missing: {wanted - got}"

    def _complaints(self, at: datetime) -> Iterator[Said]:
        last = max((out for out in self.out.values() if out <= at), default=None)
        if last and at - last > ALARM:
            yield ("silence", None, None)
        if at in self.calendar.hold and at - self.calendar.hold.begin > LONG:
            yield ("hold", None, None)
        due: dict[str, list[Delivery]] = {}
        for one in self.oracle.deliveries():
            if one in self.out and self.out[one] <= at:
                continue
            obstacle = self.oracle.obstacle(one, at)
            if obstacle is None:
                due.setdefault(one.channel, []).append(one)
            elif obstacle.why in PAPERS and one.draft.kind != "crisis" and self._recent(one.channel, at):
                continue  # for a quarter of an hour it is the post before it that is named as the reason
            elif obstacle.why in TOLD and obstacle.since and at - obstacle.since > LONG:
                unreadable = ("held", f"posts/{one.draft.name}.yaml", "")  # which channels it is about, nobody knows
                yield unreadable if obstacle.why == "unreadable" else ("held", one.draft.name, one.channel)
        for channel, waiting in due.items():
            yield from self._overdue(channel, waiting, at)

    def _recent(self, channel: str, at: datetime) -> bool:
        return any(at - TICK < out <= at for one, out in self.out.items() if one.channel == channel)

    def _overdue(self, channel: str, waiting: Sequence[Delivery], at: datetime) -> Iterator[Said]:
        """Of what is due, only the next one counts: the others keep their distance to it."""
        recent = self._recent(channel, at)
        for place, one in enumerate(sorted(waiting, key=_rank)):
            free = one.draft.kind == "crisis" or (place == 0 and not recent)
            ready = max(filter(None, (one.draft.due, one.draft.last_approval(at))))
            if free and at - ready > timedelta(hours=1):
                yield ("overdue", one.draft.name, channel)


def _rank(one: Delivery) -> tuple[bool, datetime, str]:
    """Warnings first, then by time."""
    return one.draft.kind != "crisis", one.draft.publish_at or datetime.min.replace(tzinfo=UTC), one.draft.name
