"""Posts in a ledger, brought about without any network: out, and given way to their next revision."""

from datetime import UTC, datetime

from kanal.compose import content_digest
from kanal.ledger import Intent, Ledger
from kanal.message import msg
from kanal.model import DeliveryKey, Part, Prepared, Receipt

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WHY = msg("Why.")
MONDAY = Part("Am Montag.", "de")


def publish(ledger: Ledger, key: DeliveryKey, part: Part = MONDAY) -> None:
    """Let it be out."""
    assert ledger.claim([Intent(key, content_digest(part), Prepared(part))], "a") == {key}
    ledger.settle(key, Receipt(f"{key.part}{key.revision}", f"https://n.example/{key.part}/{key.revision}", NOON), "a")


def give_way(ledger: Ledger, key: DeliveryKey) -> None:
    """Let it be gone, so that the next revision may be claimed."""
    assert ledger.end_reposting(key, ledger.begin_reposting(key, WHY, "Kim") or 0, WHY, "Kim")
