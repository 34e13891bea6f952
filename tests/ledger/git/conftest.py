from pathlib import Path

import pytest

from tests.ledger.git.clones import Office, _nobodys_settings, made

__all__ = ["_nobodys_settings"]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A server with one commit on `main`."""
    return made(tmp_path)
