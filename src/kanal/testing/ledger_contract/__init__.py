"""What every ledger must keep, whatever it writes to: one claim per delivery, nothing forgotten, nothing rewritten.

    class TestMyLedger(LedgerPromises):
        @pytest.fixture
        def opener(self, tmp_path): ...  # a callable without arguments that opens the same ledger each time

        @pytest.fixture
        def spare(self, tmp_path): ...  # one that opens another place for the same ledger, with no events yet

This package must not know any store. It says nothing about damaged files and full disks; each store tests its own.
"""

from kanal.testing.ledger_contract.chaining import EventsAreChained
from kanal.testing.ledger_contract.claiming import ClaimsAreExclusive
from kanal.testing.ledger_contract.correcting import PostsAreCorrected
from kanal.testing.ledger_contract.handing_over import PostsAreHandedOver
from kanal.testing.ledger_contract.remembering import HistoryIsComplete
from kanal.testing.ledger_contract.reposting import PostsAreAnswered, PostsArePublishedAnew
from kanal.testing.ledger_contract.retracting import PostsAreTakenDown
from kanal.testing.ledger_contract.settling import OutcomesAreKept
from kanal.testing.ledger_contract.taking_over import DoubtsChangeHands


class LedgerPromises(
    ClaimsAreExclusive,
    OutcomesAreKept,
    DoubtsChangeHands,
    PostsAreTakenDown,
    PostsAreCorrected,
    PostsAreHandedOver,
    PostsArePublishedAnew,
    PostsAreAnswered,
    HistoryIsComplete,
    EventsAreChained,
):
    """The whole contract. Subclass it, and override the fixtures `opener` and `spare`."""
