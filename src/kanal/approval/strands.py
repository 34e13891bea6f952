"""Follows drafts back through the commits to those that last changed them, as `git blame` follows lines.

A strand is what must be found unchanged in a parent to be followed there: a draft's content and its pictures together,
or its approval. Where branches met and each brought a part, the strand divides. It must not know YAML, nor start git.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from kanal.approval.git import Commit


class Aspect(Enum):
    """What of a file counts: what a draft says, its approval, or every byte."""

    SAID = auto()
    APPROVAL = auto()
    BYTES = auto()


class Question(NamedTuple):
    """Whose last change is looked for: a draft's (by its file) content, or its approval."""

    draft: str
    approval: bool


class Piece(NamedTuple):
    """A file at some commit, and what of it counts."""

    aspect: Aspect
    path: str
    blob: str


class Strand(NamedTuple):
    """The pieces that are followed together for one question."""

    question: Question
    pieces: tuple[Piece, ...]


class Answers(NamedTuple):
    """For each question the commits that made the last change; and the questions whose history is cut off or broken."""

    commits: Mapping[Question, Sequence[str]]
    cut_off: frozenset[Question]
    lost: frozenset[Question]


IsSame = Callable[[Aspect, str, str], bool]
"""Whether an aspect of two blobs is the same."""
Lookup = Callable[[str, str], str | None]
"""The blob at a path in a commit."""


def follow(
    commits: Iterable[Commit],
    head: str,
    strands: Sequence[Strand],
    is_same: IsSame,
    lookup: Lookup,
    *,
    boundary: frozenset[str] = frozenset(),
) -> Answers:
    """The last changes of every strand. `boundary` are the commits whose parents a shallow clone left out."""
    waiting: defaultdict[str, list[Strand]] = defaultdict(list, {head: list(strands)})
    found: defaultdict[Question, list[str]] = defaultdict(list)
    cut_off: set[Question] = set()
    for commit in commits:
        here = waiting.pop(commit.id, ())
        if here and commit.parents and not commit.changes:
            waiting[commit.parents[0]] += here
            here = ()
        for strand in here:
            before = list(_before(strand, commit, is_same, lookup))
            for parent, rest in before:
                waiting[parent].append(rest)
            if not before and commit.id in boundary:
                cut_off.add(strand.question)
            elif not before:
                found[strand.question].append(commit.id)
        if not waiting:
            break
    lost = {strand.question for left in waiting.values() for strand in left}
    return Answers(found, frozenset(cut_off), frozenset(lost))


def _before(strand: Strand, commit: Commit, is_same: IsSame, lookup: Lookup) -> Iterator[tuple[str, Strand]]:
    """Where the strand goes on, by parent; nowhere if this commit made a change.

    Each piece goes to the first parent that has it. If none has one of them, this commit, even a merge, changed it.
    """
    by_parent: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in strand.pieces:
        parent, older = _parent_with(piece, commit, is_same, lookup)
        if older is None:
            return
        by_parent[parent].append(older)
    for parent, pieces in by_parent.items():
        yield parent, Strand(strand.question, tuple(pieces))


def _parent_with(piece: Piece, commit: Commit, is_same: IsSame, lookup: Lookup) -> tuple[str, Piece | None]:
    """The first parent in which the piece is the same, and the piece as it stands there."""
    if not commit.parents:
        return "", None
    first, *others = commit.parents
    if piece.path not in commit.changes:
        return first, piece
    older = commit.changes[piece.path]
    if older is not None and is_same(piece.aspect, older.blob, piece.blob):
        return first, piece._replace(path=older.path, blob=older.blob)
    for parent in others:
        blob = lookup(parent, piece.path)
        if blob is not None and is_same(piece.aspect, blob, piece.blob):
            return parent, piece._replace(blob=blob)
    return "", None
