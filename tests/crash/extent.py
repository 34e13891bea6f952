"""How much of the matrices is run with the slower ledgers. With SQLite it is always all of it."""

import os

from tests.optional import is_everything_demanded

EVERY_FAULT = os.environ.get("KANAL_EVERY_FAULT") == "1"
"""Everything with every ledger: half an hour on two cores."""
MORE = EVERY_FAULT or is_everything_demanded()
"""What CI has the time for."""
