"""Tests that need something this machine may not have: skipped with a reason, unless everything is demanded."""

import os
from typing import NoReturn

import pytest

DEMANDED = "KANAL_REQUIRE_ALL"
"""Set to 1 where nothing may be skipped (CI)."""


def require_or_skip(reason: str) -> NoReturn:
    """Skip the running test, or fail it where `KANAL_REQUIRE_ALL=1`. `reason` says how to get what is missing."""
    if os.environ.get(DEMANDED) == "1":
        pytest.fail(f"{reason} ({DEMANDED}=1 allows no skip)", pytrace=False)
    pytest.skip(reason)
