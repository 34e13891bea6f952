import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanal.draft_files import FileStat
from kanal.folder import BATCH, Read, Work
from kanal.lint.dealing import HELD, Dealer
from kanal.media.gallery import Seen

READERS = 3
Pictures = Sequence[tuple[str, ...]]


class Office:
    """Several readers of drafts that show pictures; each remembers what it saw or heard of."""

    def __init__(self, pictures: Pictures, look_takes: float = 0.0) -> None:
        self.work: Work = [(str(number), FileStat("", 0, 0)) for number in range(len(pictures))]
        self.looks: list[str] = []
        self.read = 0
        self._pictures = pictures
        self._look_takes = look_takes
        self._own = threading.local()

    def deal(self) -> list[str]:
        with ThreadPoolExecutor(READERS) as pool:
            return [read.file for read in Dealer(self.work, partial(self._submit, pool), READERS)]

    def _submit(
        self, pool: ThreadPoolExecutor, batch: Work, news: Mapping[str, Seen], look: bool
    ) -> Future[list[Read]]:
        return pool.submit(self._job, batch, news, look)

    def _job(self, batch: Work, news: Mapping[str, Seen], look: bool) -> list[Read]:
        known: set[str] = self._own.__dict__.setdefault("known", set())
        known.update(news)
        return [self._one(file, stat, known, look) for file, stat in batch]

    def _one(self, file: str, stat: FileStat, known: set[str], look: bool) -> Read:
        self.read += 1
        shown = self._pictures[int(file)]
        unseen = [picture for picture in shown if picture not in known]
        if unseen and not look:
            return Read(file, stat, None, [], unseen=tuple(unseen))
        for picture in unseen:
            time.sleep(self._look_takes)
            self.looks.append(picture)
        known.update(shown)
        return Read(file, stat, None, [], {picture: Seen(0, 0, {}) for picture in shown})


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=3, unique=True).map(tuple), max_size=160))
def test_every_file_comes_once_and_in_order_whatever_it_shows(pictures: Pictures) -> None:
    office = Office(pictures)
    assert office.deal() == [file for file, _ in office.work]
    assert set(office.looks) == {picture for shown in pictures for picture in shown}


def test_a_picture_that_many_drafts_show_is_looked_into_once() -> None:
    office = Office([("a",)] * 400, look_takes=0.05)
    assert len(office.deal()) == 400
    assert office.looks == ["a"]


def test_pictures_that_one_draft_each_shows_are_looked_into_once() -> None:
    pictures = [(f"picture {number}",) for number in range(200)]
    office = Office(pictures)
    office.deal()
    assert sorted(office.looks) == sorted(picture for (picture,) in pictures)


def test_others_read_on_while_somebody_looks() -> None:
    office = Office([("a",), *[()] * (4 * BATCH)], look_takes=0.5)
    with ThreadPoolExecutor(READERS) as pool:
        dealt = iter(Dealer(office.work, partial(office._submit, pool), READERS))
        next(dealt)
        assert office.read > 4 * BATCH


def test_no_more_is_read_ahead_than_has_room() -> None:
    """The first draft takes long; of ten times as many as may be held, most must wait."""
    office = Office([("a",), *[()] * (10 * READERS * HELD)], look_takes=1)
    with ThreadPoolExecutor(READERS) as pool:
        next(iter(Dealer(office.work, partial(office._submit, pool), READERS)))
        assert office.read <= READERS * HELD + 2


def test_what_a_reader_raises_comes_through() -> None:
    def submit(*_: object) -> Future[list[Read]]:
        broken: Future[list[Read]] = Future()
        broken.set_exception(OSError("gone"))
        return broken

    with pytest.raises(OSError, match="gone"):
        next(iter(Dealer([("a", FileStat("", 0, 0))], submit, READERS)))
