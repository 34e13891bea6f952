"""Puts the question to git, once for any number of drafts: who last changed what they say, and who approved them.

What is not the same in HEAD as in the folder counts as not committed. Where the history does not reach back, or git
fails, that is the answer; nothing is guessed. It must not know rules.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from kanal.approval.digest import files_in, said
from kanal.approval.git import GitFailed, Objects, ask, history
from kanal.approval.history import Change, Gap, History
from kanal.approval.people import Person
from kanal.approval.signing import Signatures
from kanal.approval.strands import Answers, Aspect, Piece, Question, Strand, follow
from kanal.approval.versions import Versions
from kanal.drafts import DraftSetting
from kanal.model import Draft


def histories(root: Path, setting: DraftSetting, drafts: Sequence[Draft]) -> Mapping[str, History]:
    """What git tells about each draft, by its file. `root` is the office's folder, in a repository or not."""
    try:
        boundary = _boundary(root)
        head = _head(root)
        if head is None:
            return {draft.path: History(gap=Gap.UNCOMMITTED) for draft in drafts}
        answers = _answers(root, setting, drafts, head, boundary)
        changes = _changes(root, [commit for found in answers.commits.values() for commit in found])
    except (GitFailed, OSError) as error:
        gap = Gap.FAILED if _lies_in_repository(root) else Gap.NO_REPOSITORY
        return {draft.path: History(gap=gap, words=str(error)) for draft in drafts}
    signer = Signatures(root).signer
    return {draft.path: _told(draft.path, answers, changes)._replace(signer=signer) for draft in drafts}


def _lies_in_repository(root: Path) -> bool:
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def _boundary(root: Path) -> frozenset[str]:
    """The commits at which a shallow clone ends."""
    is_shallow, path, *_ = ask(root, "rev-parse", "--is-shallow-repository", "--git-path", "shallow").splitlines()
    if is_shallow != "true":
        return frozenset()
    try:
        return frozenset((root / path).read_text(encoding="ascii").split())
    except OSError as error:
        raise GitFailed(error.strerror or path) from error


def _head(root: Path) -> str | None:
    try:
        return ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()
    except GitFailed:  # no commit yet
        return None


def _answers(
    root: Path, setting: DraftSetting, drafts: Sequence[Draft], head: str, boundary: frozenset[str]
) -> Answers:
    folder = setting.posts.relative_to(root).as_posix()
    with ExitStack() as stack:
        contents = stack.enter_context(Objects(root, "--batch"))
        names = stack.enter_context(Objects(root, "--batch-check"))
        versions = Versions(contents.content_of, setting)
        named = any(files_in(draft, setting.posts) for draft in drafts)
        committed = _Committed(_blobs(root, folder), _changed(root, folder) if named else frozenset(), folder)
        return follow(
            stack.enter_context(history(root, folder)),
            head,
            [strand for draft in drafts for strand in _strands(draft, setting.posts, committed, versions)],
            versions.is_same,
            lambda commit, path: names.blob_of(f"{commit}:./{path}"),
            boundary=boundary,
        )


class _Committed(NamedTuple):
    """The drafts' folder in HEAD: path and blob of each file by its name, and which pictures differ from it now."""

    blobs: Mapping[str, tuple[str, str]]
    changed: frozenset[str]
    folder: str


def _blobs(root: Path, folder: str) -> Mapping[str, tuple[str, str]]:
    """By name as drafts write it: git may hold what a Mac wrote, ä as a + ¨."""
    listed = (
        line.partition("\t") for line in ask(root, "ls-tree", "-r", "-z", "HEAD", f"{folder}/").split("\0") if line
    )
    return {normalize("NFC", path): (path, about.split()[2]) for about, _, path in listed}


def _changed(root: Path, folder: str) -> frozenset[str]:
    """Files that are not in the folder as they are in HEAD."""
    listed = ask(root, "diff", "--name-only", "-z", "--relative", "--no-ext-diff", "HEAD", "--", folder)
    return frozenset(normalize("NFC", path) for path in listed.split("\0"))


def _strands(draft: Draft, posts: Path, committed: _Committed, versions: Versions) -> Iterator[Strand]:
    """What is the same in HEAD as in the folder, and can be followed from there."""
    path, blob = committed.blobs.get(normalize("NFC", draft.path), ("", ""))
    if not blob:
        return
    files = [normalize("NFC", f"{committed.folder}/{name}") for name in files_in(draft, posts)]
    there = [file for file in files if file in committed.blobs and file not in committed.changed]
    version = versions.of(blob)
    if version.said == said(draft, posts) and there == files:
        pieces = [Piece(Aspect.BYTES, *committed.blobs[file]) for file in files]
        yield Strand(Question(draft.path, approval=False), (Piece(Aspect.SAID, path, blob), *pieces))
    if draft.approval is not None and version.approval == draft.approval:
        yield Strand(Question(draft.path, approval=True), (Piece(Aspect.APPROVAL, path, blob),))


def _changes(root: Path, commits: Sequence[str]) -> Mapping[str, Change]:
    """Who made each of the commits, by the names that `.mailmap` gives."""
    if not commits:
        return {}
    form = "--format=%H%x00%aN%x00%aE%x00%cN%x00%cE%x00"
    listed = ask(root, "log", "--no-walk", "--stdin", form, told="\n".join(dict.fromkeys(commits)) + "\n")
    words = [word.lstrip("\n") for word in listed.split("\0")]
    return {
        words[at]: Change(words[at], Person(*words[at + 1 : at + 3]), Person(*words[at + 3 : at + 5]))
        for at in range(0, len(words) - 5, 5)
    }


def _told(draft: str, answers: Answers, changes: Mapping[str, Change]) -> History:
    content, approval = Question(draft, approval=False), Question(draft, approval=True)
    asked = (content, approval)
    gap, words = None, ""
    if not answers.lost.isdisjoint(asked):
        gap, words = Gap.FAILED, "git log ended early (git 2.31 or newer is needed)"
    elif not answers.cut_off.isdisjoint(asked):
        gap = Gap.SHALLOW
    elif not all(answers.commits.get(question) for question in asked):
        gap = Gap.UNCOMMITTED
    found = [tuple(changes[commit] for commit in answers.commits.get(question, ())) for question in asked]
    return History(content=found[0], approval=next(iter(found[1]), None), gap=gap, words=words)
