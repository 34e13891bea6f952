"""Which files somebody means who names some: a picture stands for the drafts that show it, a folder for what is below.

It must not know rules.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from kanal.draft_files import ENDINGS, Listing


def with_drafts(root: Path, only: Collection[str]) -> frozenset[str]:
    """`only` and the drafts that name one of its pictures or captions; all relative to `root`, forward slashes."""
    named = [file.removeprefix("posts/") for file in only if file.startswith("posts/") and not _is_draft(file)]
    return frozenset(only) | frozenset(_naming(root, named)) if named else frozenset(only)


def below(root: Path, folder: str) -> frozenset[str]:
    """The drafts and settings in `folder` and the folders in it, all relative to `root`; none elsewhere or hidden."""
    whole, place = root.resolve(), (root / folder).resolve()
    if not place.is_relative_to(whole) or any(part[0] == "." for part in place.relative_to(whole).parts):
        return frozenset()
    return frozenset(Listing(root, root / folder).names)


def _naming(root: Path, named: Collection[str]) -> Iterator[str]:
    for draft in Listing(root, root / "posts").names:
        path = root / draft
        if path.is_file():  # and no link that leads nowhere
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            if any(name in text for name in named):
                yield draft


def _is_draft(file: str) -> bool:
    return file.lower().endswith(ENDINGS)
