from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from kanal.ledger.git.store import GitLedger
from kanal.testing.ledger_contract import LedgerPromises
from kanal.testing.ledger_contract.subject import Opener
from tests.ledger.git.clones import Office, made

AT_ONCE = timedelta(0)


class TestGitLedger(LedgerPromises):
    """All runners work in one clone."""

    @pytest.fixture
    def opener(self, office: Office) -> Opener:
        place = office.place("redaktion", "cache.json")
        GitLedger.create(place, "main", "abc123").close()
        return partial(GitLedger, place, fresh_for=AT_ONCE)

    @pytest.fixture
    def spare(self, tmp_path: Path) -> Opener:
        (tmp_path / "spare").mkdir()
        place = made(tmp_path / "spare").place("spare")
        GitLedger.create(place, "main", "abc123").close()
        return partial(GitLedger, place, fresh_for=AT_ONCE)
