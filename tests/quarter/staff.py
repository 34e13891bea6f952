"""What the people of the office do: write, mend, approve, hold, pause, and settle doubts as `status` tells them."""

import json
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from kanal.sandbox import Practice
from tests.four_eyes import APPROVER, people
from tests.quarter.calendar import PLATFORM, Calendar, Planned
from tests.quarter.commits import push_all
from tests.quarter.machines import Machine
from tests.quarter.office import ACCOUNTS, draft_text, write_channels
from tests.quarter.worker import Call, Said

_COMMAND = re.compile(r"^ +kanal (resolve .+) --published URL$", re.MULTILINE)
HOLD_REASON = "Trauerfall im Kreistag"


@dataclass
class Staff:
    """The press office's own clone; `change` is the day on which the clocks change."""

    folder: Path
    calendar: Calendar
    change: date
    practice: Practice
    machine: Machine
    store: str
    done_until: datetime
    resolved: int = 0
    refused: int = 0
    _approvals: dict[str, bytes] = field(default_factory=dict)

    def begin(self) -> None:
        """The ledger, made once, and pushed with the configuration."""
        at = self.calendar.begin
        push_all(self.folder, "Anfang", "Kim Muster", at)
        self.must("ledger", "init", "--name", "Pressestelle", "--store", self.store, at=at)
        push_all(self.folder, "Journal", "Kim Muster", at)

    def must(self, *arguments: str, at: datetime, by: str = "Kim Muster") -> Said:
        """A command that has to go well."""
        said = self.call(*arguments, at=at, by=by)
        assert said.code == 0, (at, arguments, said.out, said.err)
        return said

    def call(self, *arguments: str, at: datetime, by: str = "Kim Muster") -> Said:
        dates = {f"GIT_{who}_DATE": at.isoformat() for who in ("AUTHOR", "COMMITTER")}
        return self.machine.call(Call(self.folder, arguments, at, {**people(by), **dates}))

    def work(self, until: datetime) -> None:
        """All that lies behind by then and was not done yet, each at its own time."""
        for at in sorted({at for at, _ in self._tasks() if self.done_until < at <= until}):
            for when, task in self._tasks():
                if when == at:
                    task(at)
            self._write(at)
            self._approve(at)
        self.done_until = until

    def _tasks(self) -> list[tuple[datetime, Callable[[datetime], object]]]:
        calendar = self.calendar
        slots: list[tuple[datetime, Callable[[datetime], object]]] = [
            (moment, lambda _: None)
            for draft in calendar.drafts
            for moment in (draft.written, draft.approved, draft.mended, draft.changed, draft.approved_again)
            if moment
        ]
        return [
            *slots,
            (calendar.hold.begin, lambda at: self.must("hold", "--reason", HOLD_REASON, "--push", at=at)),
            (calendar.hold.end, lambda at: self.must("release", "--push", at=at)),
            (calendar.pause.begin, self._pause),
            (calendar.planned_until, self._activate),
        ]

    def _pause(self, at: datetime) -> None:
        until = f"{self.calendar.pause_until}"
        self.must("pause", "facebook", "--until", until, "--reason", "Umbau", "--push", at=at)

    def _activate(self, at: datetime) -> None:
        write_channels(self.folder, self.calendar, self.practice, at)
        push_all(self.folder, "Instagram beginnt", "Kim Muster", at)

    def _write(self, at: datetime) -> None:
        """New drafts, mended ones and changed ones. An approval stays in the file, even where it becomes void."""
        fitting = [draft for draft in self.calendar.drafts if at in {draft.written, draft.mended, draft.changed}]
        for draft in fitting:
            kept = self._approvals.get(draft.name, b"")
            self._file(draft).write_bytes(draft_text(draft, at, self.change).encode() + kept)
        if fitting:
            push_all(self.folder, "Entwürfe", "Kim Muster", at)

    def _approve(self, at: datetime) -> None:
        fitting = [draft for draft in self.calendar.drafts if at in {draft.approved, draft.approved_again}]
        if not fitting:
            return
        before = {draft.name: draft_text(draft, at, self.change).encode() for draft in fitting}
        self.must("approve", *(draft.name for draft in fitting), "--yes", at=at, by=APPROVER)
        for draft in fitting:
            after = self._file(draft).read_bytes()
            assert after.startswith(before[draft.name])
            self._approvals[draft.name] = after.removeprefix(before[draft.name])
        push_all(self.folder, "Freigaben", APPROVER, at)

    def _file(self, draft: Planned) -> Path:
        return self.folder / "posts" / f"{draft.name}.yaml"

    def check(self, at: datetime) -> tuple[int, Mapping[str, Any]]:
        """`kanal status --check`: the exit code, and what it complains about."""
        said = self.call("status", "--check", "--format", "json", at=at)
        return said.code, json.loads(said.out)

    def settle(self, at: datetime) -> None:
        """Look at what is uncertain, and type what `status` tells: where it is, or that it is not out."""
        said = self.call("status", at=at)
        for command in _COMMAND.findall(said.out):
            words = shlex.split(command.replace("NAME", "'Kim Muster'").replace("REASON", "'Im Konto nachgesehen'"))
            draft, channel = words[1], words[3]
            listed = self._address(draft, channel, at)
            answer = ["--published", listed] if listed else ["--not-published"]
            if self.call(*words, *answer, at=at).code == 0:
                self.resolved += 1
            else:
                self.refused += 1

    def _address(self, name: str, channel: str, at: datetime) -> str | None:
        """Where the post is, as a person sees it in the account."""
        draft = next(draft for draft in self.calendar.drafts if draft.name == name)
        texts = {draft.text(at), draft.text(draft.written), draft.text(at - timedelta(days=1))}
        found = [post for post in self.practice.posts(PLATFORM[channel], ACCOUNTS[channel]) if post.text in texts]
        return found[0].url if found else None
