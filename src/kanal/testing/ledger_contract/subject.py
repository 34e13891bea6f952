"""What all promises share: the ledger under test, and deliveries to claim."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.ledger import Intent, Ledger
from kanal.message import msg
from kanal.model import DeliveryKey, Part, Picture, Prepared, Receipt

Opener = Callable[[], Ledger]
ALICE, BOB = "rathaus/1/aaa", "rathaus/2/bbb"
KEY = DeliveryKey("mastodon", "baustelle")
OTHER = DeliveryKey("x", "baustelle")
PICTURE = Picture(Path("posts") / "größe.jpg", "Zwei „Linden“ 🌳", "Landkreis", "CC BY 4.0")
PREPARED = Prepared(Part("Zeile 1\nZeile 2 'ä' 🌳", "de", "https://a.example/", (PICTURE,)), {"media.0": "42", "ü": ""})
RECEIPT = Receipt("114", "https://m.example/@lk/114", datetime(2026, 11, 2, 7, 0, 0, 123456, tzinfo=UTC))
WHY = msg("The network is busy.")
KIM, TONI = "Kim Muster", "Toni Muster"
"""People, who change what is out."""
NEVER_OUT = ("new", "claimed", "uncertain", "released", "rejected")
"""What `bring_about` does: all ways to be known, or not, without ever having been out."""


def intent(key: DeliveryKey = KEY, digest: str = "d1") -> Intent:
    """What a runner would claim."""
    return Intent(key, digest, PREPARED)


def publish(ledger: Ledger, key: DeliveryKey = KEY) -> None:
    """Let it be out."""
    ledger.claim([intent(key)], ALICE)
    ledger.settle(key, RECEIPT, ALICE)


def bring_about(state: str, ledger: Ledger, claimed: Intent | None = None) -> None:
    """Let it be one of `NEVER_OUT`, or `published`; with `claimed` as what was claimed for that."""
    if state != "new":
        ledger.claim([claimed or intent()], ALICE)
    if state == "uncertain":
        ledger.doubt(KEY, WHY, ALICE)
    elif state == "released":
        ledger.release(KEY, WHY, None, ALICE)
    elif state == "rejected":
        ledger.settle(KEY, WHY, ALICE)
    elif state == "published":
        ledger.settle(KEY, RECEIPT, ALICE)


class LedgerContract:
    """Subclass it and override the fixtures `opener` and `spare`."""

    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        """Opens one and the same ledger, empty at first; must survive pickling, other processes call it too."""
        raise NotImplementedError("override the fixture “opener”")

    @pytest.fixture
    def spare(self, tmp_path: Path) -> Opener:
        """Opens another place for the same ledger (name and id), without events: where `ledger move` copies to."""
        raise NotImplementedError("override the fixture “spare”")

    @pytest.fixture
    def ledger(self, opener: Opener) -> Iterator[Ledger]:
        """The ledger under test."""
        opened = opener()
        yield opened
        opened.close()

    @pytest.fixture
    def second(self, opener: Opener) -> Iterator[Ledger]:
        """The same ledger, opened once more, as another runner has it."""
        opened = opener()
        yield opened
        opened.close()
