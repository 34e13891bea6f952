"""What a correction does on one channel: edits, replies that correct, and posts that are published anew.

It must not know other channels, nor how each of them is done.
"""

from collections.abc import Iterable

from kanal.model import Channel
from kanal.publish.conditions import Result
from kanal.publish.planning import Step
from kanal.publish.running import Lane
from kanal.publish.wait import GOES_ANEW


class Amending:
    """Sorts the steps of one channel by what is done with them: `draft` is corrected, any other one answers it."""

    def __init__(self, channel: Channel, draft: str, *, edits: Lane, replies: Lane, anew: Lane) -> None:
        self.channel = channel
        self._draft = draft
        self._edits = edits
        self._replies = replies
        self._anew = anew

    def run(self, steps: Iterable[Step]) -> list[Result]:
        """Every step's result."""
        todo = list(steps)
        replies = [step for step in todo if step.key.draft != self._draft]
        anew = [step for step in todo if step.why in GOES_ANEW and step not in replies]
        edits = [step for step in todo if step not in replies and step not in anew]
        return [*self._edits.run(edits), *self._replies.run(replies), *self._anew.run(anew)]
