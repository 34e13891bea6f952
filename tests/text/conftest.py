"""The oracle for X's way to count: `twitter-text-parser`, an independent port of X's own library."""

import sys
from collections.abc import Callable, Iterator
from importlib import resources
from types import ModuleType

import pytest

Oracle = Callable[[str], int]


@pytest.fixture(scope="session")
def oracle() -> Iterator[Oracle]:
    # The package reads one file with pkg_resources, which setuptools no longer has (82) or warns about (67.5).
    stand_in = ModuleType("pkg_resources")
    stand_in.__dict__["resource_string"] = lambda module, name: (
        resources.files(module.rpartition(".")[0]).joinpath(name).read_bytes()
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pkg_resources", stand_in)
        from twitter_text import parse_tweet

        yield lambda text: int(parse_tweet(text).weightedLength)
