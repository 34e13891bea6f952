"""Small replacements in a draft's source, and whether the file then says what was meant and nothing else.

It must not know which rule wants a replacement, nor who writes files.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kanal.drafts import DraftSetting, Written, parse_written
from kanal.lint.hits import Hit
from kanal.lint.signs import Sign, signs, with_marks, written
from kanal.model import Span
from kanal.text.signs import composed

_SIGN = re.compile(r"[ \t]*[\r\n][ \t\r\n]*|.", re.DOTALL)
"""What is not quoted: signs that stand for themselves, but for what a fold may be made of."""
_MOST_READ = 2_000_000
"""Characters that are read to try replacements of one draft: a whole book of them must not hold up a commit."""


class Edit(NamedTuple):
    """In the source, `text[start:end]` gives way to `instead`; in the field, `span` to `says`."""

    start: int
    end: int
    instead: str
    field: str
    span: Span
    says: str


def edit_of(text: str, hit: Hit) -> Edit | None:
    """What a hit proposes, no longer than it must be: escapes, decomposed letters and quotation marks stay."""
    stretch, problem = hit.stretch, hit.problem
    if problem.instead is None or problem.span is None or stretch.start is None or stretch.end is None:
        return None
    whole = list(with_marks(_signs(text, stretch.start, stretch.end, stretch.quote)))
    start, end, instead = _trimmed(whole, problem.instead)
    return Edit(start, end, written(instead, stretch.quote), problem.field, problem.span, problem.instead)


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """From the last to the first, those that do not meet: of two about the same words, the later one."""
    chosen: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end), reverse=True):
        if not chosen or not _meet(edit, chosen[-1]):
            chosen.append(edit)
    return chosen


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The source with edits that are `apart` made."""
    for edit in edits:
        text = text[: edit.start] + edit.instead + text[edit.end :]
    return text


class Trial:
    """A draft file, and whether it would say what was meant, and nothing else, once it is edited.

    Where too much would have to be read to find that out, what is left counts as not safe.
    """

    def __init__(self, text: str, file: str, setting: DraftSetting) -> None:
        self._text = text
        self._file = file
        self._setting = setting
        self._said = self._read(text)
        self._left = _MOST_READ

    def safe(self, edits: Sequence[Edit]) -> list[Edit]:
        """Those of the edits, `apart`, that can be made together."""
        if not edits or self.holds(edits):
            return list(edits)
        if len(edits) == 1:
            return []
        half = len(edits) // 2
        later, earlier = self.safe(edits[:half]), self.safe(edits[half:])
        return [*later, *earlier] if self.holds([*later, *earlier]) else later

    def holds(self, edits: Sequence[Edit]) -> bool:
        """Whether all of them can be made, which are `apart`."""
        if self._left <= 0:
            return False
        self._left -= len(self._text)
        said, says = self._said, self._read(edited(self._text, edits))
        fields = {edit.field for edit in edits}
        changed = {name for name in said.keys() | says.keys() if said.get(name) != says.get(name)}
        if not said or not says or changed - fields:
            return False
        return all(_says(str(said[f]), str(says[f]), [edit for edit in edits if edit.field == f]) for f in fields)

    def _read(self, text: str) -> Mapping[str, object]:
        written, _ = parse_written(text, self._file, self._setting)
        return flattened(written) if written else {}


def safe(text: str, hits: Iterable[Hit], file: str, setting: DraftSetting) -> list[Edit]:
    """What of the proposals can be made together without changing what else the file says, `apart`."""
    return Trial(text, file, setting).safe(apart(edit for hit in hits if (edit := edit_of(text, hit))))


def left_to_people(text: str, hits: Sequence[Hit], file: str, setting: DraftSetting) -> Iterator[Hit]:
    """The hits; those whose proposal cannot be carried out safely make none, and say what to do by hand."""
    trial = Trial(text, file, setting)
    edits = [edit_of(text, hit) for hit in hits]
    together = set(trial.safe(apart(edit for edit in edits if edit)))
    for hit, edit in zip(hits, edits, strict=True):
        problem = hit.problem
        if problem.instead is not None and (edit is None or (edit not in together and not trial.holds([edit]))):
            problem = problem._replace(instead=None, message=problem.by_hand or problem.message)
        yield hit._replace(problem=problem)


def flattened(written: Written) -> Mapping[str, object]:
    """Every single value with its path (`media[0].alt`)."""
    return dict(_flat("", written.fields))


def _flat(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict | Mapping):
        for key, inner in value.items():
            yield from _flat(f"{path}.{key}" if path else str(key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _flat(f"{path}[{index}]", inner)
    else:
        yield path, value


def _says(before: str, after: str, edits: Iterable[Edit]) -> bool:
    # A draft's text is taken without the line ends around it, an alternative text without blanks, too.
    before, after = composed(before), composed(after)
    for ends in ("\n", None):
        words = before.strip(ends)
        for edit in edits:
            words = words[: edit.span.start] + edit.says + words[edit.span.end :]
        if words.strip(ends) == after.strip(ends):
            return True
    return False


def _meet(one: Edit, later: Edit) -> bool:
    return one.end > later.start or (one.field == later.field and one.span.end > later.span.start)


def _signs(text: str, start: int, end: int, quote: str) -> Iterable[Sign]:
    if quote:
        return signs(text, start, end, quote)
    return (Sign(found[0], found.start(), found.end()) for found in _SIGN.finditer(text, start, end))


def _trimmed(whole: list[Sign], instead: str) -> tuple[int, int, str]:
    """What of these signs must go, and what of `instead` comes: without what they have in common at both ends."""
    first, last = 0, len(whole)
    while first < last and instead.startswith(whole[first].said):
        instead = instead.removeprefix(whole[first].said)
        first += 1
    while first < last and instead.endswith(whole[last - 1].said):
        instead = instead.removesuffix(whole[last - 1].said)
        last -= 1
    start = whole[first].start if first < len(whole) else whole[-1].end
    return start, whole[last - 1].end if first < last else start, instead
