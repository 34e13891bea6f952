"""kanal and the networks by one clock, and a draft for later on two of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.cli.calls import Kanal
from tests.cli.frozen import Frozen
from tests.cli.handing_over.office import BOTH, Office
from tests.conftest import WriteFile


@pytest.fixture
def practice(office_folder: Path, clock: Frozen) -> Iterator[Practice]:
    """Practice networks by the clock that kanal goes by."""
    folder = office_folder / ".kanal" / "sandbox"
    folder.mkdir(parents=True)
    state = folder / "networks.sqlite3"
    with running(state, staging=folder / "staging", clock=lambda: clock().timestamp()) as networks:
        (folder / "address").write_text(networks.address, encoding="utf-8")
        yield networks


@pytest.fixture
def office(kanal: Kanal, practice: Practice, clock: Frozen, write_file: WriteFile) -> Office:
    """No drafts but one, which is due in two hours."""
    for file in ("baustelle.yaml", "verkehr/linden.yaml"):
        (kanal.root / "posts" / file).unlink()
    made = Office(kanal, practice, clock, write_file)
    made.draft()
    return made


@pytest.fixture
def handed(office: Office) -> Office:
    """The draft lies with both networks."""
    assert office.kanal.json("publish", "--hand-over").outcomes == BOTH
    return office
