"""How much the detectors find in the labelled sentences, and how often they are wrong (tests/corpus)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the corpus lies with the tests

from tests.corpus.detectors import DETECTORS
from tests.corpus.labelled import sentences
from tests.corpus.measure import measure_all, table


def found_and_missed(_folder: Path) -> str:
    """The report's section."""
    listed = sentences()
    tempting = sum(not sentence.spans for sentence in listed)
    return f"""
## What the detectors find

`python bench/run.py`: {len(listed)} labelled sentences, {tempting} of them without anything to find but tempting
(tests/corpus/sentences.txt). The first 539 were written by somebody who had not seen the detectors, the others by
somebody who had; what the detectors missed was then looked at and, where it was a mistake in general, mended. So these
figures are an upper bound. The targets are 0.97 / 0.97 for identifiers and contacts, 0.98 / 0.98 for links, 0.85 / 0.85
for names and addresses.

{table(measure_all(DETECTORS, listed))}"""
