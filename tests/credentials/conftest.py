"""Grants, a file for them, and a keyring in memory."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kanal.credentials import Grant
from kanal.model import Secret

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
TOKEN = "abcDEF123456geheim"


@pytest.fixture
def grant() -> Grant:
    return Grant(
        "browser",
        "https://api.x.com",
        "landkreis",
        {"oauth2_access_token": Secret(TOKEN)},
        NOON,
        NOON,
        {"refresh_token": Secret(f"{TOKEN}-again")},
        ("tweet.read",),
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "kanal" / "credentials.json"


@pytest.fixture
def environ(file: Path) -> dict[str, str]:
    return {"KANAL_CREDENTIALS": str(file)}


@pytest.fixture
def ring() -> Iterator[Any]:
    pytest.importorskip("keyring", reason="needs the extra kanal[keyring]")
    from tests.credentials.rings import Ring, in_use

    made = Ring()
    with in_use(made):
        yield made


@pytest.fixture
def no_ring() -> Iterator[None]:
    """As on a server: the package is there, a keyring is not."""
    pytest.importorskip("keyring", reason="needs the extra kanal[keyring]")
    from keyring.backends.fail import Keyring

    from tests.credentials.rings import in_use

    with in_use(Keyring()):  # type: ignore[no-untyped-call] # keyring types only some
        yield
