"""Which posts still carry an old text: of a folder only files that changed since, of named drafts all."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from kanal.compose import compose, content_digest
from kanal.folder import Entry, scan
from kanal.model import DeliveryKey, Outcome
from kanal.publish.conditions import Result
from kanal.publish.outdated import outdated
from kanal.publish.planning import Step
from tests.conftest import LoadProject

OUT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = DeliveryKey("mastodon", "baustelle")


@pytest.fixture
def says(load_project: LoadProject) -> "Says":
    return Says(load_project)


class Says:
    """How it is told of baustelle, whose file changed some time after the publication."""

    def __init__(self, load_project: LoadProject) -> None:
        self.project = load_project()
        folder = scan(self.project.root, self.project.setting, None)
        self.entry: Entry = next(entry for entry in folder.entries if entry.id == "baustelle")
        posts = compose(self.entry.load(), self.project.channels["mastodon"], {})
        self.digests = {KEY: content_digest(posts[0].part)}

    def __call__(
        self,
        digests: Mapping[DeliveryKey, str],
        *,
        changed: timedelta,
        everything: bool = True,
        outcome: Outcome = Outcome.PUBLISHED,
    ) -> bool:
        when = (OUT + changed).timestamp()
        os.utime(self.entry.stat.path, (when, when))
        stat = self.entry.stat._replace(mtime=os.stat(self.entry.stat.path).st_mtime_ns)  # noqa: PTH116 - as it was seen
        entry = self.entry._replace(stat=stat)
        result = Result(Step(KEY, entry.file), outcome, at=OUT)
        found = list(outdated([result], [entry], self.project.channels, digests, {}, everything=everything))
        return [one.result for one in found] == [result]


LATER, EARLIER = timedelta(hours=1), timedelta(hours=-1)


def test_a_draft_that_says_something_else_since_is_told(says: Says) -> None:
    assert says({KEY: "other"}, changed=LATER) is True
    assert says(says.digests, changed=LATER) is False


def test_of_a_folder_a_file_that_is_older_than_the_publication_is_not_read(says: Says) -> None:
    assert says({KEY: "other"}, changed=EARLIER) is False
    assert says({KEY: "other"}, changed=EARLIER, everything=False) is True


def test_clocks_may_differ_a_little(says: Says) -> None:
    assert says({KEY: "other"}, changed=timedelta(seconds=-30)) is True


def test_what_the_ledger_does_not_know_is_not_compared(says: Says) -> None:
    assert says({KEY: ""}, changed=LATER) is False
    assert says({}, changed=LATER) is False


@pytest.mark.parametrize("outcome", [Outcome.RETRACTED, Outcome.UNCERTAIN, Outcome.DEFERRED])
def test_only_what_is_out_can_carry_an_old_text(says: Says, outcome: Outcome) -> None:
    assert says({KEY: "other"}, changed=LATER, outcome=outcome) is False
