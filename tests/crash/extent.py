"""How much of the matrices is run with the slower ledgers. With SQLite it is always all of it."""

import os

EVERY_FAULT = os.environ.get("KANAL_EVERY_FAULT") == "1"
"""Everything with every ledger: half an hour on two cores."""
