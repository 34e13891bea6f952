"""The detectors reach their targets on the labelled sentences; a failure names every miss and every false hit."""

import pytest

from tests.corpus.detectors import DETECTORS
from tests.corpus.labelled import sentences
from tests.corpus.measure import Measured, measure

TARGETS = {
    "identifiers": (0.97, 0.97),
    "contacts": (0.97, 0.97),
    "links": (0.98, 0.98),
    "names-and-addresses": (0.85, 0.85),
}
"""Precision and recall. The others (plates, file references …) have none: they are measured and published only."""


@pytest.mark.parametrize("group", TARGETS)
def test_a_group_of_detectors_reaches_its_target(group: str) -> None:
    precision, recall = TARGETS[group]

    measured = measure(group, DETECTORS[group], sentences())

    assert measured.precision >= precision, _report(measured)
    assert measured.recall >= recall, _report(measured)


@pytest.mark.parametrize("group", DETECTORS)
def test_every_hit_lies_inside_of_its_sentence_and_is_not_empty(group: str) -> None:
    for sentence in sentences():
        for detect in DETECTORS[group]:
            for hit in detect(sentence.text):
                assert 0 <= hit.start < hit.end <= len(sentence.text), sentence


def _report(measured: Measured) -> str:
    return "\n".join(
        [
            f"{measured.group}: precision {measured.precision:.3f}, recall {measured.recall:.3f}",
            f"{len(measured.false)} false:",
            *measured.false,
            f"{len(measured.missed)} missed:",
            *measured.missed,
        ]
    )
