from pathlib import Path

import pytest

from tests.optional import require_or_skip

from .checking import specs_folder


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder of published specifications."""
    folder = specs_folder()
    if folder is None:
        require_or_skip("no published specifications: put them into ../shared/specs, or name shared in KANAL_SHARED")
    return folder
