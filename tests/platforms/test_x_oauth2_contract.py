"""X keeps the adapter contract with an OAuth 2.0 token, too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.login.authorizing import callback
from kanal.login.networks.x import Login
from kanal.testing.practice import PracticeContract, PracticeNetwork, new_account
from tests.login.person import person
from tests.login.ports import free_port


class TestX(PracticeContract):
    platform = "x"

    @pytest.fixture
    def network(self, tmp_path: Path) -> Iterator[PracticeNetwork]:
        """A fresh account, and what a login grants for it."""
        from kanal.sandbox.server import running

        staging = tmp_path / "staging"
        with running(tmp_path / "practice.sqlite3", staging=staging, record=self._tell) as practice:
            account = new_account(practice, "x", staging)
            port = free_port()
            app = practice.app("x", redirect=callback(port), confidential=True)
            with person(account.channel.account, app, port=port, redirects=False) as someone:
                grant = Login(account.channel).log_in("browser", someone, datetime.now(UTC))
            practice.reset_counts()
            yield replace(account, credentials=grant.credentials)
