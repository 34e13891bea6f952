"""A ledger that cannot be written, or that a newer version keeps: before a run, while it claims, and while it settles.

Before and while claiming nothing may be sent. While settling the post is out, so the run says that it does not know
any more, and the next run, with the ledger in order, asks the network.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kanal.errors import KanalError
from kanal.publish.conditions import Moment
from kanal.sandbox import Practice
from tests.crash.conftest import NewScene
from tests.crash.scene import SETTLED, Heard, Ran, Scene, publish, was_in_doubt
from tests.crash.summary import Case, RecordProperty
from tests.crash.troubles import Home, git_home, git_home_of_a_small_server, postgres_home, sqlite_home
from tests.ledger.git.clones import _nobodys_settings
from tests.ledger.small_disk import SmallDisk, small_disk

__all__ = ["_nobodys_settings", "small_disk"]
QUARTER = 900.0
CLAIMING = Moment.PREPARED
SETTLING = Moment.COMMITTED
TROUBLES: Mapping[str, Mapping[str, tuple[Moment | None, ...]]] = {
    "sqlite": {"disk full": (CLAIMING, SETTLING), "read-only": (None,), "newer version": (None, CLAIMING, SETTLING)},
    "git": {
        "disk full": (CLAIMING, SETTLING),
        "read-only": (None, CLAIMING),
        "server refuses": (None, CLAIMING, SETTLING),
        "newer version": (None, CLAIMING, SETTLING),
    },
    "git's server": {"disk full": (CLAIMING, SETTLING)},
    "postgres": {
        "disk full": (CLAIMING, SETTLING),
        "read-only": (None, CLAIMING, SETTLING),
        "newer version": (None, CLAIMING, SETTLING),
    },
}
CASES = [
    (platform, where, trouble, moment)
    for platform in ("mastodon", "x")
    for where, troubles in TROUBLES.items()
    for trouble, moments in troubles.items()
    for moment in moments
]
"""Mastodon remembers what it was sent, X does not; SQLite's and git's files cannot be protected while they are open."""


@contextmanager
def home_of(where: str, disk: SmallDisk, folder: Path, request: pytest.FixtureRequest) -> Iterator[Home]:
    if where == "postgres":
        with postgres_home(disk, request.getfixturevalue("postgres")) as home:
            yield home
    elif where == "sqlite":
        yield sqlite_home(disk)
    else:
        yield (git_home if where == "git" else git_home_of_a_small_server)(disk, folder)


@pytest.mark.parametrize(("platform", "where", "trouble", "moment"), CASES)
def test_a_ledger_in_trouble_neither_doubles_nor_loses_the_post(  # noqa: PLR0917 - fixtures
    platform: str,
    where: str,
    trouble: str,
    moment: Moment | None,
    new_scene: NewScene,
    practice: Practice,
    small_disk: SmallDisk,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: RecordProperty,
) -> None:
    with home_of(where, small_disk, tmp_path, request) as home:
        scene = replace(new_scene("sqlite", platform), store=where.partition("'")[0], ledger=home.ledger)
        befalls = home.troubles[trouble]
        if moment is None:
            befalls.begin()
        before = befalls.fingerprint() if moment is None else None
        ran = _run(scene, lambda now: befalls.begin() if now is moment else None)
        posts = len(practice.posts(platform, scene.account))
        after = befalls.fingerprint() if moment is None else None
        befalls.end()
        later = _run(scene, later=QUARTER)
        in_the_end = len(practice.posts(platform, scene.account))
        told = bool(ran.reason) and (later.outcome in SETTLED or bool(later.reason))
        kind = f"ledger: {trouble} {'from the start' if moment is None else f'while {_doing(moment)}'}"
        Case(scene.store, kind, in_the_end, later.outcome in SETTLED, told, was_in_doubt(scene)).record(record_property)
    assert (posts, ran.outcome) in ({(1, "uncertain")} if moment is SETTLING else {(0, "deferred"), (0, "refused")})
    assert after == before, "refused, and changed all the same"
    assert (in_the_end, later.outcome) == (1, "published"), (ran, later)


def _doing(moment: Moment) -> str:
    return "claiming" if moment is CLAIMING else "settling"


def _run(scene: Scene, heard: Heard = lambda _: None, *, later: float = 0) -> Ran:
    """A run; where the ledger does not open, nothing is sent."""
    try:
        return publish(scene, heard, later=later, patience=None)
    except KanalError as error:
        return Ran("refused", str(error), "")
