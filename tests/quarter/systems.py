"""The two CI systems: how each gets the office's folder, and the job that it runs every quarter of an hour."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.ledger.git.clones import Office
from tests.quarter.commits import run_git
from tests.quarter.machines import Machine
from tests.quarter.worker import Call, Said

JOB = ("publish", "--due", "--yes", "--wait", "0", "--format", "json")
CLONED_ANEW_EVERY = 40
"""Of GitLab's runs; in between it does what a GitLab runner does with its strategy `fetch`."""


@dataclass
class System:
    """A CI system. `gitlab` throws away what is not in git before each job, except for a cache; `forgejo` keeps all."""

    name: str
    office: Office
    folder: Path
    machine: Machine
    alone: bool = False
    """Whether it works in the people's own folder: then there is nothing to fetch."""
    runs: int = 0
    seen: str | None = None

    def fetch(self) -> bool:
        """Get the newest `main`, as far as the server answers; False if the job cannot even begin.

        A fetch that would bring nothing is left out; a job in a folder like the last one's would see no difference.
        """
        if self.alone:
            return True
        if self.name == "gitlab" and self.runs and self.runs % CLONED_ANEW_EVERY == 0:
            return self.clone()
        newest = self._newest()
        fetched = newest is not None and newest == self.seen
        if not fetched and run_git(self.folder, "fetch", "--quiet", "origin", "main"):
            fetched = run_git(self.folder, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD")
            self.seen = newest
        if self.name == "gitlab":
            self._clean()
        return fetched or self.name == "forgejo"

    def _newest(self) -> str | None:
        """Where `main` is on the server, if it is there."""
        ref = self.office.server / "refs" / "heads" / "main"
        return ref.read_text(encoding="utf-8") if ref.exists() else None

    def _clean(self) -> None:
        """What GitLab's runner does before each job (`git clean -ffdx`), but for the cache that a job may keep."""
        for left in (self.folder / ".kanal").glob("*"):
            if left.name != "cache":
                shutil.rmtree(left)

    def clone(self) -> bool:
        """The whole history: it tells who approved."""
        if self.alone:
            return True
        shutil.rmtree(self.folder, ignore_errors=True)
        return run_git(self.office.folder, "clone", "--quiet", self.office.server.as_uri(), str(self.folder))

    def job(self, now: datetime, die_at: str | None) -> Said | None:
        """Get the newest drafts and publish what is due; None if the job did not live to say anything."""
        if not self.fetch():
            return None
        self.runs += 1
        return self.machine.ask(Call(self.folder, JOB, now, {}, die_at))
