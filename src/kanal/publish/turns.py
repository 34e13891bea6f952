"""In which order a channel's steps are tried: as planned, until another runner turns out to be at the same place.

Two runners that go through the same list prepare each post twice, and one of them for nothing: uploads that count
against the networks' limits (Instagram takes 400 containers a day). So whoever was too late goes on somewhere else.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from random import Random

from kanal.model import DraftType
from kanal.publish.planning import Step


class Turns:
    """The steps, each once. `who` decides where one goes on, so that two runners do not go to the same place."""

    def __init__(self, steps: Iterable[Step], who: str) -> None:
        self._left = deque(steps)
        self._chance = Random(who)  # noqa: S311 - nothing to guess here

    def __iter__(self) -> Iterator[Step]:
        while self._left:
            yield self._left.popleft()

    def go_elsewhere(self) -> None:
        """Go on at another place; but crisis information is never put off."""
        if self._left and not any(_is_urgent(step) for step in self._left):
            self._left.rotate(-self._chance.randrange(len(self._left)))
            # Only the beginning of a thread is a place to go on at: its parts need the one before.
            begins = (place for place, step in enumerate(self._left) if step.key.part == 1)
            self._left.rotate(-next(begins, 0))


def _is_urgent(step: Step) -> bool:
    return step.post is not None and step.post.draft.type is DraftType.CRISIS
