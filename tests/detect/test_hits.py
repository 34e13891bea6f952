"""Hits of several searches put together."""

from kanal.detect import Hit
from kanal.detect.hits import apart


def test_of_overlapping_hits_the_earlier_or_longer_one_stays() -> None:
    hits = [Hit(5, 9, "c"), Hit(0, 3, "a"), Hit(0, 4, "b"), Hit(3, 5, "d"), Hit(4, 5, "e")]
    assert list(apart(hits)) == [Hit(0, 4, "b"), Hit(4, 5, "e"), Hit(5, 9, "c")]
