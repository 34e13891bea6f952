"""Holds what the networks, the ledger and `kanal status` say at the end against the oracle."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from kanal.ledger import Event, EventKind
from kanal.sandbox import PracticePost
from tests.quarter.calendar import PLATFORM, TICK, Calendar, Planned
from tests.quarter.office import ACCOUNTS
from tests.quarter.oracle import CLOSE, Delivery, Excused, Oracle

SAID = {
    "as late as it may be. Give": "late",
    "as late as it may be. It is left out": "skipped",
    "The event began at": "over",
    "It was over at": "over",
    "Everything is on hold": "hold",
    "is paused until": "pause",
    "is planned.": "channel",
    "starts on": "channel",
    "kanal checks replies": "reply",
    "ordinary posts wait": "warning",
    "[approval/": "unapproved",
    "[privacy/iban]": "broken",
    "[time/past-event]": "past",
    "It is due at": "early",
    "It is embargoed until": "early",
    "quiet hours": "quiet-hours",
    "too close to the post before it": CLOSE,
}
"""By which words of a reason one tells what it is about."""


@dataclass
class Verdict:
    """What became of every delivery; `wrong` says in plain words what must not be."""

    calendar: Calendar
    posts: Sequence[PracticePost]
    excused: Excused
    out: dict[Delivery, datetime] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    delays: Counter[str] = field(default_factory=Counter)
    doubled: int = 0
    lost: int = 0

    def __post_init__(self) -> None:
        self.oracle = Oracle(self.calendar)
        self._match()

    def _match(self) -> None:
        """Which post is which delivery; none may be there twice, and none that nobody planned."""
        channels = {(PLATFORM[name], account): name for name, account in ACCOUNTS.items()}
        by_text = {text: draft for draft in self.calendar.drafts for text in self._texts(draft)}
        for post in self.posts:
            draft = by_text.get(post.text)
            if draft is None:
                self.wrong.append(f"nobody planned this: {post.text}")
                continue
            one = Delivery(draft, channels[post.platform, post.account])
            if one in self.out:
                self.doubled += 1
                self.wrong.append(f"{draft.name} is on {one.channel} twice: {self.out[one]} and {post.at}")
            self.out.setdefault(one, post.at)

    @staticmethod
    def _texts(draft: Planned) -> set[str]:
        return {draft.text(draft.written), draft.text(draft.changed or draft.written)}

    def judge_times(self) -> None:
        """Each went out when nothing stood in the way, and waited only while something did."""
        others: dict[str, list[datetime]] = {}
        for one, at in self.out.items():
            others.setdefault(one.channel, []).append(at)
        for one in self.oracle.deliveries():
            out = self.out.get(one)
            if out is not None:
                self._judge_moment(one, out)
            reasons = []
            for at, why in self.oracle.unexplained(one, out, others, self.excused):
                reasons.append(why)
                if not why:
                    self.lost += out is None
                    self.wrong.append(f"{one.draft.name} on {one.channel} waited at {at} for no reason (out: {out})")
                    break
            if out is not None:
                self.delays[_main(reasons)] += 1
        self._judge_distance(others)

    def _judge_moment(self, one: Delivery, out: datetime) -> None:
        clocks = [self.calendar.clock(name, out) for name in ("gitlab", "forgejo") if self.calendar.runs(name, out)]
        found = [self.oracle.obstacle(one, clock) for clock in clocks]
        if all(found):
            self.wrong.append(f"{one.draft.name} went out on {one.channel} at {out}, despite {found}")
        if one.draft.text(out) not in {post.text for post in self.posts}:
            self.wrong.append(f"{one.draft.name} on {one.channel} said something else at {out}")

    def _judge_distance(self, others: Mapping[str, list[datetime]]) -> None:
        calm: dict[str, list[datetime]] = {name: [] for name in others}
        for one, at in self.out.items():
            if one.draft.kind != "crisis":
                calm[one.channel].append(at)
        for channel, times in calm.items():
            times.sort()
            close = [b for a, b in pairwise(times) if b - a < TICK]
            self.wrong += [f"two posts came together on {channel} at {at}" for at in close]

    def judge_end(self, status: Sequence[Mapping[str, Any]]) -> Counter[str]:
        """What is not out, `status` explains: how often for each reason."""
        told = {(row["draft"], row["channel"]): row for row in status}
        found: Counter[str] = Counter()
        at = self.calendar.end
        for one in self.oracle.deliveries():
            if one in self.out:
                continue
            row = told.get((one.draft.name, one.channel)) or told.get((f"posts/{one.draft.name}.yaml", ""))
            expected = self.oracle.obstacle(one, at)
            if row is None or expected is None:
                self.wrong.append(f"{one.draft.name} on {one.channel}: status says {row}, expected {expected}")
                continue
            said = "unreadable" if not row["channel"] else _about(row["reason"])
            found[said] += 1
            if said != expected.why:
                self.wrong.append(f"{one.draft.name} on {one.channel}: status says {row}, expected {expected}")
        return found

    def judge_ledger(self, events: Sequence[Event], clocks: set[datetime]) -> None:
        """Every delivery that is out stands there once, by its id, and every event has a time of the quarter."""
        published = [event for event in events if event.kind is EventKind.PUBLISHED]
        keys = Counter((event.key.draft, event.key.channel) for event in published)
        wanted = {(one.draft.name, one.channel) for one in self.out}
        self.wrong += [f"{key} is in the ledger {times} times" for key, times in keys.items() if times != 1]
        self.wrong += [f"the ledger and the networks differ about {key}" for key in wanted ^ set(keys)]
        ids = {(post.platform, post.id) for post in self.posts}
        noted = {(PLATFORM[event.key.channel], event.receipt.id) for event in published if event.receipt}
        self.wrong += [f"the ledger and the networks differ about {one}" for one in ids ^ noted]
        self.wrong += [f"event {one.number} is dated {one.at}" for one in events if one.at not in clocks]


def _about(reason: str) -> str:
    return next((why for words, why in SAID.items() if words in reason), reason)


def _main(reasons: Sequence[str]) -> str:
    """The reason that counts in the summary: what kept it longest; "" for what did not wait at all."""
    counted = Counter(why for why in reasons if why)
    return max(counted, key=lambda why: (counted[why], why)) if counted else ""
