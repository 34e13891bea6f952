"""Which files somebody means who names some: a picture stands for the drafts that show it, a folder for what is below.

It must not know rules.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from kanal.draft_files import spelling

DRAFTS = (".yaml", ".yml")


def with_drafts(root: Path, only: Collection[str]) -> frozenset[str]:
    """`only` and the drafts that name one of its pictures or captions; all relative to `root`, forward slashes."""
    named = [file.removeprefix("posts/") for file in only if file.startswith("posts/") and not _is_draft(file)]
    return frozenset(only) | frozenset(_naming(root, named)) if named else frozenset(only)


def below(root: Path, folder: str) -> frozenset[str]:
    """The drafts and settings in `folder` and the folders in it, but for hidden ones; all relative to `root`."""
    paths = (path.relative_to(root) for path in (root / folder).rglob("*") if _is_draft(path.name) and path.is_file())
    seen = (path for path in paths if not any(part.startswith(".") for part in path.parts))
    return frozenset(spelling(root, path.as_posix()) for path in seen)


def _naming(root: Path, named: Collection[str]) -> Iterator[str]:
    for path in (root / "posts").rglob("*"):
        if _is_draft(path.name) and path.is_file():
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            if any(name in text for name in named):
                yield spelling(root, path.relative_to(root).as_posix())


def _is_draft(file: str) -> bool:
    return file.lower().endswith(DRAFTS)
