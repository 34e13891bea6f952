"""Precision and recall of detectors on labelled sentences, and the table of it for docs/benchmarks.md.

It must not know any particular detector; `detectors.py` names them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.corpus.labelled import Sentence


class Extent(Protocol):
    """A piece of a text, `text[start:end]`: what a detector found, or what it ought to find."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Detector = Callable[[str], Iterable[Extent]]


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one sentence: how many hits are right, which are false, what was missed."""

    right: int
    false: tuple[Extent, ...]
    missed: tuple[Extent, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A group of detectors on the whole corpus. `false` and `missed` quote the sentence with its line number."""

    group: str
    sentences: int
    wanted: int
    right: int
    false: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of the hits that are right; 1 if there are none."""
        hits = self.right + len(self.false)
        return self.right / hits if hits else 1.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 1 if nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0


def score(found: Iterable[Extent], wanted: Sequence[Extent]) -> Score:
    """Pairs hits with what is wanted, by overlap and one to one.

    So a second hit for the same thing is false (people would read it twice), and a hit over the whole sentence earns
    one point at most.
    """
    left = sorted(found, key=lambda hit: (hit.start, hit.end))
    missed: list[Extent] = []
    for span in sorted(wanted, key=lambda span: span.start):
        match = next((hit for hit in left if hit.start < span.end and span.start < hit.end), None)
        if match is None:
            missed.append(span)
        else:
            left.remove(match)
    return Score(len(wanted) - len(missed), tuple(left), tuple(missed))


def measure(group: str, detectors: Iterable[Detector], sentences: Iterable[Sentence]) -> Measured:
    """The detectors of `group`, run together over all sentences, those without any hit of theirs included."""
    with_hits, wanted, right = 0, 0, 0
    false: list[str] = []
    missed: list[str] = []
    together = tuple(detectors)
    for sentence in sentences:
        spans = sentence.wanted(group)
        result = score([hit for detect in together for hit in detect(sentence.text)], spans)
        with_hits += bool(spans)
        wanted += len(spans)
        right += result.right
        false += [_quoted(sentence, hit) for hit in result.false]
        missed += [_quoted(sentence, span) for span in result.missed]
    return Measured(group, with_hits, wanted, right, tuple(false), tuple(missed))


def measure_all(detectors: Mapping[str, Sequence[Detector]], sentences: Sequence[Sentence]) -> tuple[Measured, ...]:
    """Every group of `detectors`, in their order."""
    return tuple(measure(group, those, sentences) for group, those in detectors.items())


def table(results: Iterable[Measured]) -> str:
    """A Markdown table; `sentences` counts those that hold something for the group."""
    head = "| group | sentences | hits wanted | precision | recall |\n|---|---|---|---|---|\n"
    return head + "".join(
        f"| {row.group} | {row.sentences} | {row.wanted} | {row.precision:.3f} | {row.recall:.3f} |\n"
        for row in results
    )


def _quoted(sentence: Sentence, extent: Extent) -> str:
    return f"line {sentence.line}: “{sentence.text[extent.start : extent.end]}” in: {sentence.text}"
