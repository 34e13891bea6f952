"""What stands behind the real channels of an office, for the rules about it: the concept and the netiquette.

No rule, no network; the netiquette is the only file that is read here.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kanal.config.concept import CONCEPT_FILE, Concept
from kanal.model import Channel, Place, Problem
from kanal.yaml_document import BREAK

LARGEST_NETIQUETTE = 1_000_000


class Papers(NamedTuple):
    """The concept, and the real channels (live, not ended) of those that it covers.

    `netiquette` is the text of the file that the concept names; None if there is no such file, or it is a web address.
    """

    concept: Concept
    channels: tuple[Channel, ...]
    netiquette: str | None = None

    def place(self, file: str, problem: Problem) -> Place:
        """Where a problem stands in one of the papers."""
        if file == CONCEPT_FILE:
            return self.concept.places.get(problem.field, Place(1, 1))
        lines = BREAK.split((self.netiquette or "")[: problem.span.start if problem.span else 0])
        return Place(len(lines), len(lines[-1]) + 1)


def papers_of(root: Path, concept: Concept, channels: Sequence[Channel]) -> Papers:
    """The concept with the netiquette that it names; `channels` are the real ones."""
    covered = tuple(channel for channel in channels if channel.name in concept.hours_of)
    if "://" in concept.netiquette:
        return Papers(concept, covered)
    try:
        with (root / concept.netiquette).open("rb") as file:
            text = file.read(LARGEST_NETIQUETTE).decode("utf-8-sig", "replace")
    except OSError:
        return Papers(concept, covered)
    return Papers(concept, covered, text)
