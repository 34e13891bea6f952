"""What a detector finds, as words: tests read better with texts than with offsets."""

from collections.abc import Callable

from kanal.detect import Hit

Detector = Callable[[str], tuple[Hit, ...]]


def found(detect: Detector, text: str) -> list[str]:
    """The pieces of `text` that `detect` hits, in its order."""
    return [text[hit.start : hit.end] for hit in detect(text)]
